import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type ProviderMeasurement, providerMeasurementSchema } from '#shared/model/providers.ts';
import { writeAtomically } from '../files/write-atomically.ts';

/** Measurements by what they hold for. */
export interface ProviderMemory {
  get(key: string): ProviderMeasurement | undefined;
  set(key: string, measurement: ProviderMeasurement): void;
}

const fileSchema = z.record(z.string(), providerMeasurementSchema);

/** Some models on the few computers that one data folder may serve; the oldest go first. */
const MOST_KEPT = 64;

const read = (file: string): Record<string, ProviderMeasurement> => {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there, damaged, or of another version: it is measured again.
    return {};
  }
};

/** Keeps measurements in a file. What cannot be kept costs no more than measuring again at the next start. */
export const providerMemory = (file: string): ProviderMemory => {
  const kept = new Map(Object.entries(read(file)));
  return {
    get: (key) => kept.get(key),
    set: (key, measurement) => {
      kept.delete(key);
      kept.set(key, measurement);
      for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeAtomically(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
      } catch {
        // A full or read-only disk: see above.
      }
    },
  };
};

/** For a library without a folder of its own, as in tests: it forgets with the process. */
export const noMemory = (): ProviderMemory => {
  const kept = new Map<string, ProviderMeasurement>();
  return { get: (key) => kept.get(key), set: (key, measurement) => void kept.set(key, measurement) };
};
