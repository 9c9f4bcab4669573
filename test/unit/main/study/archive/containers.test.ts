import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, it } from 'vitest';
import { largestUnpacked } from '../../../../../src/main/study/archive/gzip.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { defaultTarLimits, tarInput } from '../../../../../src/main/study/archive/tar.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dataset, dicomFile, mrElements, preamble } from '../../../../fixtures/dicom/write-dicom.ts';
import { zipArchive } from '../../../../fixtures/dicom/write-zip.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const folder = folderForAll();

const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const image = (instance: number): Uint8Array => dicomFile(mrElements({ instance }));
const images = [1, 2, 3].map((instance) => ({ name: `S/IM${instance}`, bytes: image(instance) }));

const tarArchive = (
  entries: readonly { name: string; bytes: Uint8Array; size?: number; link?: string }[],
): Uint8Array => {
  const parts = entries.flatMap(({ name, bytes, size, link }) => {
    const header = new Header({
      path: name,
      size: size ?? bytes.length,
      type: link ? 'SymbolicLink' : 'File',
      ...(link ? { linkpath: link } : {}),
      mtime: new Date(0),
    });
    const block = Buffer.alloc(512);
    header.encode(block, 0);
    return [block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
};

const instancesIn = async (path: string): Promise<unknown[]> => {
  const input = await openInput(path, quiet.signal);
  try {
    const scanned = await scanFiles(input.files, quiet);
    return scanned.images.map(({ attributes }) => attributes.InstanceNumber);
  } finally {
    await input.close();
  }
};

describe('what a study may be packed in', () => {
  const zip = zipArchive(images);
  it.each<[string, Uint8Array]>([
    ['a tar', tarArchive(images)],
    ['a tar in gzip', gzipSync(tarArchive(images))],
    ['a zip behind a self-extracting program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4096), zip])],
    [
      'a zip with bytes behind its end',
      Buffer.concat([zip, Buffer.from('\r\n<!-- end of transfer -->'), Buffer.alloc(70_000)]),
    ],
  ])('%s opens', async (name, bytes) => {
    expect(await instancesIn(put(name, bytes))).toEqual([1, 2, 3]);
  });

  it('a zip whose comment looks like the end of an empty one', async () => {
    const comment = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18), Buffer.from('end')]);
    const bytes = Buffer.concat([zip, comment]);
    bytes.writeUInt16LE(comment.length, zip.length - 2);
    expect(await instancesIn(put('comment.zip', bytes))).toEqual([1, 2, 3]);
  });

  it.each<[string, number, number]>([
    ['in the middle of an entry', 2 * 1536 + 700, 2],
    ['between two entries', 2 * 1536, 2],
    ['before its end mark', 3 * 1536, 3],
  ])('a tar that was cut %s: what is whole, and the cut is listed', async (where, length, whole) => {
    const entries = images.map(({ name, bytes }) => ({ name, bytes: bytes.subarray(0, 1024) }));
    expect(entries.every(({ bytes }) => 512 < bytes.length && bytes.length <= 1024)).toBe(true);
    const input = await openInput(put(`cut ${where}.tar`, tarArchive(entries).subarray(0, length)), quiet.signal);
    expect(input.files.map(({ file }) => file)).toEqual(entries.slice(0, whole).map(({ name }) => name));
    expect(input.skipped.map(({ file, message }) => [file, message?.code])).toEqual([
      [`cut ${where}.tar`, 'archive-cut'],
    ]);
    await input.close();
  });

  it('a single image, or the images of a folder, in gzip', async () => {
    expect(await instancesIn(put('one', gzipSync(image(7))))).toEqual([7]);
    mkdirSync(join(folder, 'packed'));
    for (const { bytes } of images)
      put(join('packed', `${bytes.length}-${images.findIndex((one) => one.bytes === bytes)}.dcm.gz`), gzipSync(bytes));
    // The name says gzip, the bytes do not.
    put(join('packed', 'plain.gz'), image(4));
    expect(await instancesIn(join(folder, 'packed'))).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, number[], number]>([
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], 0],
    ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 1, 0], 0],
    ['iso', [...Buffer.from('\u0001CD001')], 32768],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 0],
    ['bzip2', [...Buffer.from('BZh9')], 0],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 0],
  ])('%s is named, and what to do with it', async (kind, signature, at) => {
    const path = put(`named-${kind}`, Buffer.concat([Buffer.alloc(at), Buffer.from(signature), Buffer.alloc(4096)]));
    await expect(openInput(path, quiet.signal)).rejects.toMatchObject({
      code: 'archive-not-supported',
      params: { kind },
      message: expect.stringMatching(/Unpack it.*open the folder/),
    });
    const bytes = Buffer.concat([Buffer.alloc(at), Buffer.from(signature), Buffer.alloc(4096)]);
    const { skipped } = await scanFiles([memoryFile(bytes)], quiet);
    expect(skipped[0]?.message).toEqual({ code: 'nested-container', params: { kind } });
  });

  it('a picture whose preamble looks like an archive is a picture', async () => {
    const bytes = Buffer.from(image(5));
    Buffer.from('Rar!\u001a\u0007\u0001').copy(bytes, 0);
    expect(await instancesIn(put('dual', bytes))).toEqual([5]);
  });

  it('a deflated dataset that was wrapped as zlib does it', async () => {
    const wrapped = Buffer.concat([
      preamble('1.2.840.10008.1.2.1.99'),
      deflateSync(dataset(mrElements({ instance: 6 }))),
    ]);
    expect(await instancesIn(put('zlib', wrapped))).toEqual([6]);
  });
});

