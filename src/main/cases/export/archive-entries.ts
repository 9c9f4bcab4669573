import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { ZipEntry } from '../../files/zip-stream.ts';
import { auditCsvHeader, auditCsvRows } from '../audit/audit-csv.ts';
import type { RecordsStore } from '../records-store.ts';
import { breath } from '../sql/in-slices.ts';
import { readme } from './export-readme.ts';
import { type CasePicture, casePictures, tableHeader, tableNames, tableRows } from './export-tables.ts';

export type Exportable = Pick<
  RecordsStore,
  | 'ids'
  | 'get'
  | 'courseEntries'
  | 'boardHistory'
  | 'readings'
  | 'meetings'
  | 'readerStudies'
  | 'picture'
  | 'auditPage'
  | 'tombstones'
>;

export interface ArchiveFacts {
  at: Date;
  actor: string;
  /** Tells one installation from another, and nothing else. */
  installation: string;
  appVersion: string;
}

export interface ArchiveOptions {
  signal?: AbortSignal | undefined;
  onStep?: ((step: { done: number; total: number }) => void) | undefined;
}

export interface Archived {
  cases: number;
  pictures: number;
  /** Ids of cases that are damaged: they are not in the archive. */
  unreadable: string[];
}

/** What was written so far. */
export interface Written {
  archived: Archived;
  /** Of every case that is in the archive. */
  ids: Set<string>;
}

const AUDIT_AT_ONCE = 500;
/** So many cases are written between two looks at what was erased. */
const CASES_AT_ONCE = 100;

/** Throws `export-erased` where a case that was written was erased since: no copy of it leaves after that. */
export const assertNoneErased = (store: Pick<Exportable, 'tombstones'>, { ids }: Written): void => {
  if (!store.tombstones.some(({ case_id }) => ids.has(case_id))) return;
  throw new AppError(
    'export-erased',
    'A case was erased while the export was written. The export held it already, and nothing of it was left. Export again.',
  );
};

const auditTable = async (store: Exportable): Promise<string> => {
  let text = auditCsvHeader();
  let before: number | null = null;
  do {
    const page = store.auditPage({ limit: AUDIT_AT_ONCE, ...(before === null ? {} : { before }) });
    text += page.entries.length === 0 ? '' : auditCsvRows(page.entries);
    before = page.next;
    await breath();
  } while (before !== null);
  return text;
};

/**
 * Everything of a history, a file at a time; what is written of each case goes into the tables behind it. Fills `written`. Throws
 * `export-erased`.
 */
export async function* archiveEntries(
  store: Exportable,
  { at, actor, installation, appVersion }: ArchiveFacts,
  { signal, onStep }: ArchiveOptions,
  written: Written,
): AsyncGenerator<ZipEntry> {
  const { archived } = written;
  const sums: string[] = [];
  const entry = (name: string, content: string | Uint8Array): ZipEntry => {
    const bytes = Buffer.from(content);
    sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
    return { name, read: async () => bytes };
  };
  const tables = new Map(tableNames.map((name) => [name, [tableHeader(name)]]));
  yield entry('README.txt', readme);
  const ids = store.ids();
  for (const [index, id] of ids.entries()) {
    onStep?.({ done: index, total: ids.length });
    await breath();
    signal?.throwIfAborted();
    if (index % CASES_AT_ONCE === 0) assertNoneErased(store, written);
    const found = readWhole(store, id);
    if (!found) {
      const isErased = store.tombstones.some(({ case_id }) => case_id === id);
      if (!isErased) archived.unreadable.push(id);
      continue;
    }
    written.ids.add(id);
    for (const [name, lines] of tables) lines.push(tableRows(name, found.one));
    yield entry(`cases/${id}/case.json`, `${JSON.stringify(found.one, null, 1)}\n`);
    for (const { name, picture } of found.pictures) yield entry(`cases/${id}/${name}`, picture);
    archived.cases += 1;
    archived.pictures += found.pictures.length;
  }
  for (const [name, lines] of tables) yield entry(`${name}.csv`, lines.join(''));
  yield entry(
    'meetings.json',
    `${JSON.stringify(
      store.meetings().map(({ meeting }) => meeting),
      null,
      1,
    )}\n`,
  );
  yield entry(
    'reader-studies.json',
    `${JSON.stringify(
      store.readerStudies().map(({ study }) => study),
      null,
      1,
    )}\n`,
  );
  yield entry('audit.csv', await auditTable(store));
  const erased = store.tombstones.map((one) => `${one.case_id},${one.erased_at},${one.reason}\r\n`);
  yield entry('erased.csv', `\uFEFFcase,erasedAt,reason\r\n${erased.join('')}`);
  const manifest = {
    format: 'haicast-export',
    version: 2,
    exportedAt: at.toISOString(),
    by: actor,
    installation,
    appVersion,
  };
  yield entry('manifest.json', `${JSON.stringify({ ...manifest, ...archived }, null, 2)}\n`);
  yield { name: 'SHA256SUMS', read: async () => Buffer.from(sums.join('')) };
}

/** A picture of a course that a mending had to leave out is not missed; one of the case itself is. */
const readPicture = (store: Exportable, caseId: string, { id, name, isOfCourse }: CasePicture) => {
  try {
    return [{ name, picture: store.picture(caseId, id).bytes }];
  } catch (error) {
    if (isOfCourse && error instanceof AppError && error.code === 'key-image-gone') return [];
    throw error;
  }
};

/** A case and its pictures; undefined where a part of it cannot be read, or it was erased meanwhile. */
const readWhole = (store: Exportable, id: string) => {
  try {
    const one = {
      ...store.get(id),
      course: store.courseEntries(id),
      board: store.boardHistory(id),
      readings: store.readings(id),
    };
    const pictures = casePictures(one).flatMap((picture) => readPicture(store, id, picture));
    return { one, pictures };
  } catch {
    return undefined;
  }
};
