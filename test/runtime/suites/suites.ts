/** Every check and suite of `npm test`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/install.mjs';
import { electronSuite } from '../electron/suite.ts';
import { findBrowser } from '../machine/browser.ts';
import { hasCommand, provide } from '../machine/packages.ts';
import { findPython } from '../machine/python.ts';
import { vulkanLoader } from '../machine/vulkan.ts';
import { audit } from './audit.ts';
import {
  biomeErrors,
  boundaryErrors,
  checkerCounts,
  junitCounts,
  sum,
  typescriptErrors,
  type VitestReport,
  vitestCounts,
} from './counts.ts';
import { junitFailures, vitestFailures } from './failures.ts';
import { node, run, type Showing, say } from './process.ts';
import { couldNotRun, failed, fromPlaywright, fromReport, reportFile, type SuiteResult } from './result.ts';
import { junitSkips, vitestSkips } from './skips.ts';

const bin = (path: string): string => join(root, 'node_modules', path);

const check = async (script: string, args: string[], errorsIn: (output: string) => number) => {
  const { ok, output } = await run(node, [bin(script), ...args]);
  return checkerCounts(ok, output, errorsIn);
};

const typecheck = async (): Promise<SuiteResult> => {
  const project = (name: string) => ['-p', `tsconfig.${name}.json`, '--noEmit', '--pretty', 'false'];
  return {
    // Beside each other: each computes on one core.
    counts: sum(
      await Promise.all([
        check('typescript/bin/tsc', project('node'), typescriptErrors),
        check('vue-tsc/bin/vue-tsc.js', project('test'), typescriptErrors),
        check('vue-tsc/bin/vue-tsc.js', project('web'), typescriptErrors),
      ]),
    ),
    skips: [],
  };
};

const lint = async (): Promise<SuiteResult> => ({
  counts: sum(
    await Promise.all([
      check('@biomejs/biome/bin/biome', ['check', '.'], biomeErrors),
      check(
        'dependency-cruiser/bin/dependency-cruiser.mjs',
        ['src', '--config', '.dependency-cruiser.cjs'],
        boundaryErrors,
      ),
    ]),
  ),
  skips: [],
});

const unit = async (): Promise<SuiteResult> => {
  // What single tests need beyond Node; without it they leave themselves out and say so.
  await findBrowser(say);
  if (process.platform === 'linux') {
    const checker = { what: 'dciodvfy', packages: ['dicom3tools'], isThere: () => hasCommand('dciodvfy') };
    const reader = { what: 'dcmtk', packages: ['dcmtk'], isThere: () => hasCommand('storescp') };
    const poppler = { what: 'poppler', packages: ['poppler-utils'], isThere: () => hasCommand('pdfinfo') };
    const archive = {
      what: 'Orthanc',
      packages: ['orthanc', 'orthanc-dicomweb'],
      isThere: () => hasCommand('Orthanc') && existsSync('/usr/share/orthanc/plugins/libOrthancDicomWeb.so'),
    };
    provide([vulkanLoader, checker, reader, poppler, archive], say);
  }
  const file = reportFile('unit.json');
  const { ok } = await run(node, [
    bin('vitest/vitest.mjs'),
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ]);
  return fromReport(ok, file, (text) => {
    const report = JSON.parse(text) as VitestReport;
    return {
      counts: vitestCounts(report),
      failures: vitestFailures(report, `${root}/`),
      skips: vitestSkips(report, root),
    };
  });
};

const browser = async (): Promise<SuiteResult> => {
  const found = await findBrowser(say);
  if (found.path === undefined) return couldNotRun(found.reason);
  say(found.note);
  if (!ensureBuilt({ say })) return failed;
  const file = reportFile('browser.json');
  const { ok } = await run(
    node,
    [bin('@playwright/test/cli.js'), 'test', '--project=browser', '--project=processor', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, HAICAST_BROWSER: found.path },
  );
  return fromPlaywright(ok, file);
};

const python = async ({ asked, showing }: SuiteOptions): Promise<SuiteResult> => {
  const found = await findPython(asked || Boolean(process.env.CI), say);
  if (found.python === undefined) return couldNotRun(found.reason);
  const file = reportFile('python.xml');
  const { ok } = await run(found.python, ['-m', 'pytest', '-q', 'training/tests', `--junitxml=${file}`], {}, showing);
  return fromReport(ok, file, (text) => ({
    counts: junitCounts(text),
    failures: junitFailures(text),
    skips: junitSkips(text),
  }));
};

export interface SuiteOptions {
  /** This suite was named on the command line. */
  asked: boolean;
  showing: Showing;
}

export const suites: Record<string, (options: SuiteOptions) => Promise<SuiteResult>> = {
  typecheck,
  lint,
  audit,
  unit,
  browser,
  electron: () => electronSuite(),
  python,
};

/**
 * In this order, those of one stage beside each other: the window tests wait for their screens while the training code's
 * tests compute. The others use every core by themselves.
 */
export const stages: readonly (readonly string[])[] = [
  ['typecheck'],
  ['lint', 'audit'],
  ['unit'],
  ['browser'],
  ['electron', 'python'],
];
