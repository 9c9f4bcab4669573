/** The writes that a killed process was in the middle of, and what it says of each on its standard output. */
export const kinds = [
  'create',
  'save',
  'predict',
  'pictures',
  'relink',
  'table',
  'import',
  'trash',
  'restore',
  'erase',
  'erase-patient',
  'empty-trash',
  'course',
  'response',
  'meeting',
  'question',
  'decision',
  'reading',
  'user',
  'sign-in',
  'backup',
  'put-back',
  'record',
  'secret',
  'passphrase',
  'setting',
  'lock',
  'salvage',
] as const;
export type Kind = (typeof kinds)[number];

/** One write: its number says what is written, so that whoever reads it afterwards knows what has to be there. */
export interface Operation {
  n: number;
  kind: Kind;
  /** The case that it is about. */
  id?: string;
  /** The user whom it changes; absent for a new one. */
  user?: string;
  /** The number that a case which is taken over from elsewhere was written by there. */
  there?: number;
}

/** What a process is told to do. */
export type Job =
  | {
      work: 'write';
      folder: string;
      seed: number;
      /** Number of its first write. */
      first: number;
      count: number;
      passphrase: string | undefined;
      imports: readonly Importable[];
    }
  /** Opens a history of an older schema, which brings it to the newest. `key`: hexadecimal. */
  | { work: 'migrate'; file: string; key: string };

/** An export of another installation that holds one case. */
export interface Importable {
  path: string;
  id: string;
  there: number;
}

export type Told =
  | { at: 'loaded' | 'created' | 'end' }
  | { at: 'opened'; state: string; code?: string | undefined }
  | ({ at: 'start' } & Operation)
  /** Acknowledged. `id`: of the case; `value`: of the secret. */
  | { at: 'done'; n: number; id?: string; value?: string }
  | { at: 'refused'; n: number; kind?: Kind; code: string; detail?: string | undefined };

/** What each kind weighs: the slow and rare ones are few. */
export const weights: Record<Kind, number> = {
  create: 6,
  save: 14,
  predict: 14,
  pictures: 14,
  relink: 4,
  table: 2,
  import: 3,
  trash: 6,
  restore: 6,
  erase: 3,
  'erase-patient': 1,
  'empty-trash': 1,
  course: 10,
  response: 10,
  meeting: 5,
  question: 5,
  decision: 8,
  reading: 6,
  user: 5,
  'sign-in': 4,
  backup: 5,
  'put-back': 4,
  record: 6,
  secret: 3,
  // With it, the whole history gets a new key.
  passphrase: 4,
  setting: 6,
  lock: 4,
  salvage: 2,
};
