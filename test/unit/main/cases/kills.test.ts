import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { bundled } from '../../../kills/program.ts';
import { runKills } from '../../../kills/run.ts';

/** A fixed share of `npm run kills`, with a fixed seed. */
const ROUNDS = 12;
const SEED = 7;

test.skipIf(process.platform === 'win32')(
  `no acknowledged write is lost by kills, full disks and read-only moments${process.platform === 'win32' ? ' (left out on Windows: no such signals and rights)' : ''}`,
  { timeout: 240_000 },
  async () => {
    const { program, remove } = await bundled(resolve(import.meta.dirname, '../../../kills/workload.ts'));
    try {
      const tally = await runKills(ROUNDS, SEED, { program });
      expect(tally.problems).toStrictEqual([]);
      expect(tally.rounds).toBe(ROUNDS);
      expect(tally.acknowledged).toBeGreaterThan(ROUNDS);
    } finally {
      remove();
    }
  },
);
