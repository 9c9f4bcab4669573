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
}

export interface Expected {
  created: boolean;
  cases: ReadonlyMap<string, ExpectedCase>;
  /** Numbers of the entries in the audit log that stand for themselves. */
  records: readonly number[];
  secrets: ReadonlyMap<string, string>;
  /** Number of the write that set it. */
  passphrase: number | undefined;
  setting: number | undefined;
}

export const nothing: Expected = {
  created: false,
  cases: new Map(),
  records: [],
  secrets: new Map(),
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
    case 'trash':
    case 'restore':
      return before && { ...before, trashed: kind === 'trash' };
    default:
      return before;
  }
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
    default: {
      const one = id === undefined ? undefined : caseAfter(operation, before.cases.get(id));
      return one && id !== undefined ? { ...before, cases: new Map([...before.cases, [id, one]]) } : before;
    }
  }
};

export const noteOfCase = ({ inputs }: ExpectedCase): string => noteOf(inputs);
export const userNameOf = (setting: number | undefined): string =>
  setting === undefined ? '' : settingsOf(setting).userName;
