/** What a fuzzed file goes through, and what may not happen on the way. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { dicomdirInput, isDicomdir } from '../../src/main/study/archive/dicomdir.ts';
import { zipInput } from '../../src/main/study/archive/zip.ts';
import type { InputFile } from '../../src/main/study/bytes/input.ts';
import { MalformedDataset } from '../../src/main/study/scan/element-reader.ts';
import { readImageRecords, readSourceHeader } from '../../src/main/study/scan/read-file.ts';
import { endsTooEarly, Refusal } from '../../src/main/study/scan/refusal.ts';
import { scanFiles } from '../../src/main/study/scan/scan-files.ts';
import { groupSeries } from '../../src/main/study/series/group-series.ts';
import { listTags } from '../../src/main/study/tags/list-tags.ts';
import { decodeVolume } from '../../src/main/study/volumes/decode-volume.ts';
import { frameReader } from '../../src/main/study/volumes/frame-reader.ts';
import { dicomFile, mrElements } from '../fixtures/dicom/write-dicom.ts';

export interface Finding {
  kind: 'crash' | 'hang' | 'memory';
  target: string;
  detail: string;
}

/** More processor time is a hang. Wall time counts as well, with room for a machine that is busy with other things. */
const hangMs = 2_000;
const waitMs = 30_000;
/** Allocation beyond the file's own size, that any work costs: buffers, strings, a codec that starts. */
const memoryFloor = 96 * 1024 ** 2;
const memoryFactor = 4;

const file = (bytes: Uint8Array): InputFile => ({
  file: 'fuzzed',
  open: (use) =>
    use({
      file: 'fuzzed',
      size: bytes.length,
      head: async (length) => bytes.subarray(0, length),
      read: async (offset, length) => {
        if (offset + length > bytes.length) throw endsTooEarly(offset + length, bytes.length);
        return Uint8Array.from(bytes.subarray(offset, offset + length));
      },
    }),
});

const quiet = { signal: new AbortController().signal, progress: () => {} };

/** Some files for a DICOMDIR to name, and a link that leads elsewhere. */
const disc = mkdtempSync(join(tmpdir(), 'haicast-fuzz-'));
mkdirSync(join(disc, 'A'));
mkdirSync(join(disc, 'B'));
for (const name of ['A/A', 'A/B', 'B/A.dcm']) writeFileSync(join(disc, name), dicomFile(mrElements()));
symlinkSync(tmpdir(), join(disc, 'LINK'));
process.on('exit', () => rmSync(disc, { recursive: true, force: true }));

export type Targets = Record<string, (bytes: Uint8Array) => Promise<unknown> | unknown>;

const allTargets: Targets = {
  scan: async (bytes) => groupSeries(await file(bytes).open((source) => readImageRecords(source, 0))),
  decode: (bytes) =>
    file(bytes).open(async (source) => {
      const reader = await frameReader(await readSourceHeader(source), source);
      await reader.frame(0);
      if (reader.pixels.frames > 1) await reader.frame(reader.pixels.frames - 1);
    }),
  tags: (bytes) => listTags(file(bytes)),
  dicomdir: async (bytes) => {
    if (!isDicomdir(bytes)) return;
    writeFileSync(join(disc, 'DICOMDIR'), bytes);
    const input = await dicomdirInput(join(disc, 'DICOMDIR'), quiet.signal);
    const outside = input.files.find(({ file: name }) => !existsSync(join(disc, name)) || name.startsWith('LINK'));
    if (outside) throw new Error(`led to ${outside.file}, which is not in the folder`);
    await scanFiles(input.files, quiet);
  },
  zip: async (bytes) => {
    if (!Buffer.from(bytes).includes(Buffer.from('504b0506', 'hex'))) return;
    const path = join(disc, 'fuzzed.zip');
    writeFileSync(path, bytes);
    const input = await zipInput(path);
    try {
      const { images } = await scanFiles(input.files, quiet);
      for (const stack of groupSeries(images)) await decodeVolume('o', stack, input.files, quiet).catch(expected);
    } finally {
      await input.close();
    }
  },
};

/** What one stack is refused for does not hide the others. */
const expected = (error: unknown): void => {
  if (!isExpected(error)) throw error;
};

const isExpected = (error: unknown): boolean =>
  error instanceof Refusal || error instanceof MalformedDataset || error instanceof AppError;

/**
 * Heap and buffers. Garbage that was not collected yet counts, so that this is an upper bound. The JPEG codec reserves
 * 256 MB of address space when it starts, for any file; of that, `rss` counts what it touches.
 */
const memory = (): { allocated: number; resident: number } => {
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { allocated: heapUsed + arrayBuffers, resident: rss };
};

/** Runs one file through all targets. */
export const execute = async (bytes: Uint8Array, targets: Targets = allTargets): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const [target, run] of Object.entries(targets)) {
    const before = memory();
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    try {
      await run(bytes);
    } catch (error) {
      // Refusals are what should come of a broken file; anything else got past the checks.
      if (!isExpected(error)) {
        const detail = error instanceof Error ? `${error.stack}` : String(error);
        findings.push({ kind: 'crash', target, detail });
      }
    }
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpuMs = (user + system) / 1000;
    const ms = performance.now() - startedAt;
    if (cpuMs > hangMs || ms > waitMs) {
      findings.push({
        kind: 'hang',
        target,
        detail: `${Math.round(cpuMs)} ms of processor time in ${Math.round(ms)} ms`,
      });
    }
    const after = memory();
    for (const kind of ['allocated', 'resident'] as const) {
      const grown = after[kind] - before[kind];
      if (grown > memoryFloor + memoryFactor * bytes.length) {
        findings.push({ kind: 'memory', target, detail: `${grown} bytes ${kind} for a file of ${bytes.length}` });
      }
    }
  }
  return findings;
};
