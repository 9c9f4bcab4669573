/** What records hold as one value, as it was found and as it has to be: two are compared part by part. */
import { createHash } from 'node:crypto';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { countOfAction, entriesOfWrites } from './audit-entries.ts';
import { comparisonIdOf, FOLLOW_UP, MEETING, modelOf, noteOf, pathOf, predictionIdOf, readerOf } from './contents.ts';
import type { Expected, ExpectedCase } from './expected.ts';

interface CaseFacts {
  note: string;
  place: string;
  model: string;
  predictions: string[];
  outdated: boolean;
  compared: string;
  /** Hashes of their bytes. */
  pictures: string[];
  trashed: boolean;
  /** Notes of both cycles. */
  cycles: string[];
  /** Note of the follow-up, and who read a response from it. */
  response: string[];
  question: string;
  decision: string;
  /** By whom it was read last, in whichever study. */
  reading: string;
}

/** A case by `case ID`. */
export type Facts = ReadonlyMap<string, CaseFacts | readonly unknown[] | string | number>;

const sorted = (values: Iterable<string>): string[] => [...values].sort();
const inOrder = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const foundCase = (store: RecordsStore, id: string): CaseFacts => {
  const saved = store.get(id);
  const { cycles, timePoints, assessments } = store.course(id);
  const followUp = timePoints.find((point) => point.id === FOLLOW_UP);
  const reader = assessments.find((one) => one.timePointId === FOLLOW_UP)?.reader;
  const place = { caseId: id, meetingId: MEETING };
  return {
    note: saved.note,
    place: saved.source.path,
    model: saved.modelId ?? '',
    predictions: saved.predictions.map((one) => one.id),
    outdated: saved.predictionOutdated ?? false,
    compared: saved.comparison?.id ?? '',
    pictures: sorted(saved.keyImages.map((image) => hashOf(store.picture(id, image.id).bytes))),
    trashed: saved.trashedAt !== null,
    cycles: cycles.map(({ note }) => note ?? ''),
    response: followUp ? [followUp.note ?? '', reader ?? ''] : [],
    question: store.boardEntries('listing', place).at(-1)?.body.question ?? '',
    decision: store.boardEntries('decision', place).at(-1)?.body.owner ?? '',
    reading: store.readings(id).at(-1)?.body.comment ?? '',
  };
};

const textOf = (n: number | undefined, text: (n: number) => string): string => (n === undefined ? '' : text(n));

const expectedCase = (one: ExpectedCase): CaseFacts => ({
  note: textOf(one.inputs, noteOf),
  place: textOf(one.place, pathOf),
  model: textOf(one.inputs, modelOf),
  predictions: one.predictions.map(predictionIdOf),
  outdated: one.outdated,
  compared: textOf(one.compared, comparisonIdOf),
  pictures: sorted(one.pictures),
  trashed: one.trashed,
  cycles: one.course === undefined ? [] : [noteOf(one.course), noteOf(one.course)],
  response: one.response === undefined ? [] : [noteOf(one.response), readerOf(one.response)],
  question: textOf(one.question, noteOf),
  decision: textOf(one.decision, readerOf),
  reading: textOf(one.reading, readerOf),
});

/** Those that the writes made; a history that was given a new key keeps the former one beside them. */
export const secretsIn = (store: RecordsStore): Map<string, string> =>
  new Map(
    store.compare(
      (db) =>
        db.prepare(`SELECT name, lower(hex(value)) FROM secrets WHERE name LIKE 'secret-%'`).raw().all() as [
          string,
          string,
        ][],
    ),
  );

const pairs = (map: ReadonlyMap<string, string>): string[] => sorted([...map].map((pair) => pair.join(' ')));

/** `waiting`: entries of the log that it may have. */
export const foundFacts = (store: RecordsStore, { waiting }: Pick<Expected, 'waiting'>): Facts => {
  const entries = store.compare(entriesOfWrites);
  return new Map<string, CaseFacts | readonly unknown[] | string | number>([
    ...store.ids().map((id) => [`case ${id}`, foundCase(store, id)] as const),
    ['listed', store.list().total + store.list({ trashed: true }).total],
    ['entries', inOrder(entries.filter((n) => !waiting.has(n)))],
    ['entries that stand there twice', entries.filter((n, index) => entries.indexOf(n) !== index)],
    ['failed sign-ins', store.compare((db) => countOfAction(db, 'user.sign-in-failed'))],
    ['secrets', pairs(secretsIn(store))],
    ['erased', sorted(store.tombstones.map(({ case_id }) => case_id))],
    ['meeting', store.meetings()[0]?.meeting.name ?? ''],
    ['users', sorted(store.users.list().map(({ name, role, disabled }) => `${name} ${role} ${disabled}`))],
  ]);
};

export const expectedFacts = (expected: Expected): Facts =>
  new Map<string, CaseFacts | readonly unknown[] | string | number>([
    ...[...expected.cases].map(([id, one]) => [`case ${id}`, expectedCase(one)] as const),
    ['listed', expected.cases.size],
    ['entries', inOrder(expected.records.filter((n) => !expected.waiting.has(n)))],
    ['entries that stand there twice', []],
    ['failed sign-ins', expected.failedSignIns],
    ['secrets', pairs(expected.secrets)],
    ['erased', sorted(expected.erased)],
    ['meeting', textOf(expected.meeting, noteOf)],
    ['users', sorted([...expected.users].map(([name, { role, disabled }]) => `${name} ${role} ${disabled}`))],
  ]);

/** One line for each part that is another one. */
export const differences = (found: Facts, expected: Facts): string[] =>
  [...new Set([...found.keys(), ...expected.keys()])].flatMap((name) => {
    const [is, shall] = [found, expected].map((facts) => JSON.stringify(facts.get(name)) ?? 'not there');
    return is === shall ? [] : [`${name} is ${is}, not ${shall}`];
  });
