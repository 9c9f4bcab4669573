import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createAtomically, writeAtomically } from '../../files/write-atomically.ts';
import { passphraseSlotSchema } from './passphrase-wrapping.ts';

const slotsSchema = z.object({
  schema: z.literal(1),
  storeId: z.string(),
  /** Recognises the right key without opening the records, so that a wrong key and a damaged file are told apart. */
  keyCheck: z.string().regex(/^[0-9a-f]{64}$/),
  keychain: z.object({ ciphertext: z.string() }).optional(),
  passphrase: passphraseSlotSchema.optional(),
  /** The history has users: who they are is in it, and that somebody has to sign in is known before it is open. */
  users: z.literal(true).optional(),
  /** The history is being made by the process of this id, and nobody was told its recovery key yet. */
  begun: z.int().positive().optional(),
});
export type Keys = z.infer<typeof slotsSchema>;

const saltSchema = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * keys.json: the record key as the keychain or a passphrase wraps it. Without one of them, or the recovery key, it is of no
 * use. `next`: a new key is being given to the history; it holds as soon as records.db begins with this salt, and not before.
 */
export const keysSchema = slotsSchema.extend({
  next: z.object({ salt: saltSchema, keys: slotsSchema }).optional(),
});
export type KeysFile = z.infer<typeof keysSchema>;

export type ReadKeys = { state: 'absent' } | { state: 'damaged'; reason: string } | { state: 'present'; keys: Keys };

const SALT_BYTES = 16;

export const keysFileIn = (folder: string): string => join(folder, 'keys.json');

export const keyCheckOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('haicast record key check').digest('hex');

export const isKeyOf = (keys: Keys, key: Uint8Array): boolean =>
  timingSafeEqual(Buffer.from(keys.keyCheck, 'hex'), Buffer.from(keyCheckOf(key), 'hex'));

export const newKeys = (key: Uint8Array): Keys => ({ schema: 1, storeId: randomUUID(), keyCheck: keyCheckOf(key) });

/** The salt that a history begins with; undefined where there is none. */
export const saltOf = (recordsFile: string): string | undefined => {
  if (!existsSync(recordsFile)) return undefined;
  const salt = Buffer.alloc(SALT_BYTES);
  const handle = openSync(recordsFile, 'r');
  try {
    readSync(handle, salt, 0, SALT_BYTES, 0);
  } finally {
    closeSync(handle);
  }
  return salt.toString('hex');
};

/** Pure: of the two that a file may hold, the one for a history with this salt. */
export const keysFor = ({ next, ...present }: KeysFile, salt: string | undefined): Keys =>
  next !== undefined && next.salt === salt ? next.keys : present;

const parse = (text: string, salt: () => string | undefined): ReadKeys & { isBetween?: boolean } => {
  try {
    const parsed = keysSchema.safeParse(JSON.parse(text));
    if (parsed.success && !parsed.data.next) return { state: 'present', keys: parsed.data };
    if (parsed.success) return { state: 'present', keys: keysFor(parsed.data, salt()), isBetween: true };
    return { state: 'damaged', reason: parsed.error.issues.map((issue) => issue.path.join('.')).join(', ') };
  } catch {
    return { state: 'damaged', reason: 'not JSON' };
  }
};

/** Throws only what the file system throws for a file that is there and cannot be read. */
export const readKeys = (folder: string): ReadKeys & { isBetween?: boolean } => {
  const file = keysFileIn(folder);
  return existsSync(file)
    ? parse(readFileSync(file, 'utf8'), () => saltOf(join(folder, 'records.db')))
    : { state: 'absent' };
};

const textOf = (keys: KeysFile): string => `${JSON.stringify(keys, null, 2)}\n`;

/** For a new store: throws `EEXIST` where another launch was quicker, whose key must not be replaced. */
export const createKeysFile = (folder: string, keys: Keys): void => createAtomically(keysFileIn(folder), textOf(keys));

export const replaceKeysFile = (folder: string, keys: KeysFile): void =>
  writeAtomically(keysFileIn(folder), textOf(keys));

/** Keeps a damaged file beside the one that takes its place. */
export const setKeysFileAside = (folder: string): void =>
  renameSync(keysFileIn(folder), `${keysFileIn(folder)}.damaged-${Date.now()}`);

/** Another one that is making it now is left to it; where its id went to somebody else meanwhile, so is what it left. */
const isCutOff = (begunBy: number): boolean => {
  if (begunBy === process.pid) return true;
  try {
    process.kill(begunBy, 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'ESRCH';
  }
};

/** The history is there: whoever finds the two together opens it. */
export const endBeginning = (folder: string, { begun: _begun, ...keys }: Keys): void => replaceKeysFile(folder, keys);

/**
 * Ends what was begun and cut off, one way or the other: the file holds the keys of the history that is there, and no others.
 * Keys of one that did not come to be are put aside, and another one can be begun.
 */
export const settleKeysFile = (folder: string): void => {
  const read = readKeys(folder);
  if (read.state !== 'present') return;
  const { begun } = read.keys;
  if (begun !== undefined && isCutOff(begun)) {
    if (existsSync(join(folder, 'records.db'))) endBeginning(folder, read.keys);
    else setKeysFileAside(folder);
  } else if (read.isBetween) replaceKeysFile(folder, read.keys);
};
