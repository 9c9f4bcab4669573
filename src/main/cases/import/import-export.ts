import type { ImportedCase, ImportResult } from '#shared/cases/import.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../audit/actor.ts';
import type { ExportedCase } from '../export/export-tables.ts';
import type { RecordsStore } from '../records-store.ts';
import { breath } from '../sql/in-slices.ts';
import { stateOf } from './compare-case.ts';
import { withoutPlaces } from './places-elsewhere.ts';
import { ExportArchive } from './read-export.ts';
import type { TakenOver } from './write-taken-over.ts';

export interface ImportOptions {
  path: string;
  passphrase: string | undefined;
  dryRun: boolean;
  actor: Actor;
  /** Those that are wanted; absent: all that are new. */
  only?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  onStep?: ((step: { done: number; total: number }) => void) | undefined;
}

/** What is taken over at once is held in memory until it is written, in one step. */
const MOST_BYTES = 1024 ** 3;

const tooMuch = (): AppError =>
  new AppError(
    'import-too-large',
    'This is more than can be taken over in one step. Nothing was. Name fewer of its cases at a time.',
  );

const presentOf = (store: RecordsStore, id: string, ids: ReadonlySet<string>): ExportedCase | undefined =>
  ids.has(id) ? { ...store.get(id), course: store.courseEntries(id), board: store.boardHistory(id) } : undefined;

/**
 * Looks through an export, each file held to its sum, and, unless it is a dry run, takes over the cases that are not here: all of
 * them or none, each sealed anew with where it came from in the audit log. What is here is never changed. Throws what
 * `ExportArchive` throws, and `import-too-large`.
 */
export const importExport = async (
  store: RecordsStore,
  { path, passphrase, dryRun, actor, only, signal, onStep }: ImportOptions,
): Promise<ImportResult> => {
  const archive = await ExportArchive.open(path, passphrase);
  try {
    const { installation: from, by, exportedAt, appVersion, unreadable } = archive.manifest;
    const here = new Set(store.ids());
    const erased = new Set(store.tombstones.map(({ case_id }) => case_id));
    const cases: ImportedCase[] = [];
    const wanted: TakenOver[] = [];
    let bytes = 0;
    const { ids } = archive;
    for (const [done, id] of ids.entries()) {
      onStep?.({ done, total: ids.length });
      await breath();
      signal?.throwIfAborted();
      const one = withoutPlaces(await archive.case(id));
      const pictures = await archive.pictures(one);
      const state = stateOf(one, presentOf(store, id, here), erased.has(id));
      const { studyInstanceUID } = one.study;
      const ofStudy = store.list({ studyInstanceUID, limit: 2 }).cases;
      cases.push({ id, state, studyKept: ofStudy.some((other) => other.id !== id) });
      if (dryRun || state !== 'new' || (only && !only.includes(id))) continue;
      bytes += JSON.stringify(one).length + one.keyImages.reduce((sum, image) => sum + image.bytes, 0);
      if (bytes > MOST_BYTES) throw tooMuch();
      wanted.push({ one, pictures });
    }
    const kept = wanted.length === 0 ? [] : store.takeOverCases(wanted, { from, made: exportedAt }, actor);
    return { from, by, exportedAt, appVersion, cases, unreadable, kept };
  } finally {
    await archive.close();
  }
};
