import { closeSync, copyFileSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Actor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { emptyLog } from '../file/log-binding.ts';
import { logOf, suspicionOf } from '../file/look-before.ts';
import { PAGE_BYTES } from '../file/page-cipher.ts';
import { leavePassing, passingFile, removePassing } from '../file/passing-files.ts';
import { putInPlace } from '../file/put-in-place.ts';
import { openDamagedFile, openWriter, type RecordsFileOptions } from '../file/records-file.ts';
import { reachableIds } from '../list/damaged-list.ts';
import { listAgain } from '../list/list-row.ts';
import { findCaseRow } from '../rows/case-rows.ts';
import { type DamagedReaders, goodCase } from '../rows/good-case.ts';
import { pictureIdOf } from '../rows/key-image-rows.ts';
import { caseTables, quoted } from '../seal/case-tables.ts';
import { sealOf } from '../seal/seal.ts';
import { breath, inSlices } from '../sql/in-slices.ts';
import { toRecordError } from '../sql/record-errors.ts';
import { PageScan } from './scan-pages.ts';

export interface Salvaged {
  kept: number;
  /** Cases of which a part could not be read; the damaged file still holds the rest of them. */
  lost: string[];
}

type Row = Record<string, unknown>;

const insertRow = (to: Database, table: string, row: Row): void => {
  const names = Object.keys(row);
  to.prepare(
    `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  ).run(...Object.values(row));
};

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** Of a case, and of its course. */
const PICTURE_TABLES = ['key_images', 'course_pictures'] as const;

/** How many pictures of a case had to be left out: one that is damaged takes no case with it. */
const copyPictures = (from: Database, to: Database, table: (typeof PICTURE_TABLES)[number], id: string): number => {
  const sequences = from.prepare(`SELECT sequence FROM ${table} WHERE case_id = ? ORDER BY sequence`).pluck().all(id);
  const rows = sequences.map((sequence) =>
    attempt(() => from.prepare(`SELECT * FROM ${table} WHERE sequence = ?`).get(sequence) as Row),
  );
  const whole = rows.filter((row) => row?.picture instanceof Uint8Array && pictureIdOf(row.picture) === row.picture_id);
  for (const row of whole) if (row) insertRow(to, table, row);
  return rows.length - whole.length;
};

/** Undefined where the case is lost, else how many of its key images are. */
const copyCase = (readers: DamagedReaders, to: Database, id: string, tables: readonly string[]): number | undefined => {
  try {
    return to.transaction(() => {
      const { saved, number, from } = goodCase(readers, id);
      insertRow(to, 'cases', from.prepare('SELECT * FROM cases WHERE id = ?').get(id) as Row);
      for (const table of tables) {
        for (const one of from.prepare(`SELECT * FROM ${quoted(table)} WHERE case_id = ?`).all(id)) {
          insertRow(to, table, one as Row);
        }
      }
      listAgain(to, number, saved);
      return PICTURE_TABLES.reduce((lost, table) => lost + copyPictures(from, to, table, id), 0);
    })();
  } catch {
    return undefined;
  }
};

/** Rows of a table from both of its ends, as far as they can be read; each once, and in the order that they had. */
const copyFromBothEnds = (from: Database, to: Database, table: string, key: string, by = key): void => {
  const seen = new Set<unknown>();
  for (const order of ['ASC', 'DESC']) {
    try {
      for (const row of from.prepare(`SELECT * FROM ${table} ORDER BY ${by} ${order}`).iterate() as Iterable<Row>) {
        if (seen.has(row[key])) continue;
        seen.add(row[key]);
        insertRow(to, table, row);
      }
    } catch {
      // Up to the damaged page.
    }
  }
};

const byUpdate = (from: Database, ids: readonly string[]): string[] => {
  const updated = (id: string): string => {
    try {
      return findCaseRow(from, id)?.updated_at ?? '';
    } catch {
      return '';
    }
  };
  return ids
    .map((id) => ({ id, at: updated(id) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id }) => id);
};

const copyWhatIsReadable = (readers: DamagedReaders, to: Database, { at, actor }: { at: string; actor: Actor }) => {
  const from = readers.unchecked;
  const ids = byUpdate(from, reachableIds(from));
  // Pictures are copied on their own: a damaged one takes no case with it.
  const tables = caseTables(to).filter((table) => !PICTURE_TABLES.some((one) => one === table));
  const copied = ids.map((id) => ({ id, picturesLost: copyCase(readers, to, id, tables) }));
  const lost = copied.filter(({ picturesLost }) => picturesLost === undefined).map(({ id }) => id);
  copyFromBothEnds(from, to, 'secrets', 'name');
  copyFromBothEnds(from, to, 'board_meetings', 'sequence');
  copyFromBothEnds(from, to, 'reader_studies', 'sequence');
  copyFromBothEnds(from, to, 'tombstones', 'case_id');
  copyFromBothEnds(from, to, 'users', 'id', 'rowid');
  copyFromBothEnds(from, to, 'audit_log', 'sequence');
  const kept = ids.length - lost.length;
  for (const { id, picturesLost } of copied) {
    if (!picturesLost) continue;
    const detail = { keyImagesLost: picturesLost, seal: sealOf(to, id) };
    appendAudit(to, { at, actor, action: 'case.mended', caseId: id, detail });
  }
  appendAudit(to, { at, actor, action: 'records.salvaged', caseId: null, detail: { kept, lost } });
  return { kept, lost };
};

/** A copy of the file, and its log, in which every page with one wrong bit is as it was. */
const mendedCopy = async (options: RecordsFileOptions, copy: string): Promise<void> => {
  copyFileSync(options.file, copy);
  if (existsSync(logOf(options.file))) copyFileSync(logOf(options.file), logOf(copy));
  const scan = new PageScan(copy, options.key);
  const handle = openSync(copy, 'r+');
  try {
    for (const number of await inSlices(scan.damaged())) {
      const mended = scan.mended(number);
      if (mended) writeSync(handle, mended, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
      await breath();
    }
  } finally {
    closeSync(handle);
    scan.close();
  }
};

const copyInto = (options: RecordsFileOptions, copy: string, target: string, by: { at: string; actor: Actor }) => {
  const damaged = openDamagedFile({ ...options, file: copy }, false);
  try {
    const to = openWriter({ ...options, file: target });
    try {
      to.pragma('foreign_keys = OFF');
      const readers = damaged.damaged ?? { checked: damaged.db, unchecked: damaged.db };
      const result: Salvaged = to.transaction(() => copyWhatIsReadable(readers, to, by))();
      emptyLog(to);
      return result;
    } finally {
      to.close();
    }
  } finally {
    damaged.close();
  }
};

/**
 * Writes what can be read of a damaged history to a new file and puts that in its place; the damaged one stays beside it,
 * as it is, under the name of `records.db.damaged-…`. The key stays the same. The history must be closed.
 */
export const salvage = async (options: RecordsFileOptions, by: { at: string; actor: Actor }): Promise<Salvaged> => {
  const { file } = options;
  const copy = passingFile(file, 'mending');
  const target = passingFile(file, 'salvaged');
  try {
    // What an earlier one left that was ended in between: a log of another copy would be read along with this one.
    for (const kind of ['mending', 'salvaged'] as const) removePassing(file, kind);
    await mendedCopy(options, copy);
    const result = copyInto(options, copy, target, by);
    await putInPlace(file, target, `${file}.damaged-${by.at.replace(/[^0-9]/g, '')}`);
    rmSync(suspicionOf(file), { force: true });
    return result;
  } catch (error) {
    throw toRecordError(error);
  } finally {
    leavePassing(file, 'mending', 'salvaged');
  }
};
