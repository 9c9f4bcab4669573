import type { Database } from 'better-sqlite3';
import type { DecisionVersion } from '#shared/board/decision.ts';
import { AppError } from '#shared/errors.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { type Bodies, bodyVersion, readBody } from '../rows/stored-bodies.ts';
import { sealOf } from '../seal/seal.ts';

export const boardKinds = ['listing', 'shown', 'decision', 'done'] as const;
export type BoardKind = (typeof boardKinds)[number];
type BodyOf<K extends BoardKind> = Bodies[`board ${K}`];

export interface BoardEntry<K extends BoardKind> {
  sequence: number;
  caseId: string;
  meetingId: string;
  at: string;
  actor: string;
  amendment: string | null;
  body: BodyOf<K>;
}

interface EntryRow {
  sequence: number;
  case_id: string;
  meeting_id: string;
  at: string;
  actor: string;
  amendment: string | null;
  body: string;
  body_version: number;
}

const entryOf =
  <K extends BoardKind>(kind: K) =>
  (row: EntryRow): BoardEntry<K> => ({
    sequence: row.sequence,
    caseId: row.case_id,
    meetingId: row.meeting_id,
    at: row.at,
    actor: row.actor,
    amendment: row.amendment,
    body: readBody(`board ${kind}`, row) as BodyOf<K>,
  });

/** Which entries: of a case, of a meeting, of both, or of all. */
export interface Place {
  caseId?: string;
  meetingId?: string;
}

/** Every entry of one kind, oldest first. Throws `case-unreadable` where a body cannot be read. */
export const readEntries = <K extends BoardKind>(
  db: Database,
  kind: K,
  { caseId, meetingId }: Place,
): BoardEntry<K>[] => {
  const given = { case_id: caseId, meeting_id: meetingId };
  const asked = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const where = ['kind = ?', ...asked.map(([column]) => `${column} = ?`)].join(' AND ');
  const rows = db
    .prepare(`SELECT * FROM board_entries WHERE ${where} ORDER BY sequence`)
    .all(kind, ...asked.map(([, value]) => value)) as EntryRow[];
  return rows.map(entryOf(kind));
};

export type AnyBoardEntry = { [K in BoardKind]: BoardEntry<K> & { kind: K } }[BoardKind];

/** Everything that boards were asked, shown or decided of a case, oldest first. */
export const readBoardHistory = (db: Database, caseId: string): AnyBoardEntry[] =>
  boardKinds
    .flatMap((kind) => readEntries(db, kind, { caseId }).map((entry) => ({ ...entry, kind }) as AnyBoardEntry))
    .toSorted((a, b) => a.sequence - b.sequence);

/** The newest of each case and meeting: what is in force. */
export const inForce = <K extends BoardKind>(entries: readonly BoardEntry<K>[]): BoardEntry<K>[] => [
  ...new Map(entries.map((entry) => [`${entry.meetingId} ${entry.caseId}`, entry])).values(),
];

export const newest = <K extends BoardKind>(db: Database, kind: K, place: Required<Place>): BoardEntry<K> | undefined =>
  readEntries(db, kind, place).at(-1);

export const versionOf = ({
  sequence,
  meetingId,
  at,
  actor,
  amendment,
  body,
}: BoardEntry<'decision'>): DecisionVersion => ({
  sequence,
  meetingId,
  at,
  by: actor,
  amendment,
  body,
});

export interface BoardWrite<K extends BoardKind> extends Required<Place> {
  kind: K;
  body: BodyOf<K>;
  /** The entry that it was made from; null where there was none. */
  base: number | null;
  amendment?: string | undefined;
}

const ACTIONS: Readonly<Record<BoardKind, string>> = {
  listing: 'board.asked',
  shown: 'board.modelShown',
  decision: 'board.decided',
  done: 'board.done',
};

/** What may be said in the audit log: no words, which may name somebody. */
const factsOf = <K extends BoardKind>(kind: K, body: BodyOf<K>): Record<string, unknown> => {
  if (kind === 'shown') return { as: (body as BodyOf<'shown'>).when };
  if (kind === 'done') return { as: (body as BodyOf<'done'>).done ? 'done' : 'open' };
  return {};
};

/**
 * Adds an entry and seals the case with it; call it inside a transaction. Throws `board-changed` where another one is in force
 * by now.
 */
export const insertEntry = <K extends BoardKind>(
  db: Database,
  { kind, caseId, meetingId, body, base, amendment }: BoardWrite<K>,
  by: { at: string; actor: Actor },
): void => {
  if ((newest(db, kind, { caseId, meetingId })?.sequence ?? null) !== base) {
    throw new AppError(
      'board-changed',
      'This list was changed elsewhere in the meantime. Look at what is there now, then change it again.',
    );
  }
  const entry = Number(
    db
      .prepare(
        `INSERT INTO board_entries (case_id, meeting_id, kind, at, actor, amendment, body, body_version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        caseId,
        meetingId,
        kind,
        by.at,
        nameOfActor(by.actor),
        amendment ?? null,
        JSON.stringify(body),
        bodyVersion(`board ${kind}`),
      ).lastInsertRowid,
  );
  const detail = {
    meeting: meetingId,
    entry,
    ...factsOf(kind, body),
    ...(base === null ? {} : { supersedes: base }),
    seal: sealOf(db, caseId),
  };
  const action = amendment === undefined ? ACTIONS[kind] : 'board.amended';
  appendAudit(db, { ...by, action, caseId, detail });
};
