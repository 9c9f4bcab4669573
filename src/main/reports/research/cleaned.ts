/**
 * What of a kept value may be in a research export. By the name of its field each text is a code of this program, an id, a
 * UID or a day; what no rule names is a person's words and goes. Numbers stay. Pure.
 */
import { shiftedDate, shiftedDateTime } from '../../study/deidentify/dates.ts';
import { holdsIdentity } from '../../study/deidentify/identity-words.ts';
import type { Pseudonyms } from '../../study/deidentify/pseudonyms.ts';

export interface Cleaning {
  pseudonyms: Pseudonyms;
  /** Words of the patient's name and numbers, which no code may hold. */
  identity: ReadonlySet<string>;
}

const uids = new Set([
  'studyInstanceUID',
  'seriesInstanceUID',
  'frameOfReferenceUID',
  'sopInstanceUID',
  'seriesId',
  'against',
]);
const ids = new Set(['id', 'caseId', 'caseLesionId', 'timePointId', 'indexLesionId', 'into', 'label']);
/** Chosen from lists of this program, or written by it. */
const codes = new Set(
  (
    'kind state role status criterion decision code severity origin unit factor modality provider appVersion comparator ' +
    'overall target nonTarget newLesions response recist-1.1 mrecist markers attribution bsaFormula route version censoring'
  ).split(' '),
);
const code = /^[\p{L}\p{N}µ²³·%./+ ()^*-]{0,40}$/u;
/** Of a lesion or a visit as this program numbers them; any other id could be a number of somebody. */
const numbered = /^([A-Za-z]{1,3}\d{1,3}|baseline|)$/;
const organs = new Set(['liver', 'lymph node']);
const segment = /^(S?[1-8][ab]?|I{1,3}|I?V[ab]?|VI{1,3})$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^(\d{4}-\d{2}-\d{2})(T.*)$/;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A day of ISO 8601, moved as the dates of the images are; what is no day goes. */
export const movedDay = (value: string, days: number): string => {
  const moved = shiftedDate(value.replaceAll('-', ''), days);
  return moved === undefined ? '' : `${moved.slice(0, 4)}-${moved.slice(4, 6)}-${moved.slice(6)}`;
};

export const movedInstant = (value: string, days: number): string => {
  const [, date = '', time = ''] = instant.exec(value) ?? [];
  return shiftedDateTime(date.replaceAll('-', ''), days) === undefined ? '' : `${movedDay(date, days)}${time}`;
};

/** An id that joins what refers to it, and is nobody's number. */
export const cleanId = (value: string, { pseudonyms }: Cleaning): string =>
  numbered.test(value) ? value : `x${pseudonyms.uid(`id ${value}`).slice(5, 17)}`;

const text = (key: string, value: string, cleaning: Cleaning): string => {
  const { pseudonyms, identity } = cleaning;
  if (uids.has(key)) return pseudonyms.uid(value);
  if (ids.has(key)) return cleanId(value, cleaning);
  if (day.test(value)) return movedDay(value, pseudonyms.shiftDays);
  if (instant.test(value)) return movedInstant(value, pseudonyms.shiftDays);
  if (key === 'segment') return segment.test(value) ? value : '';
  if (key === 'organ') return organs.has(value) ? value : '';
  // Who read is not said, only that somebody did.
  if (key === 'reader' || key === 'confirmedBy') return 'a reader';
  return codes.has(key) && code.test(value) && !holdsIdentity(value, identity) ? value : '';
};

/** Names of entries that are ids themselves. */
const entryName = (of: string, name: string, cleaning: Cleaning): string => {
  if (of === 'measures') return cleanId(name, cleaning);
  if (of !== 'revisions') return name;
  const [kind = '', id = '', ...more] = name.split('/');
  return [kind, cleanId(id, cleaning), ...more].join('/');
};

const cleanedRecord = (of: string, value: Readonly<Record<string, unknown>>, cleaning: Cleaning) => {
  const entries = Object.entries(value).map(([name, one]) => [
    entryName(of, name, cleaning),
    // A model is no patient's; parameters of a sentence may be anything.
    name === 'model' ? one : name === 'params' ? {} : cleanedAt(name, one, cleaning),
  ]);
  const clean: Record<string, unknown> = Object.fromEntries(entries);
  // A sentence may name a series as somebody called it: its code says the same.
  if (typeof clean.code === 'string' && 'text' in clean) clean.text = clean.code;
  return clean;
};

const cleanedAt = (key: string, value: unknown, cleaning: Cleaning): unknown => {
  if (typeof value === 'string') return text(key, value, cleaning);
  if (Array.isArray(value)) return value.map((one) => cleanedAt(key, one, cleaning));
  return isRecord(value) ? cleanedRecord(key, value, cleaning) : value;
};

/** A value of the same shape, in which text is empty that may not be there. */
export const cleaned = <T extends object>(value: T, cleaning: Cleaning): T => cleanedAt('', value, cleaning) as T;
