/**
 * The table of data elements (PS3.6) that names tags, from the dictionary of dcmjs, which itself is not shipped.
 * `node scripts/data-elements.mjs` writes it anew after dcmjs was updated; a test says when that is due.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import dictionary from 'dcmjs/dictionary';
import { root } from './install.mjs';

export const TABLE = join(root, 'src/main/study/tags/data-elements.json');

/** `(gggg,eeee)`, or `(6000-60FF,eeee)` for a group that repeats. */
const TAG = /^\(([0-9A-F]{2})([0-9A-F]{2})(?:-\1FF)?,([0-9A-F]{4})\)$/;

/** Elements of several representations have a code of their own there; the widest one is kept. */
const WIDEST = { xs: 'US', ox: 'OW', lt: 'OW', up: 'UL', na: 'UN' };

/** `gggg,eeee` or `ggxx,eeee` → representation and keyword; without private elements, whose names depend on their creator. */
export const dataElements = () =>
  Object.fromEntries(
    Object.entries(dictionary)
      .flatMap(([key, { vr, name }]) => {
        const [, high, low, element] = TAG.exec(key) ?? [];
        if (element === undefined) return [];
        const tag = `${high}${key.includes('-') ? 'xx' : low},${element}`;
        return [[tag, `${WIDEST[vr] ?? vr} ${name.replace(/^RETIRED_/, '')}`]];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const tableText = () => `${JSON.stringify(dataElements(), null, 2)}\n`;

if (process.argv[1] === import.meta.filename) await writeFile(TABLE, tableText());
