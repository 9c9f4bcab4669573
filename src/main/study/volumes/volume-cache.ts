/** Decoded volumes, least recently used first out when they take more than a number of bytes. */
import type { DecodedVolume } from '../records.ts';

const keyOf = (openId: string, seriesId: string): string => JSON.stringify([openId, seriesId]);

export class VolumeCache {
  readonly #capacityBytes: number;
  /** In order of use: a Map keeps the order of insertion. */
  readonly #volumes = new Map<string, { openId: string; volume: DecodedVolume }>();
  #bytes = 0;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get(openId: string, seriesId: string): DecodedVolume | undefined {
    const key = keyOf(openId, seriesId);
    const entry = this.#volumes.get(key);
    if (!entry) return undefined;
    this.#volumes.delete(key);
    this.#volumes.set(key, entry);
    return entry.volume;
  }

  /** A volume larger than the whole cache is not kept. */
  set(openId: string, seriesId: string, volume: DecodedVolume): void {
    const key = keyOf(openId, seriesId);
    this.#delete(key);
    if (volume.data.byteLength > this.#capacityBytes) return;
    this.#volumes.set(key, { openId, volume });
    this.#bytes += volume.data.byteLength;
    for (const oldest of this.#volumes.keys()) {
      if (this.#bytes <= this.#capacityBytes) break;
      this.#delete(oldest);
    }
  }

  deleteAll(openId: string): void {
    for (const [key, entry] of [...this.#volumes]) {
      if (entry.openId === openId) this.#delete(key);
    }
  }

  #delete(key: string): void {
    const entry = this.#volumes.get(key);
    if (!entry) return;
    this.#volumes.delete(key);
    this.#bytes -= entry.volume.data.byteLength;
  }
}
