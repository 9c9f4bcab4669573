import { keyCheckOf } from './keys-file.ts';

/** Secrets of these names are keys that the history had: backups of their time are read with them. */
export const FORMER_KEY = 'former record key ';

export const formerKeyName = (key: Uint8Array): string => `${FORMER_KEY}${keyCheckOf(key).slice(0, 16)}`;
