/** A map of factors as it came from a form, a file or the database, sorted into what is kept, refused and remarked on. */
import { type CheckedEntry, checkEntry } from './check-entry.ts';
import { type FactorProblem, factorProblem } from './factor-problem.ts';
import { factorDefinition } from './factor-table.ts';
import {
  type FactorEntry,
  type FactorId,
  type FactorValues,
  factorEntrySchema,
  factorIdSchema,
  factorIds,
} from './factor-values.ts';

export interface ParsedFactors {
  /** Only what passed; nothing refused is in it. */
  readonly values: FactorValues;
  /** Entries that were refused, as they were written, to be mended. One of the wrong shape is not among them. */
  readonly refused: FactorValues;
  readonly errors: readonly FactorProblem[];
  readonly warnings: readonly FactorProblem[];
}

const toEntry = (id: FactorId, raw: unknown): FactorEntry | FactorProblem => {
  const candidate = typeof raw === 'number' || typeof raw === 'string' ? { value: raw } : raw;
  const shaped = factorEntrySchema.safeParse(candidate);
  if (shaped.success) return shaped.data;
  const issue = shaped.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  const text = `${factorDefinition(id).label} is not an entry (${where ? `${where}: ` : ''}${issue?.message ?? 'unreadable'}). Write { "value": …, "unit": "…" }.`;
  return factorProblem(id, 'not-an-entry', text, { where });
};

const isProblem = (one: FactorEntry | FactorProblem): one is FactorProblem => 'code' in one;

/** One factor from anything: an entry, or a bare number or word. */
export const parseFactor = (id: FactorId, raw: unknown): CheckedEntry => {
  const entry = toEntry(id, raw);
  return isProblem(entry) ? { errors: [entry], warnings: [] } : checkEntry(factorDefinition(id), entry);
};

/** Id of a factor by its spelling without case, hyphen or blank: `PIVKA-II` is `pivkaII`. */
const similarId = (text: string): FactorId | undefined => {
  const plain = (one: string) => one.toLowerCase().replace(/[^a-z0-9]/g, '');
  return factorIds.find((id) => plain(id) === plain(text));
};

const unknownFactor = (key: string): FactorProblem => {
  const similar = similarId(key);
  const remedy = similar ? `Did you mean "${similar}"?` : `Known: ${factorIds.join(', ')}.`;
  return factorProblem(key, 'unknown-factor', `There is no factor "${key}". ${remedy}`, similar ? { similar } : {});
};

/**
 * Never throws and never guesses: a quantity with more than one possible unit and none stated is refused.
 * A null or undefined entry is a factor that was left empty.
 */
export const parseFactors = (raw: Readonly<Record<string, unknown>>): ParsedFactors => {
  const values: FactorValues = {};
  const refused: FactorValues = {};
  const errors: FactorProblem[] = [];
  const warnings: FactorProblem[] = [];
  for (const [key, one] of Object.entries(raw)) {
    if (one === undefined || one === null) continue;
    const id = factorIdSchema.safeParse(key);
    if (!id.success) {
      errors.push(unknownFactor(key));
      continue;
    }
    const entry = toEntry(id.data, one);
    if (isProblem(entry)) {
      errors.push(entry);
      continue;
    }
    const checked = checkEntry(factorDefinition(id.data), entry);
    if (checked.entry) values[id.data] = checked.entry;
    else refused[id.data] = entry;
    errors.push(...checked.errors);
    warnings.push(...checked.warnings);
  }
  return { values, refused, errors, warnings };
};

/**
 * Why entries of a case are no values: refused when they were entered, and neither mended nor taken away since. Nothing
 * computes with them, and a prediction beside them has to say so. In the order of the form; empty where all is well.
 */
export const refusedFactors = (values: FactorValues): readonly FactorProblem[] =>
  factorIds.flatMap((id) => (values[id] === undefined ? [] : parseFactor(id, values[id]).errors));

/** Values that are only known to lie beyond a limit of measurement; scores and models take the limit itself. */
export const censoredFactors = (values: FactorValues): readonly FactorProblem[] =>
  factorIds.flatMap((id) =>
    values[id]?.comparator === undefined
      ? []
      : parseFactor(id, values[id]).warnings.filter(({ code }) => code === 'censored'),
  );
