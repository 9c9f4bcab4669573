/** What ends a model that never answers: a graph may loop for ever, and a graphics driver may hang. */
import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Watchdog } from '../workers/client.ts';

export interface SilenceLimits {
  /** Opening a session: weights from a slow disk, shaders compiled by a driver. */
  loadMs: number;
  /** One run: a prediction takes seconds at most, on any computer that haicast runs on. */
  runMs: number;
  /** What a cancelled run may still take before its process is ended. */
  cancelledMs: number;
}

export const defaultSilence: SilenceLimits = { loadMs: 120_000, runMs: 60_000, cancelledMs: 2_000 };

export const modelWatchdog = (
  { id }: Pick<ModelManifest, 'id'>,
  limitMs: number,
  { cancelledMs }: SilenceLimits,
): Watchdog => ({
  limitMs,
  cancelledLimitMs: cancelledMs,
  error: () => {
    const seconds = Math.round(limitMs / 1000);
    return new AppError(
      'model-stalled',
      `The model ${id} gave no answer for ${seconds} s, so it was stopped and no prediction is shown. Try once more; where it stops again, have the model package checked, or choose another way of computing in Models.`,
      { params: { model: id, seconds } },
    );
  },
});
