/** The file that `haicast response` reads; docs/response.md describes it. */
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type ResponseReason, reason } from './reasons.ts';
import { type Candidate, selectTargets } from './select-targets.ts';
import {
  criteria,
  defaultOptions,
  type Measure,
  type ResponseOptions,
  responseCodes,
  type Timeline,
  type Visit,
} from './timeline.ts';

const day = z.iso.date();
const length = z.number().finite().min(0);
const diameters = z.strictObject({ mm: length.optional(), viableMm: length.optional() });
const known = diameters.refine(({ mm, viableMm }) => mm !== undefined || viableMm !== undefined, {
  message: 'needs mm, viableMm or a state',
});

const measureSchema = z.union([
  z.strictObject({ state: z.enum(['gone', 'too-small', 'not-assessed']) }),
  z.strictObject({ state: z.literal('merged'), into: z.string() }),
  z.strictObject({ parts: z.array(known).min(1) }).transform(({ parts }): Measure => ({ state: 'split', parts })),
  known.transform((given): Measure => ({ state: 'measured', ...given })),
]);

const newLesionsSchema = z
  .union([z.boolean(), z.number().int().min(0), z.array(z.unknown()), z.enum(['none', 'equivocal', 'unequivocal'])])
  .transform((given) => {
    if (typeof given === 'string') return given;
    const some = Array.isArray(given) ? given.length > 0 : Boolean(given);
    return some ? 'unequivocal' : 'none';
  });

const measuredSchema = z.strictObject({
  date: day,
  measures: z.record(z.string(), measureSchema).default({}),
  nonTarget: z
    .enum(['CR', 'NON-CR/NON-PD', 'PD', 'NE'])
    .nullish()
    .transform((code) => code ?? undefined),
  newLesions: newLesionsSchema.nullish().transform((given) => given ?? 'none'),
  markers: z.enum(['normal', 'raised']).optional(),
});
const statedSchema = z.strictObject({ date: day, overall: z.enum(responseCodes) });

const count = z.number().int().min(0);
const flag = z.boolean();
const optionSchemas = {
  minimumSdDays: count,
  confirmationDays: count,
  maximumNeBetween: count,
  acceptSd: flag,
  missingAsNe: flag,
  fiveMillimetreRule: flag,
  prCarryForward: flag,
} satisfies Record<keyof ResponseOptions, z.ZodType>;

const timelineSchema = z.strictObject({
  start: day,
  criterion: z.enum(criteria),
  options: z.looseObject(optionSchemas).partial().default({}),
  lesions: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        organ: z.string().default('liver'),
        node: z.boolean().default(false),
        role: z.enum(['target', 'non-target']).optional(),
      }),
    )
    .default([]),
  visits: z.array(z.looseObject({ date: day })).min(1),
});

const refuse = (where: string, problem: string): never => {
  throw new AppError(
    'timeline-unreadable',
    `The timeline cannot be read: ${where}: ${problem}. See docs/response.md.`,
    {
      params: { where, problem },
    },
  );
};

const parsed = <S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return refuse([at, ...(issue?.path ?? [])].filter((part) => part !== '').join('.'), issue?.message ?? 'unreadable');
};

const readVisit = (raw: object, at: string): Visit => {
  if (!('overall' in raw)) return parsed(measuredSchema, raw, at);
  if ('measures' in raw) refuse(at, 'it gives measures and an overall response; give one of them');
  return parsed(statedSchema, raw, at);
};

const repeated = (values: readonly string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

const checkNames = (lesions: readonly Candidate[], visits: readonly Visit[]): void => {
  const ids = lesions.map(({ id }) => id);
  const lesion = repeated(ids);
  if (lesion !== undefined) refuse('lesions', `${lesion} is listed twice`);
  const date = repeated(visits.map((visit) => visit.date));
  if (date !== undefined) refuse('visits', `there are two visits on ${date}`);
  for (const visit of visits) {
    for (const [id, measure] of Object.entries('measures' in visit ? visit.measures : {})) {
      const named = measure.state === 'merged' ? [id, measure.into] : [id];
      const unknown = named.find((name) => !ids.includes(name));
      if (unknown !== undefined) refuse(`visits.${visit.date}`, `${unknown} is not in the list of lesions`);
    }
  }
};

const readOptions = (
  given: Readonly<Record<string, unknown>>,
  criterion: Timeline['criterion'],
): { options: ResponseOptions; remarks: ResponseReason[] } => {
  const names = Object.keys(optionSchemas) as (keyof ResponseOptions)[];
  const remarks = Object.keys(given)
    .filter((name) => !Object.hasOwn(optionSchemas, name))
    .map((option) => reason('unknown-option', { option }));
  const chosen = Object.fromEntries(
    names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  const options: ResponseOptions = { ...defaultOptions(criterion), ...chosen };
  if (criterion === 'mrecist' || options.fiveMillimetreRule) return { options, remarks };
  return {
    options: { ...options, fiveMillimetreRule: true },
    remarks: [...remarks, reason('five-millimetres-always')],
  };
};

const sizeAtBaseline = (visits: readonly Visit[], criterion: Timeline['criterion']) => (lesion: Candidate) => {
  const baseline = visits.find((visit) => 'measures' in visit);
  const measure = baseline && 'measures' in baseline ? baseline.measures[lesion.id] : undefined;
  if (measure?.state !== 'measured') return undefined;
  return criterion === 'mrecist' && !lesion.node ? measure.viableMm : measure.mm;
};

/** Reads parsed JSON. Throws `timeline-unreadable`, which names the place and what is wrong there. */
export const readTimeline = (json: unknown): { timeline: Timeline; remarks: readonly ResponseReason[] } => {
  const file = parsed(timelineSchema, json, '');
  const visits = file.visits
    .map((visit, index) => readVisit(visit, `visits.${index}`))
    .sort((a, b) => a.date.localeCompare(b.date));
  checkNames(file.lesions, visits);
  const { options, remarks } = readOptions(file.options, file.criterion);
  const lesions = selectTargets(file.lesions, sizeAtBaseline(visits, file.criterion));
  return { timeline: { start: file.start, criterion: file.criterion, options, lesions, visits }, remarks };
};
