/** A key image's pixels: WebP by libwebp in WebAssembly, PNG by pngjs. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decodeWebp, { init } from '@jsquash/webp/decode.js';
import { PNG } from 'pngjs';
import type { PictureType } from '#shared/cases/key-image.ts';

export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue, row-major, 8 bits each. */
  rgb: Uint8Array;
}

interface Rgba {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** Pictures of panes are opaque: what little a rounded edge lets through is taken over black, as the pane is. */
const overBlack = ({ width, height, data }: Rgba): Pixels => {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = (data[pixel * 4 + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = Math.round((data[pixel * 4 + channel] ?? 0) * alpha);
    }
  }
  return { width, height, rgb };
};

let ready: Promise<void> | undefined;

const begin = async (): Promise<void> => {
  const file = createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm');
  // By itself it would fetch the file, as a browser does.
  await init({ wasmBinary: new Uint8Array(await readFile(file)).buffer });
};

/** Throws where the bytes are no whole picture of that type. */
export const picturePixels = async (mediaType: PictureType, bytes: Uint8Array): Promise<Pixels> => {
  if (mediaType === 'image/png') return overBlack(PNG.sync.read(Buffer.from(bytes)));
  ready ??= begin();
  await ready;
  return overBlack(await decodeWebp(Uint8Array.from(bytes).buffer));
};
