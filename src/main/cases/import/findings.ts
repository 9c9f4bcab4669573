import { type ImportedCase, type ImportResult, importStates, MOST_NAMED } from '#shared/cases/import.ts';

/** What needs a look is named first. */
const ORDER: readonly ImportedCase['state'][] = ['different', 'trashed', 'erased', 'new', 'same'];

/** What an export holds against what is here: all of it in numbers, and by name as much as anybody reads, however large it is. */
export class Findings {
  readonly counts: ImportResult['counts'] = { new: 0, same: 0, different: 0, trashed: 0, erased: 0 };
  readonly #named = new Map<ImportedCase['state'], ImportedCase[]>(importStates.map((state) => [state, []]));
  /** Ids of those that are not here. */
  readonly fresh: string[] = [];

  add(one: ImportedCase): void {
    this.counts[one.state] += 1;
    if (one.state === 'new') this.fresh.push(one.id);
    const named = this.#named.get(one.state);
    if (named && named.length < MOST_NAMED) named.push(one);
  }

  get named(): ImportedCase[] {
    return ORDER.flatMap((state) => this.#named.get(state) ?? []).slice(0, MOST_NAMED);
  }
}
