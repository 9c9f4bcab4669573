import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { savedCaseSchema } from '#shared/cases/case.ts';
import { bytesOf, KEY_IMAGE_BYTES } from '#shared/cases/key-image.ts';
import { courseEntrySchema, coursePartSchemas } from '#shared/course/course.ts';
import { type ImageSet, TIME_POINT_IMAGE_BYTES } from '#shared/course/key-images.ts';
import { AppError } from '#shared/errors.ts';
import { type ReadingKind, readingKinds } from '#shared/readers/reader-study.ts';
import { type AnyBoardEntry, boardKinds } from '../board/board-rows.ts';
import { casePictures, type ExportedCase } from '../export/export-tables.ts';
import { OPENSSL_HEADER_BYTES, opensslKeyOf } from '../export/openssl-file.ts';
import type { LockedReading } from '../readers/reading-rows.ts';
import { pictureIdOf } from '../rows/key-image-rows.ts';
import { bodyVersion, readBody } from '../rows/stored-bodies.ts';
import { isEncrypted, spanOfExport, zipIn, zipOptions } from './archive-file.ts';
import { DecryptedReader, decryptedSize } from './decrypted-reader.ts';

/** What stands in the audit log of where a case came from is no free text of somebody else's. */
const plainWord = z.string().regex(/^[\w.+-]{1,64}$/);
const time = z.iso.datetime({ offset: true });

const manifestSchema = z.object({
  format: z.literal('haicast-export'),
  version: z.int().positive(),
  exportedAt: time,
  by: z.string().max(200),
  installation: plainWord,
  appVersion: plainWord,
  unreadable: z.array(plainWord),
});
export type ExportManifest = z.infer<typeof manifestSchema>;

const boardEntrySchema = z.object({
  sequence: z.int(),
  caseId: z.string(),
  meetingId: z.string(),
  kind: z.enum(boardKinds),
  at: z.string(),
  actor: z.string(),
  amendment: z.string().nullable(),
  /** Held to the form of its kind below. */
  body: z.unknown(),
});

const readingSchema = z.object({
  sequence: z.int(),
  caseId: z.string(),
  studyId: z.string(),
  reader: z.string(),
  kind: z.enum(readingKinds),
  at: z.string(),
  actor: z.string(),
  /** Held to the form of its kind below. */
  body: z.unknown(),
});

/** An export of before there was a board has none, and one of before there were reader studies no readings. */
const exportedCaseSchema = savedCaseSchema.extend({
  course: z.array(courseEntrySchema),
  board: z.array(boardEntrySchema).default([]),
  readings: z.array(readingSchema).default([]),
});

/** The newest form that is known here. */
const NEWEST = 2;
/** A case is far smaller; what says more of itself is not unpacked. */
const MOST_BYTES = 64 * 1024 ** 2;
const CASE_FILE = /^cases\/([0-9a-f-]{36})\/case\.json$/;

const unreadable = (detail: string): AppError =>
  new AppError(
    'export-unreadable',
    'This is no export of haicast, or it is damaged. Nothing was taken over. Copy it again from where it was written.',
    { detail },
  );

/** Says nothing of which of the two it is. */
const wrong = (): AppError =>
  new AppError(
    'export-passphrase-wrong',
    'The passphrase does not open this export, or the file is damaged. Nothing was taken over.',
  );

const parsed = <T>(schema: z.ZodType<T>, bytes: Buffer, name: string): T => {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    // Paths and codes only: what is refused may hold an identifier.
    const issues = error instanceof z.ZodError ? error.issues.map((one) => `${one.path.join('.')} ${one.code}`) : [];
    throw unreadable(`${name}: ${issues.join('; ') || 'no JSON'}`);
  }
};

/** Every time that is shown, or sorted by. */
const timesOf = ({ createdAt, updatedAt, trashedAt, predictions, comparison, ...one }: ExportedCase): string[] => [
  ...[createdAt, updatedAt, trashedAt ?? createdAt, comparison?.createdAt ?? createdAt],
  ...predictions.map((prediction) => prediction.createdAt),
  ...one.keyImages.map(({ takenAt }) => takenAt),
  ...[...one.course, ...one.board, ...one.readings].map(({ at }) => at),
];

const isOfItsKind = (kind: `board ${AnyBoardEntry['kind']}` | `reading ${ReadingKind}`, body: unknown): boolean => {
  try {
    readBody(kind, { body: JSON.stringify(body), body_version: bodyVersion(kind) });
    return true;
  } catch {
    return false;
  }
};

const zipOf = async (handle: FileHandle, passphrase: string | undefined): Promise<ZipFile> => {
  const span = await spanOfExport(handle);
  if (!(await isEncrypted(handle, span))) return zipIn(handle, span);
  if (passphrase === undefined) {
    throw new AppError(
      'export-passphrase-needed',
      'This export is encrypted. Enter the passphrase that was chosen for it.',
    );
  }
  const head = Buffer.alloc(OPENSSL_HEADER_BYTES);
  await handle.read(head, 0, head.length, span.start);
  const key = await opensslKeyOf(head, passphrase);
  const file = key && { ...span, ...key, handle };
  const size = file && (await decryptedSize(file));
  if (!file || size === undefined) throw wrong();
  return fromRandomAccessReaderPromise(new DecryptedReader(file), size, zipOptions).catch(() => {
    throw wrong();
  });
};

