import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHORTEST_EXPORT_PASSPHRASE } from '#shared/cases/passphrase.ts';
import { AppError } from '#shared/errors.ts';
import { syncFolder } from '../../files/write-atomically.ts';
import { zipStream } from '../../files/zip-stream.ts';
import {
  type Archived,
  type ArchiveFacts,
  type ArchiveOptions,
  archiveEntries,
  assertNoneErased,
  type Exportable,
  type Written,
} from './archive-entries.ts';
import { howToOpen } from './export-readme.ts';
import { encryptedAsOpenssl } from './openssl-file.ts';

export interface ExportOptions extends ArchiveFacts, ArchiveOptions {
  /** Made where it is missing. */
  folder: string;
  /** Undefined: as it is, for everybody who has the file to read. */
  passphrase: string | undefined;
  /** Is told of the file as soon as it is there; what it gives back is called once it is whole, or gone. */
  begun?: (file: string) => () => void;
}

const nameAt = (at: Date): string => `haicast-export-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.zip`;

/** What it is called until it is whole: one that was cut off is taken for no export. */
const unfinished = (file: string): string => `${file}.unfinished`;

/** Gives it its name, and takes the place of no other file. */
const finish = async (folder: string, file: string): Promise<void> => {
  const [from, to] = [join(folder, unfinished(file)), join(folder, file)];
  if (await stat(to).catch(() => undefined)) throw Object.assign(new Error('there already'), { code: 'EEXIST' });
  await rename(from, to);
  syncFolder(folder);
};

const notWritten = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && !(error instanceof AppError)
    ? new AppError(
        'export-not-written',
        'The export could not be written there, and nothing of it was left. Check that the folder can be written and the disk has room, or choose another folder.',
        { detail: String(error.code), cause: error },
      )
    : error;

/**
 * Writes everything of a history as one new file of the folder: a zip, encrypted where a passphrase is given, with a word on
 * how to open it beside it. It has its name once it is whole; cancelled or failed, it leaves nothing, and holds no case that was
 * erased before this answers. Throws `export-not-written`, `export-erased`, `passphrase-too-short-export`.
 */
export const exportRecords = async (
  store: Exportable,
  { folder, passphrase, at, actor, installation, appVersion, begun, ...options }: ExportOptions,
): Promise<Archived & { file: string; bytes: number }> => {
  if (passphrase !== undefined && [...passphrase].length < SHORTEST_EXPORT_PASSPHRASE) {
    throw new AppError(
      'passphrase-too-short-export',
      `The passphrase of an export needs at least ${SHORTEST_EXPORT_PASSPHRASE} characters: who has the file can try as long as they like.`,
    );
  }
  const file = passphrase === undefined ? nameAt(at) : `${nameAt(at)}.enc`;
  const hint = `${nameAt(at)}.txt`;
  const archived: Archived = { cases: 0, pictures: 0, unreadable: [] };
  const written: Written = { archived, ids: new Set() };
  const plain = zipStream(archiveEntries(store, { at, actor, installation, appVersion }, options, written));
  const isMine: string[] = [];
  let ended: (() => void) | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(join(folder, unfinished(file)), 'wx', 0o600);
    isMine.push(unfinished(file));
    ended = begun?.(join(folder, unfinished(file)));
    let bytes = 0;
    try {
      for await (const part of passphrase === undefined ? plain : encryptedAsOpenssl(plain, passphrase)) {
        await handle.writeFile(part);
        bytes += part.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (passphrase !== undefined) {
      await writeFile(join(folder, hint), howToOpen(file), { flag: 'wx', mode: 0o600 });
      isMine.push(hint);
    }
    await finish(folder, file);
    isMine.push(file);
    assertNoneErased(store, written);
    return { ...archived, file, bytes };
  } catch (error) {
    for (const name of isMine) await rm(join(folder, name), { force: true });
    throw notWritten(error);
  } finally {
    ended?.();
  }
};
