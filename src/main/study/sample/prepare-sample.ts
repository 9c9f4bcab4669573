import { AppError } from '#shared/errors.ts';
import type { ChannelUsed, PredictionWarning } from '#shared/model/prediction.ts';
import type { PlaneGrid, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { resampleOnGrid } from '#shared/study/resample/resample.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { isShifted, movedStack, NO_SHIFT } from '#shared/study/series-shift.ts';
import type { DecodedVolume } from '../records.ts';
import type { SampleContract } from './crop-contract.ts';
import { inputHash } from './input-hash.ts';
import { normaliseChannel } from './normalise.ts';
import { lesionExtent, sampleGrid } from './sample-grid.ts';

export interface SampleInput {
  manifest: SampleContract;
  volumesByRole: Partial<Record<ModelRole, DecodedVolume>>;
  /** Where it lies in the reference: moved with its series where that was moved. */
  lesion: Pick<Lesion, 'longAxis'>;
  /** How far a series was moved by hand, mm LPS: what its file says lies at p is read at p + shift. */
  shiftMmByRole?: Partial<Record<ModelRole, Vec3>> | undefined;
  /** Frame of Reference UID of the series on which the lesion was marked. */
  lesionFrameOfReferenceUID?: string | undefined;
}

export interface Sample {
  /** Row-major [channels, size, size]; an absent channel is 0. */
  image: Float32Array;
  grid: PlaneGrid;
  centerMm: Vec3;
  diameterMm: number;
  channels: ChannelUsed[];
  /** Share of the lesion (the disc of its diameter) that lies inside the image of each role, 0–1. */
  lesionCoverage: Partial<Record<ModelRole, number>>;
  warnings: PredictionWarning[];
}

const absent = (role: ModelRole, seriesId: string | null): ChannelUsed => ({
  role,
  seriesId,
  coverage: 0,
  median: null,
  robustSd: null,
  inputHash: null,
});

const frameWarning = (role: ModelRole): PredictionWarning => ({
  code: 'frame-of-reference',
  severity: 'serious',
  text: `The ${role} series and the lesion's series do not share a frame of reference: the patient may have been moved between them, and the lesion may not be where the model looks.`,
  params: { role },
});

const unplacedWarning = (role: ModelRole): PredictionWarning => ({
  code: 'unplaced-series',
  severity: 'serious',
  text: `The ${role} series cannot be placed in the patient and was left out.`,
  params: { role },
});

interface Channel {
  used: ChannelUsed;
  values: Float32Array | null;
  lesionCoverage: number;
  warnings: PredictionWarning[];
}

/** Share of the cells within `radiusMm` of the grid's centre that are inside; the cells nearest to it always count. */
const insideDisc = (inside: Uint8Array, { rows, columns, spacing }: PlaneGrid, radiusMm: number): number => {
  const reach = Math.max(radiusMm / spacing, Math.SQRT1_2);
  let cells = 0;
  let held = 0;
  for (let i = 0; i < inside.length; i++) {
    const away = Math.hypot(Math.floor(i / columns) - (rows - 1) / 2, (i % columns) - (columns - 1) / 2);
    if (away > reach + 1e-9) continue;
    cells++;
    held += inside[i] ?? 0;
  }
  return held / cells;
};

interface ChannelInput {
  role: ModelRole;
  volume: DecodedVolume;
  grid: PlaneGrid;
  clip: number;
  diameterMm: number;
  shiftMm: Vec3;
}

const prepareChannel = ({ role, volume, grid, clip, diameterMm, shiftMm }: ChannelInput): Channel => {
  const { info, data } = volume;
  if (!info.geometry)
    return { used: absent(role, info.seriesId), values: null, lesionCoverage: 0, warnings: [unplacedWarning(role)] };
  try {
    const geometry = movedStack(info.geometry, shiftMm);
    const moved = isShifted(shiftMm) ? { shiftMm } : {};
    const resampled = resampleOnGrid({ shape: info.shape, data, geometry }, grid);
    if (!resampled.slices) {
      return { used: { ...absent(role, info.seriesId), ...moved }, values: null, lesionCoverage: 0, warnings: [] };
    }
    const { values, median, robustSd } = normaliseChannel(resampled.values, resampled.inside, clip);
    const hash = inputHash(volume, resampled.slices);
    const used = { role, seriesId: info.seriesId, coverage: resampled.coverage, median, robustSd, inputHash: hash };
    return {
      used: { ...used, ...moved },
      values,
      lesionCoverage: insideDisc(resampled.inside, grid, diameterMm / 2),
      warnings: [],
    };
  } catch (error) {
    // The role tells which image it was.
    if (!(error instanceof AppError)) throw error;
    const detail = error.detail === undefined ? {} : { detail: error.detail };
    throw new AppError(error.code, error.message, { params: { role }, cause: error, ...detail });
  }
};

/** The sample channel by channel, so that a caller may let others run in between. */
function* sampleSteps(input: SampleInput): Generator<void, Sample> {
  const { manifest, volumesByRole, lesion } = input;
  const { centerMm, diameterMm } = lesionExtent(lesion);
  const grid = sampleGrid(centerMm, diameterMm, manifest.crop);
  const pixels = grid.rows * grid.columns;
  const image = new Float32Array(manifest.channels.length * pixels);
  const channels: ChannelUsed[] = [];
  const lesionCoverage: Sample['lesionCoverage'] = {};
  const warnings: PredictionWarning[] = [];
  for (const [index, { role }] of manifest.channels.entries()) {
    const volume = volumesByRole[role];
    if (!volume) {
      channels.push(absent(role, null));
      continue;
    }
    const shiftMm = input.shiftMmByRole?.[role] ?? NO_SHIFT;
    const { clip } = manifest.normalisation;
    const channel = prepareChannel({ role, volume, grid, clip, diameterMm, shiftMm });
    channels.push(channel.used);
    lesionCoverage[role] = channel.lesionCoverage;
    warnings.push(...channel.warnings);
    if (channel.values) image.set(channel.values, index * pixels);
    const frame = volume.info.geometry?.frameOfReferenceUID;
    const lesionFrame = input.lesionFrameOfReferenceUID;
    if (frame && lesionFrame && frame !== lesionFrame) warnings.push(frameWarning(role));
    yield;
  }
  return { image, grid, centerMm, diameterMm, channels, lesionCoverage, warnings };
}

/**
 * The model's image input around one lesion, and what went into it. Pure: same volumes, lesion and contract, same sample.
 * A role without a series, or whose series does not reach the lesion, leaves its channel at 0 (the median of every
 * normalised channel); `channels` says so. Throws `AppError` with `no-diameter`, `unplaceable-series` or `flat-image`.
 */
export const prepareSample = (input: SampleInput): Sample => {
  const steps = sampleSteps(input);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
};

/** The same, giving the event loop a turn after every channel: windows and requests of the host go on. */
export const prepareSampleInTurns = async (input: SampleInput): Promise<Sample> => {
  const steps = sampleSteps(input);
  let step = steps.next();
  while (!step.done) {
    await new Promise((resolve) => setImmediate(resolve));
    step = steps.next();
  }
  return step.value;
};
