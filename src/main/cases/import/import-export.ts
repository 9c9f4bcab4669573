import type { ImportResult } from '#shared/cases/import.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../audit/actor.ts';
import type { ExportedCase } from '../export/export-tables.ts';
import type { RecordsStore } from '../records-store.ts';
import { breath } from '../sql/in-slices.ts';
import { stateOf } from './compare-case.ts';
import { Findings } from './findings.ts';
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
  /** For tests. */
  atOnceBytes?: number;
}

/** What is taken over in one step is held in memory until it is written; more takes several. */
const AT_ONCE_BYTES = 256 * 1024 ** 2;

/** Not the first step: those before it stay. */
const stopped = (kept: number, cause: unknown): AppError =>
  new AppError(
    'import-stopped',
    `Not everything was taken over: ${kept} cases were, and stay. Look at the export again, then take over the rest.`,
    { params: { kept }, detail: cause instanceof AppError ? cause.code : 'unknown', cause },
  );

const bytesOf = ({ one, pictures }: TakenOver): number =>
  Object.values(pictures).reduce((sum, { byteLength }) => sum + byteLength, JSON.stringify(one).length);

/** A case with its pictures, each file held to its sum. */
const readCase = async (archive: ExportArchive, id: string): Promise<TakenOver> => {
  const one = withoutPlaces(await archive.case(id));
  return { one, pictures: await archive.pictures(one) };
};

const presentOf = (store: RecordsStore, id: string, ids: ReadonlySet<string>): ExportedCase | undefined =>
  ids.has(id)
    ? {
        ...store.get(id),
        course: store.courseEntries(id),
        board: store.boardHistory(id),
        readings: store.readings(id),
      }
    : undefined;

/** Between two cases: tells how far it is, lets others work, and throws where it was cancelled. */
type Look = (done: number, total: number) => Promise<void>;

/** Takes over the cases of these ids in steps, each whole or not at all. Throws `import-stopped` where one after the first fails. */
const takeOver = async (
  archive: ExportArchive,
  ids: readonly string[],
  { atOnceBytes, write, look }: { atOnceBytes: number; write: (cases: TakenOver[]) => string[]; look: Look },
): Promise<string[]> => {
  const kept: string[] = [];
  let step: TakenOver[] = [];
  let bytes = 0;
  try {
    for (const [done, id] of ids.entries()) {
      await look(done, ids.length);
      const found = await readCase(archive, id);
      if (step.length > 0 && bytes + bytesOf(found) > atOnceBytes) {
        kept.push(...write(step));
        [step, bytes] = [[], 0];
      }
      step.push(found);
      bytes += bytesOf(found);
    }
    if (step.length > 0) kept.push(...write(step));
    return kept;
  } catch (error) {
    throw kept.length === 0 ? error : stopped(kept.length, error);
  }
};

/**
 * Looks through an export, each file held to its sum, and, unless it is a dry run, takes over the cases that are not here, each
 * sealed anew with where it came from in the audit log: all of them or none where they are of some hundred megabytes at most, and
 * else in steps of that. What is here is never changed. Throws what `ExportArchive` throws, and `import-stopped`.
 */
export const importExport = async (
  store: RecordsStore,
  { path, passphrase, dryRun, actor, only, signal, onStep, atOnceBytes = AT_ONCE_BYTES }: ImportOptions,
): Promise<ImportResult> => {
  const archive = await ExportArchive.open(path, passphrase);
  const look: Look = async (done, total) => {
    onStep?.({ done, total });
    await breath();
    signal?.throwIfAborted();
  };
  try {
    const { installation: from, by, exportedAt, appVersion, unreadable } = archive.manifest;
    const here = new Set(store.ids());
    const erased = new Set(store.tombstones.map(({ case_id }) => case_id));
    const findings = new Findings();
    const { ids } = archive;
    for (const [done, id] of ids.entries()) {
      await look(done, ids.length);
      // With its pictures: nothing is taken over of an export of which one file is not what its sum says.
      const { one } = await readCase(archive, id);
      const state = stateOf(one, presentOf(store, id, here), erased.has(id));
      const { studyInstanceUID, studyDate, patient } = one.study;
      const ofStudy = store.list({ studyInstanceUID, limit: 2 }).cases;
      const studyKept = ofStudy.some((other) => other.id !== id);
      findings.add({ id, state, studyKept, patient, ...(studyDate === undefined ? {} : { studyDate }) });
    }
    const some = only && new Set(only);
    const wanted = findings.fresh.filter((id) => some?.has(id) ?? true);
    const write = (cases: TakenOver[]) => store.takeOverCases(cases, { from, made: exportedAt }, actor);
    const kept = dryRun ? [] : await takeOver(archive, wanted, { atOnceBytes, write, look });
    const { counts, named: cases } = findings;
    return { from, by, exportedAt, appVersion, counts, cases, unreadable, kept };
  } finally {
    await archive.close();
  }
};
