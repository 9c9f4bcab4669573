/**
 * Makes every icon from icon.svg: `node build/make-icons.mjs`. The results are committed, so that packaging needs no
 * browser. ICO and ICNS are containers of PNGs.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { installedBrowser } from '../test/runtime/machine/browser.ts';

const folder = import.meta.dirname;
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** PNGs by edge length in pixels. */
const render = async () => {
  const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
  const browser = await chromium.launch({ executablePath: installedBrowser(), args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const pngs = new Map();
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    pngs.set(size, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return pngs;
};

/** Windows icon: a directory of entries, then the PNGs. A size of 0 means 256. */
const ico = (pngs, sizes = [16, 24, 32, 48, 64, 128, 256]) => {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  sizes.forEach((size, index) => {
    const at = 6 + 16 * index;
    const { length } = pngs.get(size);
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += length;
  });
  return Buffer.concat([head, ...sizes.map((size) => pngs.get(size))]);
};

/** macOS icon: four-letter types that hold PNGs, each with its length. */
const ICNS_TYPES = {
  icp4: 16,
  icp5: 32,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
};
const icns = (pngs) => {
  const chunk = (type, data) => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  };
  const body = Buffer.concat(Object.entries(ICNS_TYPES).map(([type, size]) => chunk(type, pngs.get(size))));
  return chunk('icns', body);
};

const pngs = await render();
await mkdir(join(folder, 'icons'), { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512]) {
  await writeFile(join(folder, 'icons', `${size}x${size}.png`), pngs.get(size));
}
await writeFile(join(folder, 'icon.png'), pngs.get(512));
await writeFile(join(folder, 'icon.ico'), ico(pngs));
await writeFile(join(folder, 'icon.icns'), icns(pngs));
