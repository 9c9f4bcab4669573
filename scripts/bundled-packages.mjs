/**
 * A Vite plugin that writes down which packages went into a bundle, so that licences and the bill of materials tell what
 * is there and not what somebody remembers.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './install.mjs';

const FOLDER = join(root, 'out/package/bundled');

/** The package's folder of a module's id: what follows the last `node_modules`. */
export const packageFolderOf = (id) =>
  /^(?:\0|\/@fs)?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/?]+)[\\/?]/.exec(id)?.[1]?.replaceAll('\\', '/');

/** @param {string} name of the bundle; each keeps a file of its own */
export const bundledPackages = (name) => {
  const folders = new Set();
  return {
    name: 'haicast-bundled-packages',
    // Styles leave the chunks before they are written, so every module that was read counts.
    moduleParsed({ id }) {
      const folder = packageFolderOf(id);
      if (folder) folders.add(folder);
    },
    generateBundle() {
      mkdirSync(FOLDER, { recursive: true });
      const paths = [...folders].map((folder) => relative(root, folder).replaceAll('\\', '/')).sort();
      writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(paths, null, 2)}\n`);
    },
  };
};

/** Folders of all bundles' packages, from the project's root. Throws where nothing was built. */
export const readBundledPackages = () => {
  const files = readdirSync(FOLDER);
  const folders = files.flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  return [...new Set(folders)].sort();
};
