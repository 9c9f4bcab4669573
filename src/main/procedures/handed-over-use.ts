import { caseOfSource, followUpKey } from './draft.ts';

/** What of a call, and of its answer, tells who needs what was handed over. */
export interface Called {
  path?: unknown;
  openId?: unknown;
  id?: unknown;
  caseId?: unknown;
  timePointId?: unknown;
  caseIds?: unknown;
  dryRun?: unknown;
}

/** What is behind a path of the contract that begins with `prefix`; undefined where the path is another. */
export const handedOverId = (prefix: string, path: unknown): string | undefined =>
  typeof path === 'string' && path.startsWith(prefix) ? path.slice(prefix.length) : undefined;

export interface HandedOverOptions {
  /** Of its paths in the contract. */
  prefix: string;
  remove: (id: string) => Promise<void>;
  /** False: what was kept from them needs them no longer than its study is open. */
  staysForCases?: () => boolean;
}

interface Answer {
  openId?: unknown;
  id?: unknown;
  timePointId?: unknown;
  studies?: unknown;
  closed?: unknown;
}

/**
 * Who still needs files that lie in a private folder for as long as somebody does: studies that are open, and cases and
 * follow-ups that were kept from them while haicast runs, whose images are nowhere else. Listens to what was called, and
 * removes what nobody needs any more.
 */
export class HandedOverUse {
  readonly #options: HandedOverOptions;
  readonly #byStudy = new Map<string, string>();
  readonly #byCase = new Map<string, string>();

  constructor(options: HandedOverOptions) {
    this.#options = options;
  }

  #idOf(path: unknown): string | undefined {
    return handedOverId(this.#options.prefix, path);
  }

  async answered(name: string, given: Called, result: Answer): Promise<void> {
    const openId = String(result.openId ?? given.openId);
    if (name === 'study.open') {
      const handedId = this.#idOf(given.path);
      // Nothing was found in it: there is no study that could be closed.
      if (Array.isArray(result.studies) && result.studies.length === 0) await this.#release(handedId);
      else if (handedId !== undefined) this.#byStudy.set(openId, handedId);
    } else if (name === 'records.import') {
      if (given.dryRun !== true) await this.#release(this.#idOf(given.path));
    } else if (name === 'cases.openImages') this.#openedAgain(String(given.id), openId);
    else if (name === 'cases.relink') await this.#found(String(given.id), openId, this.#idOf(given.path));
    else if (name === 'course.openImages') {
      const key = followUpKey(String(given.caseId), String(given.timePointId));
      if (given.path === undefined) this.#openedAgain(key, openId);
      else await this.#found(key, openId, this.#idOf(given.path));
    } else if (name === 'course.addFollowUp') {
      await this.#saved(followUpKey(String(given.caseId), String(result.timePointId)), openId);
    } else if (name === 'cases.save' && given.openId !== undefined) await this.#saved(String(result.id), openId);
    else if (name === 'study.close') await this.#closed(openId);
    else if (name === 'cases.erase') await this.#erased([given.id], []);
    else if (name === 'cases.erasePatient') await this.#erased(given.caseIds, result.closed);
  }

  /** An export is looked at before it is taken over, and again with another passphrase: the page says when it is done with it. */
  async letGo(handedId: string): Promise<void> {
    await this.#release(handedId);
  }

  async failed(name: string, given: Called): Promise<void> {
    if (['study.open', 'cases.relink', 'course.openImages'].includes(name)) await this.#release(this.#idOf(given.path));
  }

  #openedAgain(key: string, openId: string): void {
    const handedId = this.#byCase.get(key);
    if (handedId !== undefined) this.#byStudy.set(openId, handedId);
  }

  async #found(key: string, openId: string, handedId: string | undefined): Promise<void> {
    if (handedId !== undefined) this.#byStudy.set(openId, handedId);
    await this.#saved(key, openId);
  }

  async #closed(openId: string): Promise<void> {
    const handedId = this.#byStudy.get(openId);
    this.#byStudy.delete(openId);
    await this.#release(handedId);
  }

  async #erased(caseIds: unknown, closed: unknown): Promise<void> {
    for (const openId of Array.isArray(closed) ? closed : []) await this.#closed(String(openId));
    const ids = new Set(Array.isArray(caseIds) ? caseIds.map(String) : []);
    for (const [key, handedId] of [...this.#byCase]) {
      if (!ids.has(caseOfSource(key))) continue;
      this.#byCase.delete(key);
      await this.#release(handedId);
    }
  }

  /** A case, or a follow-up, is kept from one study at a time: what it was kept from before is let go. */
  async #saved(caseId: string, openId: string): Promise<void> {
    const before = this.#byCase.get(caseId);
    const handedId = this.#byStudy.get(openId);
    const stays = this.#options.staysForCases?.() ?? true;
    if (handedId === undefined || !stays) this.#byCase.delete(caseId);
    else this.#byCase.set(caseId, handedId);
    await this.#release(before);
  }

  async #release(handedId: string | undefined): Promise<void> {
    if (handedId === undefined) return;
    const needed = [...this.#byStudy.values(), ...this.#byCase.values()].includes(handedId);
    if (!needed) await this.#options.remove(handedId);
  }
}
