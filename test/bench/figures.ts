/**
 * How large the sources are and how they hang together, how large the unpacked application is, and how long the suites of
 * the last whole `npm test` took. Commits to compare with are archived beside it and measured in the same way.
 *
 * usage: node test/bench/figures.ts [COMMIT...]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/install.mjs';
import { releasedFolder } from '../runtime/electron/packed-folder.ts';
import { readTimes } from '../runtime/suites/times.ts';

const CODE = /\.(ts|vue|css)$/;

interface SourceFigures {
  files: number;
  medianLines: number;
  p90Lines: number;
  /** Arrows from one folder to another that leads back to it. */
  folderCircles: number;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The smallest of sorted values that a share of all does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** By one rule for every commit: what a commit's own rules forbid is not what is counted. */
const folderCircles = (checkout: string, work: string): number => {
  const config = join(work, 'circles.cjs');
  const rule = { name: 'circle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } };
  const options = {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(checkout, 'tsconfig.web.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js'],
    },
  };
  writeFileSync(config, `module.exports = ${JSON.stringify({ forbidden: [rule], options })};\n`);
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cruiser, 'src', '--config', config, '--output-type', 'json', '--no-cache'],
    { cwd: checkout, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (!stdout.trim()) throw new Error(`dependency-cruiser said nothing: ${stderr}`);
  return (JSON.parse(stdout) as { summary: { violations: unknown[] } }).summary.violations.length;
};

const sourceFigures = (checkout: string, work: string): SourceFigures => {
  const lines = filesBelow(join(checkout, 'src'))
    .filter((file) => CODE.test(file))
    .map((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length)
    .sort((a, b) => a - b);
  return {
    files: lines.length,
    medianLines: quantile(lines, 0.5),
    p90Lines: quantile(lines, 0.9),
    folderCircles: folderCircles(checkout, work),
  };
};

/** A commit's tree in a folder of its own. */
const archived = (commit: string, work: string): string => {
  const folder = mkdtempSync(join(work, 'commit-'));
  const tree = spawnSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 30 });
  if (tree.status !== 0) throw new Error(`git archive ${commit}: ${tree.stderr}`);
  const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: tree.stdout });
  if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`);
  return folder;
};

const megabytes = (folder: string): number =>
  Math.round(filesBelow(folder).reduce((sum, file) => sum + statSync(file).size, 0) / 1e5) / 10;

const work = mkdtempSync(join(tmpdir(), 'haicast-figures-'));
try {
  const sources: Record<string, SourceFigures> = { 'this tree': sourceFigures(root, work) };
  for (const commit of process.argv.slice(2)) sources[commit] = sourceFigures(archived(commit, work), work);
  console.table(sources);
  const application = releasedFolder();
  const unpackedMegabytes = existsSync(application) ? megabytes(application) : null;
  console.log(
    unpackedMegabytes === null
      ? 'The application is not packed: `npm run test:electron` packs it.'
      : `Unpacked application: ${unpackedMegabytes} MB`,
  );
  const suites = readTimes();
  if (suites) console.table(suites);
  else console.log('No whole `npm test` has left its times.');
  console.log(JSON.stringify({ sources, unpackedMegabytes, suites: suites ?? null }));
} finally {
  rmSync(work, { recursive: true, force: true });
}
