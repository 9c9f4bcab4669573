/** Decoded volumes and single slices of others, least recently used first out when they take more than a number of bytes. */
import type { DecodedVolume } from '../records.ts';

const keyOf = (openId: string, seriesId: string, slice: number | undefined): string =>
  JSON.stringify([openId, seriesId, slice]);

export class VolumeCache {
  readonly #capacityBytes: () => number;
  /** In order of use: a Map keeps the order of insertion. */
  readonly #volumes = new Map<string, { openId: string; volume: DecodedVolume }>();
  #bytes = 0;

  /** What it may hold is asked whenever something is added, since a user may change it; `trim` asks at once. */
  constructor(capacityBytes: () => number) {
    this.#capacityBytes = capacityBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of a whole series, or of one slice of it. */
  get(openId: string, seriesId: string, slice?: number): DecodedVolume | undefined {
    const key = keyOf(openId, seriesId, slice);
    const entry = this.#volumes.get(key);
    if (!entry) return undefined;
    this.#volumes.delete(key);
    this.#volumes.set(key, entry);
    return entry.volume;
  }

  /** A volume larger than the whole cache is not kept. */
  set(openId: string, seriesId: string, volume: DecodedVolume, slice?: number): void {
    const key = keyOf(openId, seriesId, slice);
    this.#delete(key);
    const capacity = this.#capacityBytes();
    if (volume.data.byteLength > capacity) return;
    // Room is made first: not even for a moment is more held than was allowed.
    this.#makeRoom(capacity - volume.data.byteLength);
    this.#volumes.set(key, { openId, volume });
    this.#bytes += volume.data.byteLength;
  }

  trim(): void {
    this.#makeRoom(this.#capacityBytes());
  }

  deleteAll(openId: string): void {
    for (const [key, entry] of [...this.#volumes]) {
      if (entry.openId === openId) this.#delete(key);
    }
  }

  #makeRoom(bytes: number): void {
    for (const oldest of [...this.#volumes.keys()]) {
      if (this.#bytes <= bytes) break;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    const entry = this.#volumes.get(key);
    if (!entry) return;
    this.#volumes.delete(key);
    this.#bytes -= entry.volume.data.byteLength;
  }
}
