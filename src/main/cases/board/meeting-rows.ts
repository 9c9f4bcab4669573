import type { Database } from 'better-sqlite3';
import type { Meeting } from '#shared/board/meeting.ts';
import { AppError } from '#shared/errors.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { bodyVersion, readBody } from '../rows/stored-bodies.ts';
import { hashOf } from '../seal/canonical-json.ts';

/** A meeting as it is in force, and the entry that holds it. */
export interface KeptMeeting {
  base: number;
  meeting: Meeting;
}

interface MeetingRow {
  sequence: number;
  meeting_id: string;
  at: string;
  actor: string;
  body: string | null;
  body_version: number;
}

const keptOf = ({ sequence, body, body_version }: MeetingRow): KeptMeeting[] =>
  body === null ? [] : [{ base: sequence, meeting: readBody('meeting', { body, body_version }) }];

/** Newest day first. */
export const readMeetings = (db: Database): KeptMeeting[] =>
  (
    db
      .prepare(
        'SELECT * FROM board_meetings WHERE sequence IN (SELECT max(sequence) FROM board_meetings GROUP BY meeting_id)',
      )
      .all() as MeetingRow[]
  )
    .flatMap(keptOf)
    .toSorted((a, b) => b.meeting.date.localeCompare(a.meeting.date) || b.base - a.base);

const newestOf = (db: Database, id: string): MeetingRow | undefined =>
  db.prepare('SELECT * FROM board_meetings WHERE meeting_id = ? ORDER BY sequence DESC LIMIT 1').get(id) as
    | MeetingRow
    | undefined;

/** Throws `meeting-gone`. */
export const readMeeting = (db: Database, id: string): KeptMeeting => {
  const row = newestOf(db, id);
  const [kept] = row ? keptOf(row) : [];
  if (kept) return kept;
  throw new AppError('meeting-gone', 'This meeting is no longer there. Look at the list of meetings again.');
};

const rowSeal = ({ sequence, meeting_id, at, actor, body, body_version }: MeetingRow): string =>
  hashOf({ sequence, meeting_id, at, actor, body, body_version });

/** Every stored entry by its sequence, as what the audit log holds of it; none in a history of before there were meetings. */
export const meetingSeals = (db: Database): Map<string, string> => {
  if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'board_meetings'`).get()) return new Map();
  const rows = db.prepare('SELECT * FROM board_meetings').all() as MeetingRow[];
  return new Map(rows.map((row) => [String(row.sequence), rowSeal(row)]));
};

export interface MeetingWrite {
  id: string;
  /** Null takes the meeting away; what was said and decided at it stays with its cases. */
  meeting: Meeting | null;
  /** The entry that it was made from; null for a new one. */
  base: number | null;
}

/** Call it inside a transaction. Throws `board-changed` where another entry is in force by now. */
export const writeMeeting = (
  db: Database,
  { id, meeting, base }: MeetingWrite,
  by: { at: string; actor: Actor },
): void => {
  const newest = newestOf(db, id);
  if ((newest?.sequence ?? null) !== base) {
    throw new AppError(
      'board-changed',
      'This list was changed elsewhere in the meantime. Look at what is there now, then change it again.',
    );
  }
  const body = meeting && JSON.stringify(meeting);
  const row = db
    .prepare(
      'INSERT INTO board_meetings (meeting_id, at, actor, body, body_version) VALUES (?, ?, ?, ?, ?) RETURNING *',
    )
    .get(id, by.at, nameOfActor(by.actor), body, bodyVersion('meeting')) as MeetingRow;
  const detail = {
    meeting: id,
    cases: meeting?.caseIds.length ?? 0,
    ...(meeting ? {} : { removed: true }),
    entry: row.sequence,
    hash: rowSeal(row),
  };
  appendAudit(db, { ...by, action: 'board.listed', caseId: null, detail });
};
