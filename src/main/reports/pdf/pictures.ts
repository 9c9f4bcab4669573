/** Key images as a PDF can hold them: WebP is decoded, made as large as paper shows it, and written as PNG. */
import { crc32, deflateSync } from 'node:zlib';
import type { PictureType } from '#shared/cases/key-image.ts';
import { type Pixels, picturePixels } from '../pixels/picture-pixels.ts';

export interface ReportPicture {
  mediaType: PictureType;
  bytes: Uint8Array;
}

/** Pixels of the longer side: 300 to the inch on a third of the paper's width. */
const LONGEST = 480;

/** Means over boxes of pixels, so that thin lines stay. */
const shrink = ({ rgb: data, width, height }: Pixels): Pixels => {
  const by = Math.max(1, Math.max(width, height) / LONGEST);
  const [w, h] = [Math.max(1, Math.round(width / by)), Math.max(1, Math.round(height / by))];
  const rgb = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y += 1) {
    const [top, bottom] = [Math.floor((y * height) / h), Math.max(Math.floor(((y + 1) * height) / h), 1)];
    for (let x = 0; x < w; x += 1) {
      const [left, right] = [Math.floor((x * width) / w), Math.max(Math.floor(((x + 1) * width) / w), 1)];
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let j = top; j < bottom; j += 1) {
          for (let i = left; i < right; i += 1) sum += data[(j * width + i) * 3 + channel] ?? 0;
        }
        rgb[(y * w + x) * 3 + channel] = Math.round(sum / count);
      }
    }
  }
  return { width: w, height: h, rgb };
};

const isGrey = ({ rgb }: Pixels): boolean => {
  for (let i = 0; i < rgb.length; i += 3) if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return false;
  return true;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** PNG (ISO/IEC 15948): 8 bits, grey where every pixel is, each row as the difference to the one above. */
const pngOf = (pixels: Pixels): Buffer => {
  const { width, height, rgb } = pixels;
  const grey = isGrey(pixels);
  const channels = grey ? 1 : 3;
  const sample = (row: number, i: number): number => {
    if (row < 0) return 0;
    return (grey ? rgb[(row * width + i) * 3] : rgb[row * width * 3 + i]) ?? 0;
  };
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rows[y * (stride + 1)] = 2;
    for (let i = 0; i < stride; i += 1) rows[y * (stride + 1) + 1 + i] = sample(y, i) - sample(y - 1, i);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, grey ? 0 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** As PNG, whichever it was. Throws where the bytes are no picture. */
export const asPng = async ({ mediaType, bytes }: ReportPicture): Promise<Buffer> => {
  if (mediaType === 'image/png') return Buffer.from(bytes);
  return pngOf(shrink(await picturePixels(mediaType, bytes)));
};
