import { readFileSync } from 'node:fs';
import { writeAtomically } from '../../../files/write-atomically.ts';
import { type WindowPlace, windowPlaceSchema } from './window-place.ts';

/** The remembered place; undefined where there is none or the file is damaged: a window is not worth a message. */
export const recallPlace = (file: string): WindowPlace | undefined => {
  try {
    return windowPlaceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
};

export const rememberPlace = (file: string, place: WindowPlace): void => {
  try {
    writeAtomically(file, `${JSON.stringify(place)}\n`);
  } catch {
    // Read-only or full: the next start uses the usual place.
  }
};
