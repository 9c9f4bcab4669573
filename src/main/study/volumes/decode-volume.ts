/** One stack as one array of voxels. Only the frame under way and the result are in memory. */
import { AppError } from '#shared/errors.ts';
import type { SeriesFacts } from '#shared/study/facts.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import type { QualityNote } from '#shared/study/study.ts';
import type { InputFile } from '../bytes/input.ts';
import type { DecodedVolume, StackRecord } from '../records.ts';
import { readSourceHeader } from '../scan/read-file.ts';
import { asRefusal, Refusal } from '../scan/refusal.ts';
import type { ScanOptions } from '../scan/scan-files.ts';
import { frameReader } from './frame-reader.ts';
import {
  fits,
  frameRange,
  newVoxels,
  type ValueRange,
  type VoxelType,
  voxelBytes,
  voxelType,
  writeFrame,
} from './modality.ts';
import { byFile, planVolume, type VolumePlan } from './volume-plan.ts';
import { initialWindow } from './window.ts';

/** One decoded stack; a liver series has some tens of megabytes. */
export const largestVolumeBytes = 1024 ** 3;

const progressEvery = 8;
/** A slow disk or network takes long for eight images; that it answers at all is told in between. */
const progressAfterMs = 1_000;

const volumeUrl = (openId: string, seriesId: string): string =>
  `/volumes/${encodeURIComponent(openId)}/${encodeURIComponent(seriesId)}`;

const cannotDecode = (error: unknown, slice: number): AppError => {
  const { code, message } = asRefusal(error);
  return new AppError('cannot-decode', `Image ${slice + 1} of this series cannot be shown. ${message}`, {
    params: { reason: code, image: slice + 1 },
    // The refusal's own words name sizes and formats, never the patient.
    detail: `${code}: ${message}`,
  });
};

const newVolume = (type: VoxelType, count: number): VoxelArray => {
  const bytes = count * voxelBytes(type);
  if (bytes <= largestVolumeBytes) return newVoxels(type, count);
  const megabytes = Math.ceil(bytes / 1024 ** 2);
  throw new AppError(
    'volume-too-large',
    `This series needs ${megabytes} MB of memory, more than the ${largestVolumeBytes / 1024 ** 2} MB that one series may take.`,
    { params: { megabytes } },
  );
};

interface Voxels {
  type: VoxelType;
  data: VoxelArray;
  range: ValueRange;
  exceedsBitsStored: boolean;
}

/** Undefined where a value does not fit into `type`. */
const decodeAs = async (
  type: VoxelType,
  { frames, rows, columns }: VolumePlan,
  files: readonly InputFile[],
  { signal, progress }: ScanOptions,
): Promise<Voxels | undefined> => {
  const data = newVolume(type, frames.length * rows * columns);
  const range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  let exceedsBitsStored = false;
  let done = 0;
  let toldAt = performance.now();
  const tell = () => {
    toldAt = performance.now();
    progress('decode', done, frames.length);
  };
  for (const [index, wanted] of byFile(frames)) {
    let current = wanted[0]?.slice ?? 0;
    try {
      const file = files[index];
      if (!file) throw new Refusal('missing-file', 'The file is not there (any more).');
      const isWhole = await file.open(async (source) => {
        const reader = await frameReader(await readSourceHeader(source), source, tell);
        for (const { image, slice, rescale } of wanted) {
          signal.throwIfAborted();
          current = slice;
          if (reader.pixels.rows !== rows || reader.pixels.columns !== columns) {
            throw new Refusal('pixel-description', 'The file has changed since it was scanned. Open the study again.');
          }
          const stored = await reader.frame(image.frame);
          const { min, max } = frameRange(stored, rescale, type);
          if (!fits({ min, max }, type)) return false;
          writeFrame(stored, rescale, data, slice * rows * columns);
          range.min = Math.min(range.min, min);
          range.max = Math.max(range.max, max);
          done++;
          if (done % progressEvery === 0 || performance.now() - toldAt > progressAfterMs) tell();
        }
        exceedsBitsStored ||= reader.exceedsBitsStored();
        return true;
      });
      if (!isWhole) return undefined;
    } catch (error) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      throw cannotDecode(error, current);
    }
  }
  tell();
  return { type, data, range, exceedsBitsStored };
};

const beyondBitsStored = (bitsStored: number): QualityNote => ({
  severity: 'warning',
  ...noteSentence('values-beyond-bits-stored', { stored: bitsStored }),
});

/**
 * Decodes a stack: [slices, rows, columns] in the stack's order, after the modality transform. `files` are those of the
 * input, in its order. Throws `AppError('cannot-decode')` naming the image, or `AppError('volume-too-large')`.
 */
export const decodeVolume = async (
  openId: string,
  stack: StackRecord,
  files: readonly InputFile[],
  options: ScanOptions,
): Promise<DecodedVolume> => {
  let planned: VolumePlan;
  try {
    planned = planVolume(stack);
  } catch (error) {
    throw cannotDecode(error, 0);
  }
  const { frames, rows, columns } = planned;
  const [first] = frames;
  const promised = voxelType(frames);
  const voxels =
    (await decodeAs(promised, planned, files, options)) ?? (await decodeAs('float32', planned, files, options));
  if (!first || !voxels) throw cannotDecode(new Refusal('not-an-image', 'The series has no images.'), 0);
  const { type, data, range } = voxels;
  const attributes: SeriesFacts[] = stack.images.map((image) => image.attributes);
  return {
    info: {
      openId,
      seriesId: stack.id,
      shape: [frames.length, rows, columns],
      dtype: type,
      ...(stack.geometry ? { geometry: stack.geometry } : {}),
      ...(stack.unplaced ? { unplaced: stack.unplaced } : {}),
      sopInstanceUIDs: stack.images.map((image) => image.sopInstanceUID),
      window: initialWindow(attributes, data, range),
      range,
      invert: first.pixels.invert,
      ...(voxels.exceedsBitsStored ? { notes: [beyondBitsStored(first.pixels.bitsStored)] } : {}),
      url: volumeUrl(openId, stack.id),
      bytes: data.byteLength,
    },
    data,
  };
};
