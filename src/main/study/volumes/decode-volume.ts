/** One stack as one array of voxels. Only the frame under way and the result are in memory. */
import { AppError } from '#shared/errors.ts';
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { InputFile } from '../bytes/input.ts';
import type { DecodedVolume, ImageRecord, StackRecord } from '../records.ts';
import { type PixelDescription, pixelDescription } from '../scan/pixel-description.ts';
import { readSourceHeader } from '../scan/read-file.ts';
import { asRefusal, Refusal } from '../scan/refusal.ts';
import type { ScanOptions } from '../scan/scan-files.ts';
import { frameReader } from './frame-reader.ts';
import { frameRange, newVoxels, type Rescale, rescaleOf, voxelBytes, voxelType, writeFrame } from './modality.ts';
import { initialWindow } from './window.ts';

/** One decoded stack; a liver series has some tens of megabytes. */
export const largestVolumeBytes = 1024 ** 3;

const progressEvery = 8;
/** A slow disk or network takes long for eight images; that it answers at all is told in between. */
const progressAfterMs = 1_000;

interface PlannedFrame {
  image: ImageRecord;
  slice: number;
  pixels: PixelDescription;
  rescale: Rescale;
}

/** What the headers promise, checked before the volume is allocated. */
const plan = (stack: StackRecord): { frames: PlannedFrame[]; rows: number; columns: number } => {
  const frames = stack.images.map((image, slice) => ({
    image,
    slice,
    pixels: pixelDescription(image.attributes),
    rescale: rescaleOf(image.attributes),
  }));
  const [first] = frames;
  if (!first) throw new Refusal('not-an-image', 'The series has no images.');
  const { rows, columns } = first.pixels;
  const odd = frames.find(({ pixels }) => pixels.rows !== rows || pixels.columns !== columns);
  if (odd) {
    throw new Refusal(
      'pixel-description',
      `Image ${odd.slice + 1} has ${odd.pixels.columns} × ${odd.pixels.rows} pixels, the first ${columns} × ${rows}.`,
    );
  }
  return { frames, rows, columns };
};

/**
 * Frames by file, so that each file is opened once, in the order of their first slices; those of one file in its own
 * order, since a large archive entry can only be read forwards.
 */
const byFile = (frames: readonly PlannedFrame[]): Map<number, PlannedFrame[]> => {
  const files = new Map<number, PlannedFrame[]>();
  for (const frame of frames) {
    const list = files.get(frame.image.source);
    if (list) list.push(frame);
    else files.set(frame.image.source, [frame]);
  }
  for (const list of files.values()) list.sort((a, b) => a.image.frame - b.image.frame);
  return files;
};

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

/**
 * Decodes a stack: [slices, rows, columns] in the stack's order, after the modality transform. `files` are those of the
 * input, in its order. Throws `AppError('cannot-decode')` naming the image, or `AppError('volume-too-large')`.
 */
export const decodeVolume = async (
  openId: string,
  stack: StackRecord,
  files: readonly InputFile[],
  { signal, progress }: ScanOptions,
): Promise<DecodedVolume> => {
  let planned: ReturnType<typeof plan>;
  try {
    planned = plan(stack);
  } catch (error) {
    throw cannotDecode(error, 0);
  }
  const { frames, rows, columns } = planned;
  const type = voxelType(frames);
  const count = frames.length * rows * columns;
  if (count * voxelBytes(type) > largestVolumeBytes) {
    throw new AppError(
      'volume-too-large',
      `This series needs ${Math.ceil((count * voxelBytes(type)) / 1024 ** 2)} MB of memory, more than the ${largestVolumeBytes / 1024 ** 2} MB that one series may take.`,
      { params: { megabytes: Math.ceil((count * voxelBytes(type)) / 1024 ** 2) } },
    );
  }
  const data = newVoxels(type, count);
  const range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
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
      await file.open(async (source) => {
        const reader = await frameReader(await readSourceHeader(source), source, tell);
        for (const { image, slice, rescale } of wanted) {
          signal.throwIfAborted();
          current = slice;
          if (reader.pixels.rows !== rows || reader.pixels.columns !== columns) {
            throw new Refusal('pixel-description', 'The file has changed since it was scanned. Open the study again.');
          }
          const stored = await reader.frame(image.frame);
          writeFrame(stored, rescale, data, slice * rows * columns);
          const { min, max } = frameRange(stored, rescale, type);
          range.min = Math.min(range.min, min);
          range.max = Math.max(range.max, max);
          done++;
          if (done % progressEvery === 0 || performance.now() - toldAt > progressAfterMs) tell();
        }
      });
    } catch (error) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      throw cannotDecode(error, current);
    }
  }
  tell();
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
      invert: frames[0]?.pixels.invert ?? false,
      url: volumeUrl(openId, stack.id),
      bytes: data.byteLength,
    },
    data,
  };
};
