/** A DICOMDIR (PS3.3 annex F, PS3.10 section 8): the files that its directory records refer to. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { dicomdirIncomplete, noteSentence } from '#shared/study/messages/notes.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { QualityNote, SkippedFile } from '#shared/study/study.ts';
import type { InputFile, StudyInput } from '../bytes/input.ts';
import { tagNumber } from '../scan/attributes.ts';
import { readDataset } from '../scan/element-reader.ts';
import { mediaStorageClass, readFileHead } from '../scan/file-head.ts';
import { Refusal, skippedFile } from '../scan/refusal.ts';
import { asBuffer, elementValue } from '../scan/values.ts';
import { DiskPace, diskFile } from './disk-file.ts';
import { unsafeName } from './entry-name.ts';
import { FolderNames } from './folder-names.ts';

const mediaStorageDirectory = '1.2.840.10008.1.3.10';
const directoryRecordSequence = tagNumber(0x0004, 0x1220);
const referencedFileId = tagNumber(0x0004, 0x1500);
const largestDicomdir = 256 * 1024 * 1024;

export const isDicomdir = (head: Uint8Array): boolean => {
  try {
    const fileHead = readFileHead(head, false);
    return fileHead !== undefined && mediaStorageClass(head, fileHead) === mediaStorageDirectory;
  } catch {
    return false;
  }
};

/**
 * File IDs of all directory records, each as its components. Records are read in the order in which they stand; the
 * offsets that link them are ignored, since they are what editors of such files break.
 */
export const referencedFiles = (bytes: Uint8Array): string[][] => {
  const head = readFileHead(bytes, true);
  if (!head) return [];
  const { elements } = readDataset(bytes, head.start, head.encoding, {
    complete: true,
    itemsMayOverrun: true,
    want: (tag) => (tag === directoryRecordSequence ? 'items' : tag === referencedFileId ? 'value' : undefined),
  });
  const buffer = asBuffer(bytes);
  const files: string[][] = [];
  for (const record of elements.get(directoryRecordSequence)?.items ?? []) {
    const element = record.get(referencedFileId);
    if (!element) continue;
    const value = elementValue(buffer, element, 'CS', head.encoding, () => '');
    if (typeof value === 'string') files.push([value]);
    else if (Array.isArray(value)) files.push(value.map(String));
  }
  return files;
};

/** A File ID as the names of folders and a file: some writers put `/` or `\\` into a component, or begin with `.`. */
const pathOf = (components: readonly string[]): string[] =>
  components.flatMap((component) => component.split(/[/\\]/)).filter((name) => name !== '' && name !== '.');

/** Undefined where it is not there, or a link leads out of the DICOMDIR's folder. */
const locate = async (
  root: string,
  names: readonly string[],
  folders: FolderNames,
  found: readonly string[] = [],
): Promise<string[] | undefined> => {
  const [name, ...rest] = names;
  if (name === undefined) {
    const real = await realpath(join(root, ...found)).catch(() => undefined);
    return real?.startsWith(`${root}${sep}`) ? [...found] : undefined;
  }
  const kind = rest.length === 0 ? 'file' : 'folder';
  for (const entry of await folders.find(join(root, ...found), name, kind)) {
    const path = await locate(root, rest, folders, [...found, entry]);
    if (path) return path;
  }
  return undefined;
};

const missing = (file: string): SkippedFile =>
  skippedFile(file, new Refusal('missing-file', refusalSentence('not-on-disc')));

export const dicomdirInput = async (path: string, signal: AbortSignal): Promise<StudyInput> => {
  if ((await stat(path)).size > largestDicomdir) {
    throw new AppError(
      'cannot-open',
      'The DICOMDIR is too large to be one. Open the folder that it stands in instead.',
    );
  }
  const root = await realpath(dirname(path));
  let references: string[][];
  try {
    references = referencedFiles(await readFile(path));
  } catch {
    throw new AppError('bad-dicomdir', 'The DICOMDIR is damaged. Open the folder that it stands in instead.');
  }
  const folders = new FolderNames();
  const pace = new DiskPace();
  const files: InputFile[] = [];
  const skipped: SkippedFile[] = [];
  const seen = new Set<string>();
  for (const components of references) {
    signal.throwIfAborted();
    const names = pathOf(components);
    const file = names.join('/');
    if (seen.has(file)) continue;
    seen.add(file);
    const unsafe = unsafeName(file);
    if (unsafe) {
      skipped.push(skippedFile(file, new Refusal('unsafe-name', unsafe)));
      continue;
    }
    const found = await locate(root, names, folders);
    if (!found) skipped.push(missing(file));
    else files.push(diskFile(join(root, ...found), found.join('/'), pace));
  }
  const listed = seen.size;
  const isIncomplete = 2 * files.length < listed;
  const incomplete = noteSentence(dicomdirIncomplete, { missing: listed - files.length, listed });
  const notes: QualityNote[] = isIncomplete ? [{ severity: 'warning', ...incomplete }] : [];
  return { files, skipped, notes, close: async () => {} };
};
