// Copied into a runtime that has no default application: does what `electron PATH` does elsewhere.
// An ES module that awaits the import: `ready` must not fire before the application's main module has run.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  process.stderr.write('usage: electron [flags] PATH\n');
  process.exit(2);
}

// This runtime is too old for the prebuilt SQLite addon: the one that was compiled for it is loaded in its place.
const compiled = process.env.HAICAST_TEST_SQLITE_ADDON;
if (compiled) {
  const { dlopen } = process;
  process.dlopen = (module, file, ...rest) =>
    dlopen.call(process, module, /better-sqlite3.*\.node$/.test(file) ? compiled : file, ...rest);
}

// Playwright calls `__playwright_run` once it listens. A window that opens before is in its first navigation when Playwright
// attaches to it, which Chromium sometimes never answers: the launch hangs. Playwright's own loader holds `ready` for that
// reason, but only in an Electron that Playwright found by itself.
if (process.env.HAICAST_TEST_LISTENS) {
  const ready = app.whenReady();
  const listens = new Promise((begin) => {
    globalThis.__playwright_run = begin;
  });
  app.whenReady = async () => {
    await listens;
    await ready;
  };
}

const folder = resolve(given);
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href);
