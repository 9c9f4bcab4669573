/** How every screen looked when a person last judged it: one small picture each, kept in the repository. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { compare, described, isWithin } from './compare.ts';
import { fromPng, type Reduced, toPng } from './reduce.ts';
import { differenceSheet } from './sheet.ts';

export const references = resolve(root, 'test/e2e/references');
/** Old, new and difference of what differs, one picture each. */
export const sheets = resolve(root, 'artifacts/differences');

const referenceFile = (name: string): string => resolve(references, `${name}.png`);
const sheetFile = (name: string): string => resolve(sheets, `${name}.png`);

/** What is wrong with a picture of this name; undefined where it looks as its reference does, which takes an old sheet away. */
export const problemOf = (name: string, now: Reduced): string | undefined => {
  if (!existsSync(referenceFile(name))) return 'has no reference: look at it, then npm run pictures';
  const reference = fromPng(readFileSync(referenceFile(name)));
  const difference = compare(reference, now);
  if (isWithin(difference)) {
    rmSync(sheetFile(name), { force: true });
    return undefined;
  }
  mkdirSync(sheets, { recursive: true });
  writeFileSync(sheetFile(name), differenceSheet(reference, now));
  return `${described(difference)}: artifacts/differences/${name}.png; where it is meant so, npm run pictures`;
};

/** Keeps `now` as the reference where it differs from the one before by more than is allowed, and says so. */
export const renew = (name: string, now: Reduced): 'new' | 'changed' | 'same' => {
  const isNew = !existsSync(referenceFile(name));
  if (!isNew && problemOf(name, now) === undefined) return 'same';
  mkdirSync(references, { recursive: true });
  writeFileSync(referenceFile(name), toPng(now));
  return isNew ? 'new' : 'changed';
};
