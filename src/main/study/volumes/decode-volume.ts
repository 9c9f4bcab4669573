/** One stack as one array of voxels. Only the frame under way and the result are in memory. */
import { AppError } from '#shared/errors.ts';
import type { SeriesFacts } from '#shared/study/facts.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import type { QualityNote } from '#shared/study/study.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { middleSlice, voxelBytes } from '#shared/study/voxels.ts';
import type { InputFile } from '../bytes/input.ts';
import type { DecodedSlice, DecodedVolume, StackRecord } from '../records.ts';
import { readSourceHeader } from '../scan/read-file.ts';
import { asRefusal, Refusal } from '../scan/refusal.ts';
import type { ScanOptions } from '../scan/scan-files.ts';
import { frameReader } from './frame-reader.ts';
import { fits, frameRange, newVoxels, type ValueRange, type VoxelType, voxelType, writeFrame } from './modality.ts';
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

export const noImage = (): AppError => new AppError('no-image', 'The series has no image of this number.');

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

/** The frames of a plan, one after the other; undefined where a value does not fit into `type`. */
const decodeAs = async (
  type: VoxelType,
  { frames, rows, columns }: VolumePlan,
  files: readonly InputFile[],
  { signal, progress }: ScanOptions,
): Promise<Voxels | undefined> => {
  const data = newVolume(type, frames.length * rows * columns);
  const first = frames[0]?.slice ?? 0;
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
          writeFrame(stored, rescale, data, (slice - first) * rows * columns);
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

const planOf = (stack: StackRecord): VolumePlan => {
  try {
    return planVolume(stack);
  } catch (error) {
    throw cannotDecode(error, 0);
  }
};

const infoOf = (openId: string, stack: StackRecord, plan: VolumePlan, voxels: Voxels): VolumeInfo => {
  const { frames, rows, columns } = plan;
  const { type, data, range } = voxels;
  const [first] = frames;
  if (!first) throw cannotDecode(new Refusal('not-an-image', 'The series has no images.'), 0);
  const attributes: SeriesFacts[] = stack.images.map((image) => image.attributes);
  return {
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
    bytes: frames.length * rows * columns * voxelBytes(type),
  };
};

const decodeFrames = async (
  plan: VolumePlan,
  type: VoxelType,
  files: readonly InputFile[],
  options: ScanOptions,
): Promise<Voxels> => {
  const voxels = (await decodeAs(type, plan, files, options)) ?? (await decodeAs('float32', plan, files, options));
  if (!voxels) throw cannotDecode(new Refusal('not-an-image', 'The series has no images.'), 0);
  return voxels;
};

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
  const plan = planOf(stack);
  const voxels = await decodeFrames(plan, voxelType(plan.frames), files, options);
  return { info: infoOf(openId, stack, plan, voxels), data: voxels.data };
};

/**
 * Decodes one slice of a stack, the middle one where none is named. `data` is [1, rows, columns]; `info` speaks of the stack, as
 * far as one slice tells: window and range are those of this slice. Its type is the stack's as the headers promise it, or
 * float32 where a value does not fit, as it then is for the whole. Throws as `decodeVolume` does, and `AppError('no-image')`.
 */
export const decodeSlice = async (
  openId: string,
  stack: StackRecord,
  wanted: number | undefined,
  files: readonly InputFile[],
  options: ScanOptions,
): Promise<DecodedSlice> => {
  const plan = planOf(stack);
  const slice = wanted ?? middleSlice(plan.frames.length);
  const frame = plan.frames[slice];
  if (!frame) throw noImage();
  const voxels = await decodeFrames({ ...plan, frames: [frame] }, voxelType(plan.frames), files, options);
  return { info: infoOf(openId, stack, plan, voxels), data: voxels.data, slice };
};
