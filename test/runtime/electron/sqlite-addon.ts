/**
 * Compiles better-sqlite3's addon from the sources in its npm package for N-API 9. The prebuilt one asks for N-API 10
 * and crashes on older runtimes; from Node 22.14 on (Electron 36) nothing of this is needed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheRoot, makeOnce, withLock } from '../machine/cache-folder.ts';
import { hasCommand, type Need } from '../machine/packages.ts';

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Runs a compiler; its complaint is the error's text. */
const run = (command: string, args: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${complaint.slice(-2000)}`)),
    );
  });

/** The `-D` flags of a .gypi file's `defines` list. */
export const definesOf = (gypi: string): string[] =>
  [...gypi.matchAll(/'([A-Z][A-Z0-9_]*(?:=[^']*)?)'/g)].map((match) => `-D${match[1]}`);

const compile = async (folder: string): Promise<void> => {
  const addon = packageFolder('better-sqlite3');
  const sqlite = join(addon, 'deps', 'sqlite3');
  const defines = definesOf(await readFile(join(addon, 'deps', 'defines.gypi'), 'utf8'));
  await mkdir(folder, { recursive: true });
  const object = (name: string) => join(folder, name);
  await Promise.all([
    run('gcc', [
      ...['-c', '-O2', '-fPIC', '-std=gnu99', '-w', '-DNDEBUG', '-I', sqlite, ...defines],
      // Multiple-ciphers has AES code paths that need these; every x86-64 processor since 2010 has them.
      ...(process.arch === 'x64' ? ['-maes', '-msse4.2'] : []),
      ...[join(sqlite, 'sqlite3.c'), '-o', object('sqlite3.o')],
    ]),
    run('g++', [
      ...['-c', '-O2', '-fPIC', '-std=c++20', '-w', '-fvisibility=hidden', '-fvisibility-inlines-hidden', '-DNDEBUG'],
      ...['-DNAPI_VERSION=9', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
      ...['-I', sqlite, '-I', packageFolder('node-addon-api')],
      ...['-I', join(packageFolder('node-api-headers'), 'include'), '-include', join(here, 'sqlite-addon-napi9.h')],
      ...[join(addon, 'src', 'better_sqlite3.cpp'), '-o', object('better_sqlite3.o')],
    ]),
  ]);
  await run('g++', [
    ...['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-o', object('better_sqlite3.node')],
    ...[object('better_sqlite3.o'), object('sqlite3.o'), '-ldl'],
  ]);
};

const target = (): string => {
  const { version } = require('better-sqlite3/package.json') as { version: string };
  return join(cacheRoot(), `better-sqlite3-${version}-napi9-${process.platform}-${process.arch}.node`);
};

/** What compiling needs; nothing once it is done. */
export const compilers: Need[] = ['gcc', 'g++'].map((command) => ({
  what: command,
  packages: [command, 'libc6-dev'],
  isThere: () => existsSync(target()) || hasCommand(command),
}));

/** Path of the addon for N-API 9, compiled on the first call (about a minute) and kept. */
export const sqliteAddonForNapi9 = async (say: (line: string) => void = () => {}): Promise<string> => {
  const addon = target();
  await withLock(`${addon}.lock`, () =>
    makeOnce(addon, async (partial) => {
      say('Compiling the SQLite add-on for the older runtime (once, about a minute).');
      const work = `${addon}.work`;
      await rm(work, { recursive: true, force: true });
      await compile(work);
      await rename(join(work, 'better_sqlite3.node'), partial);
      await rm(work, { recursive: true, force: true });
    }),
  );
  return addon;
};
