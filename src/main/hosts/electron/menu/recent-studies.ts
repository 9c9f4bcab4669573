import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KeychainPort } from '../../../cases/keys/keychain.ts';
import { writeAtomically } from '../../../files/write-atomically.ts';

const MOST = 8;

const recentSchema = z.array(z.object({ path: z.string().min(1), openedAt: z.iso.datetime() })).max(MOST);
export type RecentStudy = z.infer<typeof recentSchema>[number];

/**
 * Studies opened last. A path may hold a patient's name, so the file is encrypted by the keychain; without one the list
 * lives as long as the application. It never goes into the operating system's own list.
 */
export class RecentStudies {
  readonly #file: string;
  readonly #keychain: KeychainPort;
  #studies: RecentStudy[];

  constructor(file: string, keychain: KeychainPort) {
    this.#file = file;
    this.#keychain = keychain;
    this.#studies = this.#load();
  }

  list(): readonly RecentStudy[] {
    return this.#studies;
  }

  add(path: string, now = new Date()): void {
    const others = this.#studies.filter((study) => study.path !== path);
    this.#studies = [{ path, openedAt: now.toISOString() }, ...others].slice(0, MOST);
    this.#keep();
  }

  clear(): void {
    this.#studies = [];
    this.#keep();
  }

  #load(): RecentStudy[] {
    if (!this.#keychain.available().ok) return [];
    try {
      return recentSchema.parse(
        JSON.parse(this.#keychain.decrypt(Buffer.from(readFileSync(this.#file, 'utf8'), 'base64'))),
      );
    } catch {
      // None yet, damaged, or another user's: a list of conveniences starts anew.
      return [];
    }
  }

  #keep(): void {
    if (!this.#keychain.available().ok) return;
    try {
      const bytes = this.#keychain.encrypt(JSON.stringify(this.#studies));
      writeAtomically(this.#file, Buffer.from(bytes).toString('base64'));
    } catch {
      // Read-only or full: the list holds until the application ends.
    }
  }
}
