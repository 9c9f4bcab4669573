import { z } from 'zod';
import type { AuditFact } from '#shared/cases/audit.ts';
import { choiceFactors } from '#shared/clinical/choice-factors.ts';

/** Turns one member of a detail into what may be shown of it; undefined where it is not what was expected. */
type Reader = (value: unknown) => AuditFact['value'] | undefined;

const plain: Reader = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
const count: Reader = (value) => (Array.isArray(value) ? value.length : typeof value === 'number' ? value : undefined);
const words: Reader = (value) => (Array.isArray(value) ? value.map(String).join(', ') : undefined);
const names: Reader = (value) =>
  typeof value === 'object' && value !== null ? Object.keys(value).join(', ') : undefined;

const change = z.object({ from: z.unknown(), to: z.unknown() });
const quantity = z
  .object({ value: z.union([z.number(), z.string()]), comparator: z.string(), unit: z.string() })
  .partial();

/** Options of choices: text that anybody may read. */
const OPTIONS = new Set(choiceFactors.flatMap(({ options }) => options.map(({ id }) => id)));

const sideOf = (value: unknown): string => {
  const entry = quantity.safeParse(value);
  // A value that was refused is kept as it was typed, which may be anything.
  if (entry.success && typeof entry.data.value === 'number') {
    const { comparator = '', value: number, unit = '' } = entry.data;
    return `${comparator}${number}${unit && ` ${unit}`}`;
  }
  if (entry.success && typeof entry.data.value === 'string' && OPTIONS.has(entry.data.value)) return entry.data.value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '–' : '…';
};

/** `{ from, to }`: numbers as they are; what is text, and might name a patient, as `…`. */
const fromTo: Reader = (value) => {
  const parsed = change.safeParse(value);
  if (!parsed.success) return undefined;
  const { from, to } = parsed.data;
  return from === null ? sideOf(to) : `${sideOf(from)} → ${sideOf(to)}`;
};

const each =
  (reader: Reader): Reader =>
  (value) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, one]) => `${name} ${reader(one) ?? ''}`.trim())
          .join('; ')
      : undefined;

/** Of the workstation and its people, so that text may be shown. */
const settingFromTo: Reader = (value) => {
  const parsed = change.safeParse(value);
  if (!parsed.success) return undefined;
  const { from, to } = parsed.data;
  return typeof to === 'object' ? 'changed' : `${String(from)} → ${String(to)}`;
};

const model: Reader = (value) => {
  const parsed = z.object({ id: z.string(), version: z.string() }).safeParse(value);
  return parsed.success ? `${parsed.data.id} ${parsed.data.version}` : undefined;
};

const member =
  (name: string, reader: Reader): Reader =>
  (value) =>
    typeof value === 'object' && value !== null ? reader((value as Record<string, unknown>)[name]) : undefined;

/**
 * What may be shown of an entry, by its path in the detail. Named one by one: entries of earlier releases hold identifiers
 * of series, and a detail that nobody has thought of here is not shown.
 */
const SHOWN: readonly (readonly [name: string, member: string, reader: Reader])[] = [
  ['revision', 'revision', plain],
  ['factors', 'changes', member('factors', each(fromTo))],
  ['lesions', 'changes', member('lesions', names)],
  ['marks', 'changes', member('marks', fromTo)],
  ['roles', 'changes', member('roles', names)],
  ['shifts', 'changes', member('shifts', names)],
  ['baseRate', 'changes', member('baseRate', fromTo)],
  ['note', 'changes', member('note', plain)],
  ['study', 'changes', member('study', plain)],
  ['probability', 'prediction', member('probability', plain)],
  ['withheldBecause', 'prediction', member('withheldBecause', words)],
  ['model', 'prediction', member('model', model)],
  ['model', 'model', model],
  ['withheldBecause', 'withheldBecause', words],
  ['settings', 'settings', each(settingFromTo)],
  ...(
    [
      'series',
      'written',
      'leftOut',
      'research',
      'linking',
      'kept',
      'from',
      'to',
      'by',
      'as',
      'files',
      'report',
      'file',
      'scope',
      'entries',
      'cases',
      'through',
      'intact',
      'reason',
      'bytes',
      'rotation',
      'encrypted',
      'version',
      'failures',
      'made',
      'newCases',
      'changedCases',
      'passphrase',
      'who',
      'role',
      'disabled',
      'password',
      'number',
      'intercept',
      'slope',
      'patients',
      'events',
      'archive',
      'address',
      'studies',
      'images',
      'refused',
    ] as const
  ).map((name) => [name, name, plain] as const),
  ['lost', 'lost', count],
  ['secret', 'name', plain],
];

export const auditFacts = (detail: Readonly<Record<string, unknown>>): AuditFact[] =>
  SHOWN.flatMap(([name, key, reader]) => {
    const value = detail[key] === undefined ? undefined : reader(detail[key]);
    return value === undefined || value === '' ? [] : [{ name, value }];
  });
