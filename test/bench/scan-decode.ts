/**
 * Full decode per transfer syntax against dcmtk and GDCM in the same run: `node test/bench/scan-decode.ts [--json]`.
 *
 * The public monochrome files of each syntax, all frames, from a warm cache; medians of five. dcmtk and GDCM are timed
 * as one process per file, as their tools work, so that starting it is part of their time; this application is timed
 * inside its process after one warm-up, header and modality transform excluded.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DiskPace, diskFile } from '../../src/main/study/archive/disk-file.ts';
import { readSourceHeader } from '../../src/main/study/scan/read-file.ts';
import { transferSyntax } from '../../src/main/study/scan/transfer-syntaxes.ts';
import { frameReader } from '../../src/main/study/volumes/frame-reader.ts';
import { testdataRoot } from '../fixtures/testdata.ts';

const repeats = 5;
const mostFiles = 6;
const { values } = parseArgs({ options: { json: { type: 'boolean' } } });

const root = testdataRoot();
if (!root) throw new Error('the public test data does not stand beside this checkout');

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** What decompresses a syntax in dcmtk; JPEG 2000 has no tool there. */
const dcmtkTools: Record<string, string> = { rle: 'dcmdrle', jpeg: 'dcmdjpeg', 'jpeg-ls': 'dcmdjpls' };

const ownDecode = async (paths: readonly string[]): Promise<number> => {
  const startedAt = performance.now();
  for (const path of paths) {
    await diskFile(path, path, new DiskPace()).open(async (source) => {
      const reader = await frameReader(await readSourceHeader(source), source);
      for (let frame = 0; frame < reader.pixels.frames; frame++) await reader.frame(frame);
    });
  }
  return performance.now() - startedAt;
};

/** Undefined where the tool is not installed or refuses one of the files. */
const toolDecode = (command: string, args: string[], paths: readonly string[], out: string): number | undefined => {
  const startedAt = performance.now();
  for (const path of paths) {
    if (spawnSync(command, [...args, path, out], { stdio: 'ignore' }).status !== 0) return undefined;
  }
  return performance.now() - startedAt;
};

const times = async (run: () => Promise<number> | number | undefined): Promise<number | undefined> => {
  const measured: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const ms = await run();
    if (ms === undefined) return undefined;
    measured.push(ms);
  }
  return median(measured);
};

const reference: { files: Record<string, { syntax: string }> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/dicom/pixel-hashes.json'), 'utf8'),
);
/** Refused, since it ends before its pixels do. */
const truncated = 'pydicom/MR_truncated.dcm';
const bySyntax = Map.groupBy(
  Object.entries(reference.files).filter(([file]) => file !== truncated),
  ([, { syntax }]) => syntax,
);

const folder = mkdtempSync(join(tmpdir(), 'bench-decode-'));
try {
  const out = join(folder, 'out.dcm');
  const rows = [];
  for (const [uid, entries] of bySyntax) {
    const paths = entries.slice(0, mostFiles).map(([file]) => join(root, file));
    const { name, codec = 'native' } = transferSyntax(uid);
    await ownDecode(paths);
    const perSecond = (ms: number | undefined) => (ms === undefined ? null : (paths.length / ms) * 1000);
    const dcmtk = dcmtkTools[codec];
    rows.push({
      syntax: name,
      files: paths.length,
      haicast: perSecond(await times(() => ownDecode(paths))),
      dcmtk: dcmtk ? perSecond(await times(() => toolDecode(dcmtk, [], paths, out))) : null,
      gdcm: codec === 'native' ? null : perSecond(await times(() => toolDecode('gdcmconv', ['--raw'], paths, out))),
    });
  }
  if (values.json) console.log(JSON.stringify(rows));
  else {
    const cell = (value: number | null) => (value === null ? '–' : value.toFixed(0)).padStart(10);
    console.log(
      `${'files per second'.padEnd(70)}${['files', 'haicast', 'dcmtk', 'gdcm'].map((text) => text.padStart(10)).join('')}`,
    );
    for (const row of rows) {
      console.log(`${row.syntax.padEnd(70)}${cell(row.files)}${cell(row.haicast)}${cell(row.dcmtk)}${cell(row.gdcm)}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
