/**
 * Full decode per transfer syntax against pydicom, dcmtk and GDCM in the same run:
 * `node test/bench/scan-decode.ts [--json] [--pydicom-alone] [--syntax TEXT]`.
 *
 * The public monochrome files of each syntax, all frames, from a warm cache; medians of five. dcmtk and GDCM are timed
 * as one process per file, as their tools work, so that starting it is part of their time; this application and pydicom
 * are timed inside their process after a second of warm-up, as a workstation decodes one study after another, without the
 * modality transform. Some syntaxes have one public file:
 * these two read the files over and over, as many as a small series has. On a busy machine wall time tells mostly of the
 * others, so that files by second of processor time are given as well. Where a peer gives no figure, the table says why.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DiskPace, diskFile } from '../../src/main/study/archive/disk-file.ts';
import { readSourceHeader } from '../../src/main/study/scan/read-file.ts';
import { transferSyntax } from '../../src/main/study/scan/transfer-syntaxes.ts';
import { frameReader } from '../../src/main/study/volumes/frame-reader.ts';
import { testdataRoot } from '../fixtures/testdata.ts';

const repeats = 5;
const warmUpMs = 1000;
const uncompressed = 'uncompressed: nothing to decompress';
const mostFiles = 6;
const seriesLength = 30;
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, 'pydicom-alone': { type: 'boolean' }, syntax: { type: 'string' } },
});

const root = testdataRoot();
if (!root) throw new Error('the public test data does not stand beside this checkout');

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** What decompresses a syntax in dcmtk; JPEG 2000 has no tool there. */
const dcmtkTools: Record<string, string> = { rle: 'dcmdrle', jpeg: 'dcmdjpeg', 'jpeg-ls': 'dcmdjpls' };

interface Timing {
  ms: number;
  cpuMs: number;
}

const ownDecode = async (paths: readonly string[]): Promise<Timing> => {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  for (const path of paths) {
    await diskFile(path, path, new DiskPace()).open(async (source) => {
      const reader = await frameReader(await readSourceHeader(source), source);
      for (let frame = 0; frame < reader.pixels.frames; frame++) await reader.frame(frame);
    });
  }
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
};

/** Milliseconds for all files, or why there is no such figure. */
type Outcome = number | string;

const toolDecode = (command: string, args: string[], paths: readonly string[], out: string): Outcome => {
  if (values['pydicom-alone']) return `${command} was left out`;
  const startedAt = performance.now();
  for (const path of paths) {
    const { status, error } = spawnSync(command, [...args, path, out], { stdio: 'ignore' });
    if (error) return `${command} is not installed`;
    if (status !== 0) return `${command} refuses ${basename(path)}`;
  }
  return performance.now() - startedAt;
};

let pydicomVersion = 'not installed';
const pydicomDecode = (paths: readonly string[]): Timing | string => {
  const script = join(import.meta.dirname, 'scan-decode-peer.py');
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [script, String(repeats), String(warmUpMs / 1000), ...paths], {
      encoding: 'utf8',
    });
    if (status !== 0) continue;
    const answer: Partial<Timing> & { version: string; reason?: string } = JSON.parse(stdout);
    const { version, ms, cpuMs, reason } = answer;
    pydicomVersion = version;
    return ms === undefined || cpuMs === undefined ? (reason ?? 'no answer') : { ms, cpuMs };
  }
  return 'pydicom is not installed';
};

const times = (run: () => Outcome): Outcome => {
  const measured: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const outcome = run();
    if (typeof outcome === 'string') return outcome;
    measured.push(outcome);
  }
  return median(measured);
};

/** Each measure has its own median. */
const ownTimes = async (paths: readonly string[]): Promise<Timing> => {
  const warmAt = performance.now() + warmUpMs;
  do await ownDecode(paths);
  while (performance.now() < warmAt);
  const measured: Timing[] = [];
  for (let i = 0; i < repeats; i++) measured.push(await ownDecode(paths));
  return { ms: median(measured.map(({ ms }) => ms)), cpuMs: median(measured.map(({ cpuMs }) => cpuMs)) };
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
    if (values.syntax && !name.toLowerCase().includes(values.syntax.toLowerCase())) continue;
    const series = Array.from({ length: Math.ceil(seriesLength / paths.length) }, () => paths).flat();
    const own = await ownTimes(series);
    const pydicom = pydicomDecode(series);
    const perSecond = (outcome: Outcome, files = paths.length): Outcome =>
      typeof outcome === 'string' ? outcome : (files / outcome) * 1000;
    const dcmtk = dcmtkTools[codec];
    rows.push({
      syntax: name,
      files: paths.length,
      haicast: perSecond(own.ms, series.length),
      pydicom: typeof pydicom === 'string' ? pydicom : perSecond(pydicom.ms, series.length),
      haicastCpu: perSecond(own.cpuMs, series.length),
      pydicomCpu: typeof pydicom === 'string' ? pydicom : perSecond(pydicom.cpuMs, series.length),
      dcmtk: perSecond(
        codec === 'native'
          ? uncompressed
          : dcmtk
            ? times(() => toolDecode(dcmtk, [], paths, out))
            : 'dcmtk has no tool for this syntax',
      ),
      gdcm: perSecond(codec === 'native' ? uncompressed : times(() => toolDecode('gdcmconv', ['--raw'], paths, out))),
    });
  }
  if (values.json) console.log(JSON.stringify({ pydicomVersion, rows }));
  else {
    const cell = (value: Outcome) => (typeof value === 'string' ? '–' : value.toFixed(0)).padStart(10);
    const peers = ['haicast', 'pydicom', 'haicastCpu', 'pydicomCpu', 'dcmtk', 'gdcm'] as const;
    const load = loadavg()[0]?.toFixed(1) ?? '';
    console.log(
      `pydicom ${pydicomVersion}, medians of ${repeats}; load average ${load} on ${availableParallelism()} processors`,
    );
    console.log(`${'files per second'.padEnd(70)}${['files', ...peers].map((text) => text.padStart(10)).join('')}`);
    for (const row of rows) {
      console.log(`${row.syntax.padEnd(70)}${cell(row.files)}${peers.map((peer) => cell(row[peer])).join('')}`);
    }
    for (const row of rows) {
      for (const peer of peers) {
        const reason = row[peer];
        if (typeof reason === 'string' && reason !== uncompressed && peer !== 'pydicomCpu')
          console.log(`${row.syntax}: ${peer}: ${reason}`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
