/**
 * Decoded voxels in the page's memory, within a budget: whole series, and single slices of those that are not whole, or not yet.
 * What is held by somebody stays, a slice as long as it is shown; of the rest the least recently used goes first.
 */
import type { VolumeInfo } from '#shared/study/volume.ts';
import { keyOf, type VolumeKey } from './image-ids.ts';
import type { Pixels } from './voxels.ts';

export interface LoadedVolume {
  readonly info: VolumeInfo;
  /** All slices, row-major, sorted like the geometry. */
  readonly pixels: Pixels;
}

/** What is there of a series. */
export interface SeriesImages {
  /** As far as is known: until the whole is there, window and range are those of one slice. */
  readonly info: VolumeInfo;
  readonly whole: LoadedVolume | undefined;
  /** Without a copy; undefined while it is not there. */
  slice(k: number): Pixels | undefined;
}

class HeldSeries implements SeriesImages {
  whole: LoadedVolume | undefined;
  holders = 0;
  /** Nobody can ask for it again once it was let go. */
  isOnce = false;
  /** In order of use: a Map keeps the order of insertion. */
  readonly slices = new Map<number, Pixels>();
  /** What each pane shows. */
  readonly shown = new Map<object, number>();
  /** Who is told when all of it is there. */
  readonly waiting = new Set<() => void>();
  readonly #first: VolumeInfo;
  readonly key: VolumeKey;

  constructor(key: VolumeKey, info: VolumeInfo) {
    this.key = key;
    this.#first = info;
  }

  get info(): VolumeInfo {
    return this.whole?.info ?? this.#first;
  }

