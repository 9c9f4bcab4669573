/** What a data folder has to hold, from what its writer told. Pure. */
import { isDisabledBy, picturesOf, roleOf, userNamed } from './contents.ts';
import type { Operation } from './operations.ts';

/** Each number is that of the write that it comes from. */
export interface ExpectedCase {
  /** Undefined for a case of a table, until somebody saves it. */
  inputs: number | undefined;
  /** Where its images are. */
  place: number | undefined;
  /** Newest first. */
  predictions: readonly number[];
  outdated: boolean;
  compared: number | undefined;
  pictures: readonly string[];
  trashed: boolean;
  course: number | undefined;
  response: number | undefined;
  question: number | undefined;
  decision: number | undefined;
  reading: number | undefined;
}

export interface ExpectedUser {
  role: string;
  disabled: boolean;
}

/** What the records hold, and a backup of them. */
export interface ExpectedRecords {
  cases: ReadonlyMap<string, ExpectedCase>;
  /** Numbers of the entries in the audit log that stand for themselves, in the order in which they were made. */
  records: readonly number[];
  failedSignIns: number;
  secrets: ReadonlyMap<string, string>;
  erased: ReadonlySet<string>;
  meeting: number | undefined;
}

export interface Expected extends ExpectedRecords {
  created: boolean;
  /** No backup brings another one back: they are those of now. */
  users: ReadonlyMap<string, ExpectedUser>;
  /** The newest backup, by the number of the write that made it. */
  backup: (ExpectedRecords & { n: number }) | undefined;
  passphrase: number | undefined;
  setting: number | undefined;
  /** Numbers of entries that waited for the log when nothing could be written: whether it has them is not asked. */
  waiting: ReadonlySet<number>;
}

export const nothing: Expected = {
  created: false,
  cases: new Map(),
  records: [],
  failedSignIns: 0,
  secrets: new Map(),
  erased: new Set(),
  meeting: undefined,
  users: new Map(),
  backup: undefined,
  passphrase: undefined,
  setting: undefined,
  waiting: new Set(),
};

const recordsOf = ({ cases, records, failedSignIns, secrets, erased, meeting }: Expected): ExpectedRecords => ({
  cases,
  records,
  failedSignIns,
  secrets,
  erased,
  meeting,
});

const picturesAfter = (n: number): string[] => picturesOf(n).keyImages.map(({ id }) => id);

const newCase: ExpectedCase = {
  inputs: undefined,
  place: undefined,
  predictions: [],
  outdated: false,
  compared: undefined,
  pictures: [],
  trashed: false,
  course: undefined,
  response: undefined,
  question: undefined,
  decision: undefined,
  reading: undefined,
};

const inputsChanged = (n: number, before: ExpectedCase): ExpectedCase => ({
  ...before,
  inputs: n,
  place: n,
  outdated: before.predictions.length > 0,
  compared: undefined,
});

const predicted = (n: number, before: ExpectedCase): ExpectedCase => ({
  ...inputsChanged(n, before),
  predictions: [n, ...before.predictions],
  outdated: false,
  compared: n,
});

/** As another installation wrote it, without the path that its images had there. */
export const caseFromThere = (there: number): ExpectedCase => ({
  ...predicted(there, newCase),
  place: undefined,
  pictures: picturesAfter(there),
  course: there,
});

const caseAfter = ({ n, kind, there }: Operation, before: ExpectedCase | undefined): ExpectedCase | undefined => {
  switch (kind) {
    case 'create':
      return { ...predicted(n, newCase), pictures: picturesAfter(n) };
    case 'table':
      return { ...newCase, course: n };
    case 'import':
      return there === undefined ? before : caseFromThere(there);
    case 'save':
      return before && inputsChanged(n, before);
    case 'predict':
      return before && predicted(n, before);
    case 'pictures':
      return before && { ...inputsChanged(n, before), pictures: picturesAfter(n) };
    case 'relink':
      return before && { ...before, place: n };
    case 'trash':
    case 'restore':
      return before && { ...before, trashed: kind === 'trash' };
    case 'course':
    case 'response':
    case 'question':
    case 'decision':
    case 'reading':
      return before && { ...before, [kind]: n };
    default:
      return before;
  }
};

const withoutCases = (before: Expected, gone: readonly string[]): Expected => ({
  ...before,
  erased: new Set([...before.erased, ...gone]),
  cases: new Map([...before.cases].filter(([id]) => !gone.includes(id))),
});

/** What was erased after the backup stays erased. */
const putBack = (before: Expected): Expected => {
  if (!before.backup) return before;
  const { n: _number, ...then } = before.backup;
  return withoutCases({ ...before, ...then }, [...before.erased]);
};

const usersAfter = (users: Expected['users'], { n, user }: Operation): Expected['users'] => {
  if (user === undefined)
    return new Map([...users, [userNamed(n), { role: roleOf(n, users.size === 0), disabled: false }]]);
  return new Map([...users, [user, { role: roleOf(n, false), disabled: isDisabledBy(n) }]]);
};

const trashedIn = ({ cases }: Expected): string[] => [...cases].filter(([, one]) => one.trashed).map(([id]) => id);

/** Said of an entry that waits for the log, because that, or the file that it waits in, could not be written. */
export const WAITS = 'waits';

const mayWait = (before: Expected, { n }: Operation): Expected => ({
  ...before,
  waiting: new Set([...before.waiting, n]),
});

/** The folder after a write that was refused: nothing was changed, and what was to be told later may be. */
export const afterRefusal = (before: Expected, operation: Operation): Expected =>
  operation.kind === 'lock' ? mayWait(before, operation) : before;

/** The folder after a write that was made whole. `value`: of a secret. */
export const after = (
  before: Expected,
  operation: Operation,
  { id, value }: { id?: string; value?: string },
): Expected => {
  const { n, kind } = operation;
  switch (kind) {
    case 'lock':
      if (value === WAITS) return mayWait(before, operation);
      return { ...before, records: [...before.records, n] };
    case 'record':
      return { ...before, records: [...before.records, n] };
    case 'sign-in':
      return { ...before, failedSignIns: before.failedSignIns + 1 };
    case 'secret':
      return { ...before, secrets: new Map([...before.secrets, [`secret-${n}`, value ?? '']]) };
    case 'passphrase':
    case 'setting':
    case 'meeting':
      return { ...before, [kind]: n };
    case 'user':
      return { ...before, users: usersAfter(before.users, operation) };
    case 'backup':
      return { ...before, backup: { n, ...recordsOf(before) } };
    case 'put-back':
      return putBack(before);
    case 'erase':
    case 'erase-patient':
      return withoutCases(before, id === undefined ? [] : [id]);
    case 'empty-trash':
      return withoutCases(before, trashedIn(before));
    default: {
      const one = id === undefined ? undefined : caseAfter(operation, before.cases.get(id));
      return one && id !== undefined ? { ...before, cases: new Map([...before.cases, [id, one]]) } : before;
    }
  }
};
