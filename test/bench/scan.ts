/**
 * Header scan of a 1,000-file study against pydicom (`stop_before_pixels`) and dcmtk (`dcmdump`, one process for all
 * files), in the same run: `node test/bench/scan.ts [--json] [--files N]`.
 *
 * Every contestant reads the same files from a warm cache; medians of five. pydicom and this application are timed
 * inside their processes, without start-up; dcmdump is timed as a process, whose start is a few milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInput } from '../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../src/main/study/scan/scan-files.ts';
import { writeStudy } from '../fixtures/dicom/write-study.ts';

const repeats = 5;
const { values } = parseArgs({ options: { json: { type: 'boolean' }, files: { type: 'string', default: '1000' } } });
const files = Number(values.files);

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const pydicomScript = `
import sys, time, glob, pydicom
names = sorted(glob.glob(sys.argv[1] + '/*'))
t = time.perf_counter()
for name in names:
    pydicom.dcmread(name, stop_before_pixels=True).get('SeriesInstanceUID')
print((time.perf_counter() - t) * 1000, pydicom.__version__)
`;

const ownScan = async (folder: string): Promise<number> => {
  const quiet = { signal: new AbortController().signal, progress: () => {} };
  const startedAt = performance.now();
  const input = await openInput(folder, quiet.signal);
  const { images } = await scanFiles(input.files, quiet);
  if (images.length !== files) throw new Error(`${images.length} of ${files} images were read`);
  return performance.now() - startedAt;
};

const pydicomScan = (folder: string): { ms: number; version: string } | undefined => {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, ['-c', pydicomScript, folder], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [ms = '', version = ''] = stdout.trim().split(' ');
    return { ms: Number(ms), version };
  }
  return undefined;
};

const dcmdumpScan = (folder: string): number | undefined => {
  const startedAt = performance.now();
  // Searching for one element prints little, and reads every header whole, as dcmdump always does.
  const { status } = spawnSync('dcmdump', ['--scan-directories', '+P', '0020,000e', folder], { stdio: 'ignore' });
  return status === 0 ? performance.now() - startedAt : undefined;
};

const folder = mkdtempSync(join(tmpdir(), 'bench-scan-'));
try {
  const study = join(folder, 'study');
  mkdirSync(study);
  writeStudy(files, (name, bytes) => writeFileSync(join(study, name), bytes));
  const own: number[] = [];
  const pydicom: number[] = [];
  const dcmdump: number[] = [];
  let version = 'not installed';
  for (let i = 0; i < repeats; i++) {
    own.push(await ownScan(study));
    const python = pydicomScan(study);
    if (python) {
      pydicom.push(python.ms);
      version = python.version;
    }
    const dump = dcmdumpScan(study);
    if (dump !== undefined) dcmdump.push(dump);
  }
  const result = {
    files,
    repeats,
    haicastMs: median(own),
    haicastFirstMs: own[0],
    pydicomMs: median(pydicom),
    pydicomVersion: version,
    dcmdumpMs: median(dcmdump),
    timesFasterThanPydicom: median(pydicom) / median(own),
    timesFasterThanDcmdump: median(dcmdump) / median(own),
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    const row = (name: string, ms: number | undefined) =>
      `${name.padEnd(34)}${(ms ?? Number.NaN).toFixed(0).padStart(8)} ms${((files / (ms ?? Number.NaN)) * 1000).toFixed(0).padStart(10)} files/s`;
    console.log(row('haicast (median)', result.haicastMs));
    console.log(row('haicast (first, cold code)', result.haicastFirstMs));
    console.log(row(`pydicom ${version} stop_before_pixels`, result.pydicomMs));
    console.log(row('dcmdump (one process)', result.dcmdumpMs));
    console.log(
      `${result.timesFasterThanPydicom.toFixed(1)} times pydicom, ${result.timesFasterThanDcmdump.toFixed(1)} times dcmdump`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