/** An export that is read file by file, each held to the sum that lies beside it. */
export class ExportArchive {
  readonly #handle: FileHandle;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #sums: ReadonlyMap<string, string> = new Map();
  #manifest: ExportManifest | undefined;

  private constructor(handle: FileHandle, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#handle = handle;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Throws `export-unreadable`, `export-passphrase-needed`, `export-passphrase-wrong`, `export-newer`. */
  static async open(path: string, passphrase: string | undefined): Promise<ExportArchive> {
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw unreadable((error as { code?: string }).code ?? 'cannot be opened');
    });
    try {
      const zip = await zipOf(handle, passphrase);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
      const archive = new ExportArchive(handle, zip, entries);
      await archive.#begin();
      return archive;
    } catch (error) {
      await handle.close();
      throw error instanceof AppError ? error : unreadable(String(error));
    }
  }

  async #begin(): Promise<void> {
    const lines = (await this.#bytes('SHA256SUMS')).toString('utf8').split('\n');
    this.#sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
    this.#manifest = parsed(manifestSchema, await this.read('manifest.json'), 'manifest.json');
    if (this.#manifest.version <= NEWEST) return;
    throw new AppError('export-newer', 'This export was written by a newer haicast. Use that version or a later one.');
  }

  get manifest(): ExportManifest {
    if (this.#manifest) return this.#manifest;
    throw unreadable('no manifest');
  }

  get ids(): string[] {
    return [...this.#entries.keys()].flatMap((name) => CASE_FILE.exec(name)?.[1] ?? []);
  }

  /** A case, with every part of its course, and of what boards and readers said of it, of a form that is known here. */
  async case(id: string): Promise<ExportedCase> {
    const name = `cases/${id}/case.json`;
    const read = parsed(exportedCaseSchema, await this.read(name), name);
    const { board, readings } = read;
    const one: ExportedCase = { ...read, board: board as AnyBoardEntry[], readings: readings as LockedReading[] };
    const isOwn = one.id === id && [...board, ...readings].every(({ caseId }) => caseId === id);
    if (!isOwn) throw unreadable(`${name}: another id`);
    if (!timesOf(one).every((at) => time.safeParse(at).success)) throw unreadable(`${name}: no time`);
    if (bytesOf(one.keyImages) > KEY_IMAGE_BYTES) throw unreadable(`${name}: more pictures than a case has room for`);
    for (const { kind, body } of one.course) {
      if (body !== null && !coursePartSchemas[kind].safeParse(body).success) throw unreadable(`${name}: ${kind}`);
      if (kind === 'images' && body !== null && bytesOf((body as ImageSet).images) > TIME_POINT_IMAGE_BYTES) {
        throw unreadable(`${name}: more pictures than a time point has room for`);
      }
    }
    if (!board.every(({ kind, body }) => isOfItsKind(`board ${kind}`, body))) throw unreadable(`${name}: board`);
    if (!readings.every(({ kind, body }) => isOfItsKind(`reading ${kind}`, body))) {
      throw unreadable(`${name}: readings`);
    }
    return one;
  }

  async pictures(one: ExportedCase): Promise<Record<string, Uint8Array>> {
    const pictures: Record<string, Uint8Array> = {};
    for (const { id, bytes, name: own, isOfCourse } of casePictures(one)) {
      const name = `cases/${one.id}/${own}`;
      // One that a mending had to leave out there.
      if (isOfCourse && !this.#sums.has(name)) continue;
      const picture = new Uint8Array(await this.read(name, bytes));
      if (picture.byteLength !== bytes || pictureIdOf(picture) !== id) throw unreadable(`${name}: another picture`);
      pictures[id] = picture;
    }
    return pictures;
  }

  /** Throws `export-unreadable` where the file is not what its sum says, or larger than `most`: that is not unpacked. */
  async read(name: string, most = MOST_BYTES): Promise<Buffer> {
    const bytes = await this.#bytes(name, most);
    if (createHash('sha256').update(bytes).digest('hex') === this.#sums.get(name)) return bytes;
    throw unreadable(`${name}: another sum`);
  }

  async close(): Promise<void> {
    this.#zip.close();
    await this.#handle.close().catch(() => undefined);
  }

  async #bytes(name: string, most = MOST_BYTES): Promise<Buffer> {
    const entry = this.#entries.get(name);
    if (!entry || entry.uncompressedSize > most) throw unreadable(`${name}: missing or too large`);
    const parts: Buffer[] = [];
    for await (const part of await this.#zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    return Buffer.concat(parts);
  }
}
