/** Finds how the patient lies at one date against another, without holding up the page. */
import type { Client } from '#shared/api.ts';
import { type PlacedVolume, searchTranslation, type Translation } from '#shared/registration/liver-translation.ts';
import type { VolumeKey } from '../../viewer/cornerstone/image-ids.ts';
import { fetchVolume } from '../../viewer/cornerstone/volume-fetch.ts';
import { type LoadedVolume, releaseVolume } from '../../viewer/cornerstone/volume-store.ts';

/** The page is drawn and keys are heard at least this often. */
const SLICE_MS = 30;

const placed = ({ info, pixels }: LoadedVolume): PlacedVolume | undefined =>
  info.geometry && { pixels, shape: info.shape, geometry: info.geometry };

export interface AlignOptions {
  client: Client;
  signal: AbortSignal;
  report(done: number, total: number): void;
}

const search = async (
  present: PlacedVolume,
  earlier: PlacedVolume,
  { signal, report }: AlignOptions,
): Promise<Translation | undefined> => {
  const steps = searchTranslation(present, earlier);
  let until = performance.now() + SLICE_MS;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    report(Math.round(step.value * 100), 100);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    until = performance.now() + SLICE_MS;
  }
};

/** Undefined where it is not found; `mirrored` where one of both is the mirror image of the other. Rejects where images cannot be loaded, or it was cancelled. */
export const alignDates = async (
  present: VolumeKey,
  earlier: VolumeKey,
  options: AlignOptions,
): Promise<Translation | undefined> => {
  const held: VolumeKey[] = [];
  const load = async (key: VolumeKey): Promise<PlacedVolume | undefined> => {
    const { client, signal } = options;
    const volume = await fetchVolume(key, { client, signal, jobId: crypto.randomUUID(), onProgress: () => undefined });
    held.push(key);
    return placed(volume);
  };
  try {
    const [a, b] = [await load(present), await load(earlier)];
    return a && b ? await search(a, b, options) : undefined;
  } finally {
    for (const key of held) releaseVolume(key);
  }
};
