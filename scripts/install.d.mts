import type { SpawnSyncOptionsWithStringEncoding, SpawnSyncReturns } from 'node:child_process';

interface Lock {
  packages?: Record<
    string,
    { version?: string; optional?: boolean; devOptional?: boolean; link?: boolean; name?: string }
  >;
}
export const root: string;
export const missingPackages: (lock: Lock | undefined, installed: Lock | undefined) => string[];
export const ensureInstalled: (options?: { say?: (line: string) => void }) => void;
export const npm: (args: string[], options: SpawnSyncOptionsWithStringEncoding) => SpawnSyncReturns<string>;
export const projectNode: () => string;
