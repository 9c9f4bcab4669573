/**
 * The file that `haicast predict --factors` reads: `{ "factors": {…}, "lesions": […] }`, or the bare map of factors.
 *
 *     { "factors": { "age": 58, "afp": { "value": 412, "unit": "ng/mL", "date": "2026-03-10" } } }
 */
import { z } from 'zod';
import { type Lesion, lesionSchema } from '../study/lesion.ts';
import { type FactorProblem, factorProblem } from './factor-problem.ts';
import { type ParsedFactors, parseFactors } from './parse-factors.ts';

const mapSchema = z.record(z.string(), z.unknown());

/** Anything that may be read; what it holds is judged by `readFactorsFile`, which says more than a schema can. */
export const factorsFileSchema = z.union([
  z.looseObject({ factors: mapSchema, lesions: z.array(lesionSchema).optional() }),
  mapSchema,
]);

export interface FactorsFile extends ParsedFactors {
  /** Empty where the file marks none. */
  readonly lesions: readonly Lesion[];
}

const notAMap = factorProblem(
  'factors',
  'not-an-entry',
  'The file of factors is not a map. Write { "factors": { "age": 58, … } } or the map alone.',
);

const nothing: ParsedFactors = { values: {}, refused: {}, errors: [], warnings: [] };

const readLesions = (raw: unknown): { lesions: Lesion[]; errors: FactorProblem[] } => {
  if (raw === undefined || raw === null) return { lesions: [], errors: [] };
  const parsed = z.array(lesionSchema).safeParse(raw);
  if (parsed.success) return { lesions: parsed.data, errors: [] };
  const issue = parsed.error.issues[0];
  const where = ['lesions', ...(issue?.path ?? [])].join('.');
  const text = `The lesions cannot be read (${where}: ${issue?.message ?? 'unreadable'}). Each needs id, label, kind, seriesId and longAxis, two points in mm LPS.`;
  return { lesions: [], errors: [factorProblem('lesions', 'not-an-entry', text, { where })] };
};

/** Reads parsed JSON. Never throws; a caller that must not go on with a bad file looks at `errors`. */
export const readFactorsFile = (json: unknown): FactorsFile => {
  const map = mapSchema.safeParse(json);
  if (!map.success) return { ...nothing, lesions: [], errors: [notAMap] };
  if (!('factors' in map.data)) return { ...parseFactors(map.data), lesions: [] };
  const inner = mapSchema.safeParse(map.data.factors);
  const factors: ParsedFactors = inner.success ? parseFactors(inner.data) : { ...nothing, errors: [notAMap] };
  const { lesions, errors } = readLesions(map.data.lesions);
  return { ...factors, lesions, errors: [...factors.errors, ...errors] };
};
