/** What a data folder has to hold, from what its writer told. Pure. */
import { noteOf, type Operation, picturesOf, settingsOf } from './operations.ts';

export interface ExpectedCase {
  /** Number of the write that its inputs come from. */
  inputs: number;
  /** Numbers of the writes that brought a prediction, newest first. */
  predictions: readonly number[];
  outdated: boolean;
  pictures: readonly string[];
  trashed: boolean;
  /** Number of the write that its course is of, if there is one. */
  course: number | undefined;
}

/** What the records hold, and a backup of them. */
interface ExpectedRecords {
  cases: ReadonlyMap<string, ExpectedCase>;
  /** Numbers of the entries in the audit log that stand for themselves. */
  records: readonly number[];
  secrets: ReadonlyMap<string, string>;
  erased: ReadonlySet<string>;
}

export interface Expected extends ExpectedRecords {
  created: boolean;
  /** The newest backup, by the number of the write that made it. */
  backup: (ExpectedRecords & { n: number }) | undefined;
  /** Number of the write that set it. */
  passphrase: number | undefined;
  setting: number | undefined;
}

export const nothing: Expected = {
  created: false,
  cases: new Map(),
  records: [],
  secrets: new Map(),
  erased: new Set(),
  backup: undefined,
  passphrase: undefined,
  setting: undefined,
};

const picturesAfter = (n: number): string[] => picturesOf(n).keyImages.map(({ id }) => id);

const inputsChanged = (n: number, before: ExpectedCase | undefined): ExpectedCase => ({
  inputs: n,
  predictions: before?.predictions ?? [],
  outdated: (before?.predictions.length ?? 0) > 0,
  pictures: before?.pictures ?? [],
  trashed: before?.trashed ?? false,
  course: before?.course,
});

const caseAfter = ({ n, kind }: Operation, before: ExpectedCase | undefined): ExpectedCase | undefined => {
  switch (kind) {
    case 'create':
      return { ...inputsChanged(n, undefined), predictions: [n], outdated: false, pictures: picturesAfter(n) };
    case 'save':
      return inputsChanged(n, before);
    case 'predict':
      return { ...inputsChanged(n, before), predictions: [n, ...(before?.predictions ?? [])], outdated: false };
    case 'pictures':
      return { ...inputsChanged(n, before), pictures: picturesAfter(n) };
    case 'course':
      return before && { ...before, course: n };
    case 'trash':
    case 'restore':
      return before && { ...before, trashed: kind === 'trash' };
    default:
      return before;
  }
};

const without = (cases: ExpectedRecords['cases'], erased: ReadonlySet<string>): ExpectedRecords['cases'] =>
  new Map([...cases].filter(([id]) => !erased.has(id)));

/** What was erased after the backup stays erased. */
const putBack = (before: Expected): Expected => {
  const { backup } = before;
  if (!backup) return before;
  const { n: _number, ...then } = backup;
  const erased = new Set([...then.erased, ...[...before.erased].filter((id) => then.cases.has(id))]);
  return { ...before, ...then, erased, cases: without(then.cases, erased) };
};

/** The folder after a write that was made whole. `value`: of a secret. */
export const after = (
  before: Expected,
  operation: Operation,
  { id, value }: { id?: string; value?: string },
): Expected => {
  const { n, kind } = operation;
  switch (kind) {
    case 'record':
      return { ...before, records: [...before.records, n] };
    case 'secret':
      return { ...before, secrets: new Map([...before.secrets, [`secret-${n}`, value ?? '']]) };
    case 'passphrase':
      return { ...before, passphrase: n };
    case 'setting':
      return { ...before, setting: n };
    case 'backup': {
      const { cases, records, secrets, erased } = before;
      return { ...before, backup: { n, cases, records, secrets, erased } };
    }
    case 'put-back':
      return putBack(before);
    case 'erase': {
      const erased = new Set([...before.erased, ...(id === undefined ? [] : [id])]);
      return { ...before, erased, cases: without(before.cases, erased) };
    }
    default: {
      const one = id === undefined ? undefined : caseAfter(operation, before.cases.get(id));
      return one && id !== undefined ? { ...before, cases: new Map([...before.cases, [id, one]]) } : before;
    }
  }
};

export const noteOfCase = ({ inputs }: ExpectedCase): string => noteOf(inputs);
export const userNameOf = (setting: number | undefined): string =>
  setting === undefined ? '' : settingsOf(setting).userName;
