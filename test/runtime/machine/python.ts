/** Python with what the training code's tests need: the machine's own, or a virtual environment in the cache folder. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { cacheRoot, makeOnce, withLock } from './cache-folder.ts';
import { provide } from './packages.ts';

const PROJECT = join(root, 'training/pyproject.toml');
const CONSTRAINTS = join(root, 'training/constraints.txt');

const runs = (python: string, code: string): boolean =>
  spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;

const REQUIREMENTS = `
import sys, tomllib
project = tomllib.load(open(sys.argv[1], "rb"))["project"]
for group in [project["dependencies"], *project["optional-dependencies"].values()]: print(*group, sep="\\n")
`;

/** What `training/pyproject.toml` asks for, with all that is optional: a test that needs it must not be left out. */
const requirements = (python: string): string[] =>
  spawnSync(python, ['-c', REQUIREMENTS, PROJECT], { encoding: 'utf8' }).stdout.trim().split('\n');

/** Where the environment for these versions is, once it is made. */
const environmentFolder = (python: string): string => {
  const version = spawnSync(python, ['--version'], { encoding: 'utf8' }).stdout;
  const key = createHash('sha256')
    .update([version, readFileSync(PROJECT), readFileSync(CONSTRAINTS)].join('\n'))
    .digest('hex')
    .slice(0, 12);
  return join(cacheRoot(), `training-${key}`);
};

const pythonIn = (environment: string): string => join(environment, 'bin', 'python');

const UNREACHABLE =
  /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Connection (refused|reset|aborted|broken)/i;

/** Why pip failed, from what it wrote: that the index was out of reach, else its own last word. */
export const pipProblem = (output: string): string =>
  UNREACHABLE.test(output)
    ? 'the Python package index cannot be reached'
    : `pip failed: ${/^ERROR: (.+)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? 'without a word'}`;

const make = async (python: string, folder: string): Promise<void> => {
  const done = (command: string, args: string[]) => {
    const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(pipProblem(`${stdout ?? ''}\n${stderr ?? ''}\n${error?.message ?? ''}`));
  };
  await rm(folder, { recursive: true, force: true });
  done(python, ['-m', 'venv', folder]);
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-compile'];
  // No try beyond the first five: each doubles the wait, and an index that answers none of them answers no tenth.
  done(pythonIn(folder), ['-m', 'pip', 'install', ...quietly, '--constraint', CONSTRAINTS, ...requirements(python)]);
};

export type PythonAnswer = { python: string } | { python: undefined; reason: string };

const SYSTEM = 'python3';
const NEW_ENOUGH = 'import sys; assert sys.version_info >= (3, 11)';

/**
 * `mayMake`: whether an environment may be made where there is none; it is a download of 3 GB, so it is made in continuous
 * integration and where the suite was asked for by name.
 */
export const findPython = async (mayMake: boolean, say: (line: string) => void): Promise<PythonAnswer> => {
  if (runs(SYSTEM, 'import torch, timm, pytest, onnxruntime, lifelines, pydicom, highdicom')) return { python: SYSTEM };
  if (process.platform === 'win32') {
    return { python: undefined, reason: 'Python with torch and pytest is not installed' };
  }
  const made = runs(SYSTEM, NEW_ENOUGH) ? pythonIn(environmentFolder(SYSTEM)) : undefined;
  if (made && existsSync(made)) return { python: made };
  if (!mayMake) {
    return {
      python: undefined,
      reason:
        'Python with torch and pytest is not installed; `npm test python` makes an environment for it (3 GB, once)',
    };
  }
  const need = {
    what: 'Python 3 with venv',
    packages: ['python3-venv'],
    isThere: () => runs(SYSTEM, 'import venv, ensurepip'),
  };
  if (provide([need], say).length > 0) return { python: undefined, reason: 'Python 3 with venv is not installed' };
  if (!runs(SYSTEM, NEW_ENOUGH)) return { python: undefined, reason: 'Python is older than 3.11' };
  const folder = environmentFolder(SYSTEM);
  try {
    await withLock(`${folder}.lock`, () =>
      makeOnce(folder, async (partial) => {
        say('Making a Python environment with torch (once, a download of 3 GB).');
        await make(SYSTEM, partial);
      }),
    );
    return { python: pythonIn(folder) };
  } catch (error) {
    return { python: undefined, reason: error instanceof Error ? error.message : String(error) };
  }
};
