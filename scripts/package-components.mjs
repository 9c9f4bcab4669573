/**
 * What a packed application is made of: the packages that lie in its archive, those that went into its bundles, what is
 * compiled into their WebAssembly and native code, and the runtime. Read from what was packed, not from a list of wishes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundledPackages } from './bundled-packages.mjs';
import { root } from './install.mjs';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

const licenceFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim())
    .join('\n\n');

/** A package as npm installed it; `path` is where, below `node_modules` too. */
const packageAt = (path) => {
  const { name, version, license } = readJson(join(root, path, 'package.json'));
  return { name, version, licence: license, text: licenceFiles(join(root, path)), purl: `pkg:npm/${name}@${version}` };
};

/** @param {readonly string[]} paths of all files in the archive, beginning with a slash */
export const packagesInArchive = (paths) => [
  ...new Set(paths.flatMap((path) => /^\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [])),
];

/**
 * Parts of a package that no package manager knows; each with the licence that its makers gave it. The packages bring no
 * licence of these parts. Kind and holders were compared with the makers' own licence files (CharLS, OpenJPEG, highway,
 * brotli, musl, SQLite3 Multiple Ciphers) and headers of sources (OpenJPH, libjxl, libjpeg); skcms could not be compared.
 */
export const embeddedComponents = () =>
  readJson(join(root, 'build/embedded-components.json')).map(({ copyright, ...component }) => {
    const licenceText = join(root, 'build/licences', `${component.licence}.txt`);
    const text = [copyright, existsSync(licenceText) ? readFileSync(licenceText, 'utf8').trim() : component.source];
    return { ...component, text: text.join('\n\n') };
  });

const electron = (version) => ({
  name: 'Electron',
  version,
  licence: 'MIT',
  text: 'Electron, Chromium and Node.js: see LICENSE.electron.txt and LICENSES.chromium.html beside the application.',
  purl: `pkg:npm/electron@${version}`,
});

/** @param {{ archivePaths: readonly string[], electronVersion: string }} packed */
export const componentsOf = ({ archivePaths, electronVersion }) => {
  const bundled = readBundledPackages().filter((path) => existsSync(join(root, path, 'package.json')));
  const packages = [...new Set([...packagesInArchive(archivePaths), ...bundled])].map(packageAt);
  const within = new Set(packages.map(({ name }) => name));
  const embedded = embeddedComponents().filter((one) => one.within.split(', ').some((name) => within.has(name)));
  const byName = (a, b) => `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`, 'en');
  return [...[...packages, ...embedded].sort(byName), electron(electronVersion)];
};