describe('guards of a tar', () => {
  it('leaves out unsafe names and links, and keeps the others', async () => {
    const path = put(
      'unsafe.tar',
      tarArchive([
        { name: '../out', bytes: image(1) },
        { name: 'link', bytes: Buffer.alloc(0), link: '/etc/passwd' },
        { name: 'IM', bytes: image(2) },
      ]),
    );
    const input = await openInput(path, quiet.signal);
    expect(input.files.map(({ file }) => file)).toEqual(['IM']);
    expect(input.skipped.map(({ file, code }) => [file, code])).toEqual([['../out', 'unsafe-name']]);
  });

  it('refuses what unpacks to more than any study, and what is damaged', async () => {
    const bomb = put('bomb.tar.gz', gzipSync(tarArchive([{ name: 'IM', bytes: Buffer.alloc(1024 ** 2) }])));
    const small = { ...defaultTarLimits, ratioFreeBytes: 1000 };
    await expect(tarInput(bomb, quiet.signal, small)).rejects.toMatchObject({ code: 'unsafe-archive' });
    const many = put('many.tar', tarArchive(images));
    await expect(tarInput(many, quiet.signal, { ...defaultTarLimits, entries: 2 })).rejects.toMatchObject({
      code: 'unsafe-archive',
    });
    await expect(tarInput(many, quiet.signal, { ...defaultTarLimits, totalBytes: 1000 })).rejects.toMatchObject({
      code: 'unsafe-archive',
    });
    const large = await tarInput(many, quiet.signal, { ...defaultTarLimits, entryBytes: 100 });
    expect(large.skipped.map(({ code }) => code)).toEqual(['too-large', 'too-large', 'too-large']);
    const cut = put('cut.tar', tarArchive(images).subarray(0, 1300));
    await expect(openInput(cut, quiet.signal)).rejects.toMatchObject({ code: 'bad-archive' });
    // Noise does not shrink, so that the damage lies behind the first kilobytes.
    const noise = { name: 'noise', bytes: randomBytes(100_000) };
    const flipped = Buffer.from(gzipSync(tarArchive([...images, noise])));
    flipped[60_000] = (flipped[60_000] ?? 0) ^ 0xff;
    await expect(openInput(put('flipped.tar.gz', flipped), quiet.signal)).rejects.toMatchObject({
      code: 'bad-archive',
    });
  });

  it('a gzip file that grows beyond any image is left out', async () => {
    const path = put('large.gz', gzipSync(Buffer.alloc(largestUnpacked + 1)));
    const input = await openInput(path, quiet.signal);
    const { skipped } = await scanFiles(input.files, quiet);
    expect(skipped.map(({ code }) => code)).toEqual(['too-large']);
  });
});
