import { expect, test } from 'vitest';
import { writerProgram } from '../../../kills/program.ts';
import { runKills } from '../../../kills/run.ts';

/** A fixed share of `npm run kills`, with a fixed seed. */
const ROUNDS = 10;
const SEED = 7;

test.skipIf(process.platform === 'win32')(
  `no acknowledged write is lost by kills, full disks and read-only moments${process.platform === 'win32' ? ' (left out on Windows: no such signals and rights)' : ''}`,
  { timeout: 240_000 },
  async () => {
    const program = await writerProgram();
    try {
      const tally = await runKills(ROUNDS, SEED, { program });
      expect(tally.problems).toStrictEqual([]);
      expect(tally.rounds).toBe(ROUNDS);
      // A process that is refused everything may end before it is killed; most are killed.
      expect(tally.killed).toBeGreaterThan(ROUNDS / 3);
      expect(tally.acknowledged).toBeGreaterThan(0);
    } finally {
      program.remove();
    }
  },
);
