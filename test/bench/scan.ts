/**
 * Header scan of a 1,000-file study against pydicom (`stop_before_pixels`) and dcmtk (`dcmdump`, one process for all
 * files), in the same run: `node test/bench/scan.ts [--json] [--files N] [--repeats N] [--cold]`.
 *
 * Every contestant reads the same files from a warm cache; medians of five, or of `--repeats`. With `--cold` the files are
 * put out of the page cache before each run (POSIX_FADV_DONTNEED, which leaves the other programs of the machine alone).
 * pydicom and this application are timed inside their processes, without start-up; dcmdump is timed as a process, whose
 * start is a few milliseconds. On a busy machine wall time tells mostly of the others, so that processor time is given as
 * well.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInput } from '../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../src/main/study/scan/scan-files.ts';
import { writeStudy } from '../fixtures/dicom/write-study.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    cold: { type: 'boolean' },
    files: { type: 'string', default: '1000' },
    repeats: { type: 'string', default: '5' },
  },
});
const repeats = Number(values.repeats);
const files = Number(values.files);

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const pydicomScript = `
import sys, time, glob, pydicom
names = sorted(glob.glob(sys.argv[1] + '/*'))
c, t = time.process_time(), time.perf_counter()
for name in names:
    pydicom.dcmread(name, stop_before_pixels=True).get('SeriesInstanceUID')
print((time.perf_counter() - t) * 1000, (time.process_time() - c) * 1000, pydicom.__version__)
`;

/** Node cannot ask for it. Written pages stay until they are on the disk, hence the first call. */
const evictScript = `
import os, sys
for name in os.scandir(sys.argv[1]):
    fd = os.open(name.path, os.O_RDONLY)
    os.fdatasync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)
`;

const evict = (folder: string): void => {
  if (!values.cold) return;
  const { status } = spawnSync('python3', ['-c', evictScript, folder]);
  if (status !== 0) throw new Error('the files could not be put out of the page cache: python3 failed');
};

interface Timing {
  ms: number;
  cpuMs: number;
}

const ownScan = async (folder: string): Promise<Timing> => {
  const quiet = { signal: new AbortController().signal, progress: () => {} };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const input = await openInput(folder, quiet.signal);
  const { images } = await scanFiles(input.files, quiet);
  if (images.length !== files) throw new Error(`${images.length} of ${files} images were read`);
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
};

const pydicomScan = (folder: string): (Timing & { version: string }) | undefined => {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, ['-c', pydicomScript, folder], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [ms = '', cpuMs = '', version = ''] = stdout.trim().split(' ');
    return { ms: Number(ms), cpuMs: Number(cpuMs), version };
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
  const own: Timing[] = [];
  const pydicom: Timing[] = [];
  const dcmdump: number[] = [];
  let version = 'not installed';
  for (let i = 0; i < repeats; i++) {
    evict(study);
    own.push(await ownScan(study));
    evict(study);
    const python = pydicomScan(study);
    if (python) {
      pydicom.push(python);
      version = python.version;
    }
    evict(study);
    const dump = dcmdumpScan(study);
    if (dump !== undefined) dcmdump.push(dump);
  }
  const [ms, cpu] = [(timing: Timing) => timing.ms, (timing: Timing) => timing.cpuMs];
  const result = {
    files,
    repeats,
    haicastMs: median(own.map(ms)),
    haicastCpuMs: median(own.map(cpu)),
    haicastFirstMs: own[0]?.ms,
    pydicomMs: median(pydicom.map(ms)),
    pydicomCpuMs: median(pydicom.map(cpu)),
    pydicomVersion: version,
    dcmdumpMs: median(dcmdump),
    timesFasterThanPydicom: median(pydicom.map(ms)) / median(own.map(ms)),
    timesLessCpuThanPydicom: median(pydicom.map(cpu)) / median(own.map(cpu)),
    timesFasterThanDcmdump: median(dcmdump) / median(own.map(ms)),
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    const row = (name: string, wall: number | undefined, processor?: number) => {
      const filesPerSecond = ((files / (wall ?? Number.NaN)) * 1000).toFixed(0);
      const cells = [(wall ?? Number.NaN).toFixed(0), processor?.toFixed(0) ?? '', filesPerSecond];
      return [name.padEnd(36), ...cells.map((cell) => cell.padStart(10))].join('');
    };
    const load = loadavg()[0]?.toFixed(1) ?? '';
    console.log(
      `${files} files, ${values.cold ? 'cold' : 'warm'}; load average ${load} on ${availableParallelism()} processors`,
    );
    console.log(
      ['contestant'.padEnd(36), ...['wall ms', 'CPU ms', 'files/s'].map((cell) => cell.padStart(10))].join(''),
    );
    console.log(row('haicast (median)', result.haicastMs, result.haicastCpuMs));
    console.log(row('haicast (first, cold code)', result.haicastFirstMs));
    console.log(row(`pydicom ${version} stop_before_pixels`, result.pydicomMs, result.pydicomCpuMs));
    console.log(row('dcmdump (one process)', result.dcmdumpMs));
    console.log(
      `${result.timesFasterThanPydicom.toFixed(1)} times pydicom by wall time, ${result.timesLessCpuThanPydicom.toFixed(1)} by CPU time; ${result.timesFasterThanDcmdump.toFixed(1)} times dcmdump by wall time`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
