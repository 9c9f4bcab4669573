import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createAtomically, writeAtomically } from '../../files/write-atomically.ts';
import { passphraseSlotSchema } from './passphrase-wrapping.ts';

/** keys.json: the record key as the keychain or a passphrase wraps it. Without one of them, or the recovery key, it is of no use. */
export const keysSchema = z.object({
  schema: z.literal(1),
  storeId: z.string(),
  /** Recognises the right key without opening the records, so that a wrong key and a damaged file are told apart. */
  keyCheck: z.string().regex(/^[0-9a-f]{64}$/),
  keychain: z.object({ ciphertext: z.string() }).optional(),
  passphrase: passphraseSlotSchema.optional(),
});
export type Keys = z.infer<typeof keysSchema>;

export type ReadKeys = { state: 'absent' } | { state: 'damaged'; reason: string } | { state: 'present'; keys: Keys };

export const keysFileIn = (folder: string): string => join(folder, 'keys.json');

export const keyCheckOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('haicast record key check').digest('hex');

export const isKeyOf = (keys: Keys, key: Uint8Array): boolean =>
  timingSafeEqual(Buffer.from(keys.keyCheck, 'hex'), Buffer.from(keyCheckOf(key), 'hex'));

export const newKeys = (key: Uint8Array): Keys => ({ schema: 1, storeId: randomUUID(), keyCheck: keyCheckOf(key) });

const parse = (text: string): ReadKeys => {
  try {
    const parsed = keysSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { state: 'present', keys: parsed.data };
    return { state: 'damaged', reason: parsed.error.issues.map((issue) => issue.path.join('.')).join(', ') };
  } catch {
    return { state: 'damaged', reason: 'not JSON' };
  }
};

/** Throws only what the file system throws for a file that is there and cannot be read. */
export const readKeys = (folder: string): ReadKeys => {
  const file = keysFileIn(folder);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) : { state: 'absent' };
};

const textOf = (keys: Keys): string => `${JSON.stringify(keys, null, 2)}\n`;

/** For a new store: throws `EEXIST` where another launch was quicker, whose key must not be replaced. */
export const createKeysFile = (folder: string, keys: Keys): void => createAtomically(keysFileIn(folder), textOf(keys));

export const replaceKeysFile = (folder: string, keys: Keys): void => writeAtomically(keysFileIn(folder), textOf(keys));

/** Keeps a damaged file beside the one that takes its place. */
export const setKeysFileAside = (folder: string): void =>
  renameSync(keysFileIn(folder), `${keysFileIn(folder)}.damaged-${Date.now()}`);
