/** Writes a de-identified copy of series into an empty folder. */
import { AppError } from '#shared/errors.ts';
import { type DeidentifyOptions, type ExportResult, pictureNotChecked } from '#shared/study/deidentify.ts';
import type { DeidentifyWarning } from '#shared/study/messages/deidentify.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import { CopyFolder } from '../../files/copy-folder.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile } from '../bytes/input.ts';
import type { ImageRecord, StackRecord } from '../records.ts';
import { readHeader } from '../scan/header.ts';
import { imageRecords } from '../scan/image-records.ts';
import { asRefusal, Refusal, skippedFile } from '../scan/refusal.ts';
import type { ScanOptions } from '../scan/scan-files.ts';
import { type Dictionary, dictionary } from '../tags/dictionary.ts';
import { refuseOverlayThatStays } from './overlay-bits.ts';
import { type DatasetPlan, planDeidentification } from './plan.ts';
import { type Pseudonyms, pseudonymsFor } from './pseudonyms.ts';
import { subjectOf, subjectsAmong } from './subject.ts';
import { type DatasetTree, readTree } from './tree.ts';
import { deidentifiedFile } from './write.ts';

/** One object is held in memory as a whole. */
const largestFile = 1024 ** 3;

export interface PreparedFile {
  tree: DatasetTree;
  plan: DatasetPlan;
  pseudonyms: Pseudonyms;
}

/**
 * `subject`: whom the file is of, where other files of its study have a say in it; see `subjectsAmong`.
 *
 * Throws a `Refusal` or `MalformedDataset` where the bytes are no whole image, or an overlay would stay in it.
 */
export const prepareFile = (
  bytes: Uint8Array,
  key: Uint8Array,
  options: DeidentifyOptions,
  dictionary: Dictionary,
  subject?: string,
): PreparedFile => {
  // The scan's own checks: what is no whole image does not leave.
  const header = readHeader(bytes, true);
  imageRecords({ file: '', source: 0 }, header, header.syntax.deflated ? header.bytes.length : bytes.length);
  const tree = readTree(bytes, dictionary);
  refuseOverlayThatStays(tree);
  const pseudonyms = pseudonymsFor(key, subject ?? subjectOf(tree));
  return { tree, pseudonyms, plan: planDeidentification(tree, pseudonyms, options) };
};

export const wholeFile = async (source: ByteSource): Promise<Uint8Array> => {
  if (source.size > largestFile) throw new Refusal('too-large', 'The file is too large to be de-identified.');
  return await source.read(0, source.size);
};

export interface ExportRequest {
  stacks: readonly StackRecord[];
  /** Of the whole input, which tell who the patient is; `stacks` alone where they are all. */
  allStacks?: readonly StackRecord[];
  /** Ids of stacks whose pictures somebody has looked at: an image with a warning leaves in these alone. */
  checkedSeriesIds?: readonly string[];
  /** Of the input, in its order. */
  files: readonly InputFile[];
  folder: string;
  /** The site's secret; at least 16 bytes. */
  key: Uint8Array;
  options: DeidentifyOptions;
}

const withNew = (known: readonly DeidentifyWarning[], found: readonly DeidentifyWarning[]): DeidentifyWarning[] => [
  ...known,
  ...found.filter(({ code }) => !known.some((warning) => warning.code === code)),
];

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/**
 * Names of series folders and images are numbers: the source's names may hold a patient's. An export that is cancelled
 * or cannot be written takes back what it wrote, so that a folder holds a whole copy or none.
 */
export const exportDeidentified = async (request: ExportRequest, scan: ScanOptions): Promise<ExportResult> => {
  const folder = await CopyFolder.open(request.folder);
  try {
    return await writeCopies(request, folder, scan);
  } catch (error) {
    await folder.takeBack();
    throw error;
  }
};

const writeCopies = async (
  { stacks, allStacks, checkedSeriesIds = [], files, key, options }: ExportRequest,
  folder: CopyFolder,
  { signal, progress }: ScanOptions,
): Promise<ExportResult> => {
  // An object of several frames, or a series that was split, is one file.
  const subjectFor = subjectsAmong((allStacks ?? stacks).flatMap(({ images }) => images));
  const sources = new Map<number, { image: ImageRecord; series: number; seriesId: string }>();
  stacks.forEach(({ id, images }, index) => {
    for (const image of images) {
      if (!sources.has(image.source)) sources.set(image.source, { image, series: index + 1, seriesId: id });
    }
  });
  const result: ExportResult = { written: 0, skipped: [], warnings: [] };
  const warned = new Map<string, { warning: DeidentifyWarning; images: number }>();
  const unchecked = new Map<string, DeidentifyWarning[]>();
  let done = 0;
  for (const [source, { image, series, seriesId }] of sources) {
    signal.throwIfAborted();
    try {
      const file = files[source];
      if (!file) throw new Refusal('missing-file', refusalSentence('gone'));
      const bytes = await file.open(wholeFile);
      const { tree, plan, pseudonyms } = prepareFile(bytes, key, options, dictionary, subjectFor(image));
      if (plan.warnings.length > 0 && !checkedSeriesIds.includes(seriesId)) {
        unchecked.set(seriesId, withNew(unchecked.get(seriesId) ?? [], plan.warnings));
        throw new Refusal(pictureNotChecked, refusalSentence(pictureNotChecked));
      }
      const copy = deidentifiedFile(tree, plan, pseudonyms, options);
      await folder.write(`SE${padded(series, 3)}/IM${padded(result.written + 1, 5)}.dcm`, copy);
      for (const warning of plan.warnings) {
        warned.set(warning.code, { warning, images: (warned.get(warning.code)?.images ?? 0) + 1 });
      }
      result.written++;
    } catch (error) {
      if (error instanceof AppError) throw error;
      result.skipped.push(skippedFile(image.file, asRefusal(error)));
    }
    progress('export', ++done, sources.size);
  }
  result.warnings = [...warned.values()].map(({ warning, images }) => ({ ...warning, images }));
  if (unchecked.size > 0) result.unchecked = [...unchecked].map(([seriesId, warnings]) => ({ seriesId, warnings }));
  return result;
};