  get bytes(): number {
    const ofSlices = [...this.slices.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    return ofSlices + (this.whole?.pixels.byteLength ?? 0);
  }

  slice(k: number): Pixels | undefined {
    if (this.whole) return slicePixels(this.whole, k);
    const pixels = this.slices.get(k);
    if (!pixels) return undefined;
    this.slices.delete(k);
    this.slices.set(k, pixels);
    return pixels;
  }

  /** Lets go of the slice that was shown longest ago, of those that nobody shows; its number, if there was one. */
  dropSlice(): number | undefined {
    const shown = new Set(this.shown.values());
    const oldest = [...this.slices.keys()].find((k) => !shown.has(k));
    if (oldest !== undefined) this.slices.delete(oldest);
    return oldest;
  }
}

/** One slice of a whole, without a copy. */
export const slicePixels = ({ info, pixels }: LoadedVolume, k: number): Pixels => {
  const size = info.shape[1] * info.shape[2];
  return pixels.subarray(k * size, (k + 1) * size);
};

/** Until the page has heard what it may hold. */
const FIRST_BUDGET_BYTES = 512 * 1024 ** 2;

/** Least recently held first. */
const entries = new Map<string, HeldSeries>();
let budget = FIRST_BUDGET_BYTES;
/** Of what is on its way. */
let promised = 0;
let forget: (key: VolumeKey, slices: readonly number[]) => void = () => undefined;

/** What was made of slices that are let go is let go by `listener`, else it would hold them. */
export const whenForgotten = (listener: typeof forget): void => {
  forget = listener;
};

export const heldBytes = (): number => [...entries.values()].reduce((sum, { bytes }) => sum + bytes, promised);

const drop = (entry: HeldSeries): void => {
  entries.delete(keyOf(entry.key));
  forget(
    entry.key,
    Array.from({ length: entry.info.shape[0] }, (_, k) => k),
  );
};

const dropOne = (): boolean => {
  for (const entry of entries.values()) {
    if (entry.holders > 0) continue;
    drop(entry);
    return true;
  }
  for (const entry of entries.values()) {
    const slice = entry.dropSlice();
    if (slice === undefined) continue;
    forget(entry.key, [slice]);
    return true;
  }
  return false;
};

/** Lets go of what nobody holds until `bytes` more fit; false where they do not even then. */
const makeRoom = (bytes: number): boolean => {
  while (heldBytes() + bytes > budget) if (!dropOne()) return false;
  return true;
};

/** What can never be let go: whole series that are held, and slices that are shown. */
const fixedBytes = (): number =>
  [...entries.values()]
    .filter(({ holders }) => holders > 0)
    .reduce((sum, { whole, slices, shown }) => {
      const seen = new Set(shown.values());
      const ofSlices = [...slices].reduce((all, [k, { byteLength }]) => all + (seen.has(k) ? byteLength : 0), 0);
      return sum + ofSlices + (whole?.pixels.byteLength ?? 0);
    }, promised);

export const setImageBudget = (bytes: number): void => {
  budget = bytes;
  makeRoom(0);
};

/** So much more could be held, perhaps in the place of what nobody holds. */
export const hasRoom = (bytes: number): boolean => fixedBytes() + bytes <= budget;

/** Room for voxels that are on their way, given back by the function; undefined where there is none, and nothing was let go for it. */
export const reserve = (bytes: number): (() => void) | undefined => {
  if (!hasRoom(bytes)) return undefined;
  makeRoom(bytes);
  promised += bytes;
  let open = true;
  return () => {
    if (open) promised -= bytes;
    open = false;
  };
};

export const storedSeries = (key: VolumeKey): SeriesImages | undefined => entries.get(keyOf(key));

/** The whole, if it is there. */
export const storedVolume = (key: VolumeKey): LoadedVolume | undefined => entries.get(keyOf(key))?.whole;

/** Keeps a series; every call asks for one `releaseVolume`. */
export const holdSeries = (key: VolumeKey, info: VolumeInfo): SeriesImages => {
  const entry = entries.get(keyOf(key)) ?? new HeldSeries(key, info);
  entry.holders += 1;
  entries.delete(keyOf(key));
  entries.set(keyOf(key), entry);
  return entry;
};

/** Keeps a whole series; every call asks for one `releaseVolume`. The first one stored wins. */
export const holdVolume = (key: VolumeKey, volume: LoadedVolume): LoadedVolume => {
  holdSeries(key, volume.info);
  return putWhole(key, volume);
};

/** Keeps what the page made itself: it goes with its last holder. */
export const holdOnce = (key: VolumeKey, volume: LoadedVolume): LoadedVolume => {
  const held = holdVolume(key, volume);
  const entry = entries.get(keyOf(key));
  if (entry) entry.isOnce = true;
  return held;
};

/** All slices of a series that is held: the single ones are let go. The first one stored wins. */
export const putWhole = (key: VolumeKey, volume: LoadedVolume): LoadedVolume => {
  const entry = entries.get(keyOf(key));
  if (!entry) return volume;
  if (entry.whole) return entry.whole;
  entry.whole = volume;
  entry.slices.clear();
  for (const tell of entry.waiting) tell();
  return volume;
};

/** Tells when all of a series that is held is there, whoever brought it; the function takes `listener` back. */
export const whenWhole = (key: VolumeKey, listener: () => void): (() => void) => {
  const waiting = entries.get(keyOf(key))?.waiting;
  waiting?.add(listener);
  return () => void waiting?.delete(listener);
};

/** One slice of a series that is held, unless the whole is there. Without room only what is shown is kept. */
export const putSlice = (key: VolumeKey, k: number, pixels: Pixels): void => {
  const entry = entries.get(keyOf(key));
  if (!entry || entry.whole) return;
  const isShown = [...entry.shown.values()].includes(k);
  if (makeRoom(pixels.byteLength) || isShown) entry.slices.set(k, pixels);
};

/** `pane` shows this slice, and no other any more; none where it is undefined. */
export const showSlice = (key: VolumeKey, pane: object, k: number | undefined): void => {
  const shown = entries.get(keyOf(key))?.shown;
  if (k === undefined) shown?.delete(pane);
  else shown?.set(pane, k);
};

/** Lets go of a series: it stays for who comes back to it, while anything of its study is held and nothing needs its room. */
export const releaseVolume = (key: VolumeKey): void => {
  const entry = entries.get(keyOf(key));
  if (!entry || entry.holders === 0) return;
  entry.holders -= 1;
  if (entry.holders > 0) return;
  if (entry.isOnce) drop(entry);
  const ofStudy = [...entries.values()].filter((other) => other.key.openId === key.openId);
  if (ofStudy.every(({ holders }) => holders === 0)) ofStudy.forEach(drop);
};
