/** Collects the licence of every package that goes into the application, as one text for the about box. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './install.mjs';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Texts of a package's licence files; its declared licence where it has none. */
const textsOf = (folder) => {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
  return files.length > 0
    ? files.join('\n\n')
    : `(${readJson(join(folder, 'package.json')).license ?? 'see its page'})`;
};

/** Folders of what npm installed for `names` and for all that they need. */
export const dependencyFolders = (names, nodeModules = join(root, 'node_modules')) => {
  const found = new Map();
  const visit = (name, from) => {
    const nested = join(from, 'node_modules', name);
    const folder = existsSync(nested) ? nested : join(nodeModules, name);
    if (found.has(folder) || !existsSync(join(folder, 'package.json'))) return;
    const { dependencies = {} } = readJson(join(folder, 'package.json'));
    found.set(folder, true);
    for (const needed of Object.keys(dependencies)) visit(needed, folder);
  };
  for (const name of names) visit(name, root);
  return [...found.keys()].sort();
};

/** What the page's bundle holds, besides the main process's own dependencies. */
const BUNDLED = [
  ...['@cornerstonejs/core', '@cornerstonejs/tools', '@fontsource-variable/inter', 'events'],
  ...['pinia', 'reka-ui', 'vue', 'vue-i18n', 'vue-router'],
];

export const writeLicences = async (target) => {
  const { dependencies } = readJson(join(root, 'package.json'));
  const parts = [`haicast\n\n${textsOf(root)}`];
  for (const folder of dependencyFolders([...Object.keys(dependencies), ...BUNDLED])) {
    const { name, version } = readJson(join(folder, 'package.json'));
    parts.push(`${name} ${version}\n\n${textsOf(folder)}`);
  }
  parts.push('Electron and Chromium\n\nSee LICENSE.electron.txt and LICENSES.chromium.html beside the application.');
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
};
