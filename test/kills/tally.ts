/** What the rounds of a run came to. */
import type { Disk } from './disk.ts';
import type { Outcome } from './round.ts';

export interface Tally {
  rounds: number;
  /** Rounds with each kind of disk. */
  disks: Record<Disk, number>;
  /** Processes that were killed; the others had ended before. */
  killed: number;
  /** Moments in between at which a process was stopped, and what a kill would have left was looked at. */
  stopped: number;
  /** Kills while an older schema was brought to the newest. */
  migrations: number;
  acknowledged: number;
  /** Acknowledged writes of each kind. */
  kinds: Record<string, number>;
  /** Writes of each kind that were under way when their process was killed or stopped; `nothing`: between two, or at the opening. */
  cut: Record<string, number>;
  refused: Record<string, number>;
  problems: string[];
}

export const noRounds = (): Tally => ({
  rounds: 0,
  disks: { well: 0, full: 0, 'read-only': 0 },
  killed: 0,
  stopped: 0,
  migrations: 0,
  acknowledged: 0,
  kinds: {},
  cut: {},
  refused: {},
  problems: [],
});

const count = (counts: Record<string, number>, names: readonly string[]): void => {
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
};

export const addMigration = (
  tally: Tally,
  disk: Disk,
  { killed, refused }: { killed: boolean; refused: string | undefined },
): void => {
  tally.rounds += 1;
  tally.disks[disk] += 1;
  tally.killed += killed ? 1 : 0;
  tally.migrations += killed ? 1 : 0;
  count(tally.refused, refused === undefined ? [] : [refused]);
};

export const addRound = (tally: Tally, disk: Disk, { killed, acknowledged, cut, refused }: Outcome): void => {
  tally.rounds += 1;
  tally.disks[disk] += 1;
  tally.killed += killed ? 1 : 0;
  tally.acknowledged += acknowledged.length;
  count(tally.kinds, acknowledged);
  tally.stopped += cut.length - (killed ? 1 : 0);
  count(
    tally.cut,
    cut.map((kind) => kind ?? 'nothing'),
  );
  count(tally.refused, refused);
};
