/** Writes a de-identified copy of series into an empty folder. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { SkippedFile } from '#shared/study/study.ts';
import type { InputFile } from '../archive/input.ts';
import type { StackRecord } from '../records.ts';
import { readHeader } from '../scan/header.ts';
import { imageRecords } from '../scan/image-records.ts';
import type { ByteSource } from '../scan/read-file.ts';
import { asRefusal, Refusal } from '../scan/refusal.ts';
import type { ScanOptions } from '../scan/scan-files.ts';
import { type Dictionary, loadDictionary } from '../tags/dictionary.ts';
import type { DeidentifyOptions } from './options.ts';
import { type DatasetPlan, planDeidentification } from './plan.ts';
import { type Pseudonyms, pseudonymsFor } from './pseudonyms.ts';
import { type DatasetTree, readTree } from './tree.ts';
import { deidentifiedFile } from './write.ts';

/** One object is held in memory as a whole. */
const largestFile = 1024 ** 3;

export interface PreparedFile {
  tree: DatasetTree;
  plan: DatasetPlan;
  pseudonyms: Pseudonyms;
}

const textOf = (tree: DatasetTree, keyword: string): string => {
  const element = tree.elements.find((candidate) => candidate.keyword === keyword);
  return element
    ? Buffer.from(element.value)
        .toString('latin1')
        .replace(/[\0 ]+$/, '')
        .trim()
    : '';
};

/** Same patient, same pseudonym and shift: the patient ID decides, or the study where there is none. */
const subjectOf = (tree: DatasetTree): string =>
  textOf(tree, 'PatientID') || textOf(tree, 'StudyInstanceUID') || textOf(tree, 'SOPInstanceUID');

/** Throws a `Refusal` or `MalformedDataset` where the bytes are no whole image. */
export const prepareFile = (
  bytes: Uint8Array,
  key: Uint8Array,
  options: DeidentifyOptions,
  dictionary: Dictionary,
): PreparedFile => {
  // The scan's own checks: what is no whole image does not leave.
  const header = readHeader(bytes, true);
  imageRecords('', header, header.syntax.deflated ? header.bytes.length : bytes.length);
  const tree = readTree(bytes, dictionary);
  const pseudonyms = pseudonymsFor(key, subjectOf(tree));
  return { tree, pseudonyms, plan: planDeidentification(tree, pseudonyms, options) };
};

export const wholeFile = async (source: ByteSource): Promise<Uint8Array> => {
  if (source.size > largestFile) throw new Refusal('too-large', 'The file is too large to be de-identified.');
  return await source.read(0, source.size);
};

export interface ExportRequest {
  stacks: readonly StackRecord[];
  files: ReadonlyMap<string, InputFile>;
  folder: string;
  /** The site's secret; at least 16 bytes. */
  key: Uint8Array;
  options: DeidentifyOptions;
}

export interface ExportResult {
  written: number;
  /** Not written, since they could not be read whole. File names are the source's: for the screen, not for the copy. */
  skipped: SkippedFile[];
  /** Each warning with the number of images that it holds for. */
  warnings: { text: string; images: number }[];
}

const emptyFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  if (entries.length > 0) {
    throw new AppError(
      'folder-not-empty',
      'The folder is not empty. Choose an empty one, so that nothing else leaves with the copy.',
    );
  }
};

/** A full disk or a lost drive ends the export; a source file that cannot be read does not. */
const writeCopy = async (folder: string, name: string, bytes: Uint8Array): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes, { flag: 'wx' });
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    throw new AppError(
      'cannot-write',
      'The copy could not be written. Check that the disk has room and may be written to.',
      {
        detail: code,
      },
    );
  }
};

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** Names of series folders and images are numbers: the source's names may hold a patient's. */
export const exportDeidentified = async (
  request: ExportRequest,
  { signal, progress }: ScanOptions,
): Promise<ExportResult> => {
  const { stacks, files, folder, key, options } = request;
  await emptyFolder(folder);
  const dictionary = await loadDictionary();
  // An object of several frames, or a series that was split, is one file.
  const names = new Map<string, number>();
  stacks.forEach((stack, series) => {
    for (const { file } of stack.images) if (!names.has(file)) names.set(file, series + 1);
  });
  const result: ExportResult = { written: 0, skipped: [], warnings: [] };
  const warned = new Map<string, number>();
  let done = 0;
  for (const [name, series] of names) {
    signal.throwIfAborted();
    try {
      const file = files.get(name);
      if (!file) throw new Refusal('missing-file', 'The file is not there (any more).');
      const bytes = await file.open(wholeFile);
      const { tree, plan, pseudonyms } = prepareFile(bytes, key, options, dictionary);
      for (const warning of plan.warnings) warned.set(warning, (warned.get(warning) ?? 0) + 1);
      const copy = deidentifiedFile(tree, plan, pseudonyms, options);
      await writeCopy(join(folder, `SE${padded(series, 3)}`), `IM${padded(result.written + 1, 5)}.dcm`, copy);
      result.written++;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { code, message } = asRefusal(error);
      result.skipped.push({ file: name, code, reason: message });
    }
    progress('export', ++done, names.size);
  }
  result.warnings = [...warned].map(([text, images]) => ({ text, images }));
  return result;
};
