import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** better-sqlite3's prebuilt addon asks for this version of Node's interface for native code. */
const NEEDED_NAPI = 10;

/**
 * Path of another build of the SQLite addon, for a runtime that is too old for the packaged one; undefined everywhere
 * else, whatever the environment says: a released application loads no native code that it was not packed with.
 */
export const sqliteBindingFor = (facts: {
  napi: number;
  isPackaged: boolean;
  resourcesPath: string;
  fromEnvironment: string | undefined;
}): string | undefined => {
  if (facts.napi >= NEEDED_NAPI) return undefined;
  if (!facts.isPackaged) return facts.fromEnvironment || undefined;
  const packed = join(facts.resourcesPath, 'better_sqlite3-napi9.node');
  return existsSync(packed) ? packed : undefined;
};
