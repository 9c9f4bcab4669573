import { rmSync } from 'node:fs';

/** What lies beside a history while it is given a new key, a backup is fetched, or it is mended. */
const kinds = ['rekeyed', 'incoming', 'mending', 'salvaged'] as const;
type PassingKind = (typeof kinds)[number];

export const passingFile = (file: string, kind: PassingKind): string => `${file}.${kind}`;

/** Also what SQLite, and the look before an opening, lay beside it. */
export const removePassing = (file: string, kind: PassingKind): void => {
  for (const end of ['', '-wal', '-shm', '-check']) rmSync(`${passingFile(file, kind)}${end}`, { force: true });
};

/** At the end of what made it. In a folder that cannot be written any more it goes before the next one begins, and what failed is what is told. */
export const leavePassing = (file: string, ...made: readonly PassingKind[]): void => {
  try {
    for (const kind of made) removePassing(file, kind);
  } catch {
    // Told by whatever failed before; where nothing did, there is nothing to tell.
  }
};

/** What was left where one of these was cut off: whole histories. Only for the owner of the history: they may be another's at work. */
export const removeAllPassing = (file: string): void => {
  for (const kind of kinds) removePassing(file, kind);
};
