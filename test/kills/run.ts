/**
 * Kills, full disks and read-only moments over all write paths: `npm run kills -- [ROUNDS [SEED]]`. Says how many were tried,
 * and each acknowledged write that was not there afterwards, or refused one that was. Ends with 1 where there was one.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { seeded } from '../fuzz/random.ts';
import { type Expected, nothing } from './expected.ts';
import { bundled } from './program.ts';
import { type Disk, mountSmall, runRound } from './round.ts';

/** A folder lives for so many rounds. */
const ROUNDS_OF_A_FOLDER = 20;
const SMALL_DISK_MB = 6;

export interface Tally {
  rounds: number;
  kills: Record<Disk, number>;
  acknowledged: number;
  cut: number;
  refused: Record<string, number>;
  problems: string[];
}

const NOBODY = 65_534;

export const runKills = async (
  rounds: number,
  seed: number,
  { program, say = () => undefined, signal }: { program: string; say?: (line: string) => void; signal?: AbortSignal },
): Promise<Tally> => {
  const random = seeded(seed);
  const root = mkdtempSync(join(tmpdir(), 'haicast-kills-'));
  const small = mountSmall(root, SMALL_DISK_MB);
  const isRoot = process.getuid?.() === 0;
  const tally: Tally = {
    rounds: 0,
    kills: { well: 0, full: 0, 'read-only': 0 },
    acknowledged: 0,
    cut: 0,
    refused: {},
    problems: [],
  };
  let folder = '';
  let expected: Expected = nothing;
  let next = 1;
  try {
    for (let round = 0; round < rounds && !signal?.aborted; round++) {
      if (round % ROUNDS_OF_A_FOLDER === 0) {
        if (folder) rmSync(folder, { recursive: true, force: true });
        folder = join(root, `folder-${round}`);
        mkdirSync(folder, { mode: 0o700 });
        expected = nothing;
      }
      const chosen = random.pick<Disk>(['well', 'well', 'full', 'read-only']);
      const disk = chosen === 'full' && !small ? 'well' : chosen;
      const outcome = await runRound({
        folder,
        disk,
        program,
        random,
        first: next,
        before: expected,
        uid: isRoot ? NOBODY : undefined,
      });
      expected = outcome.now;
      next = outcome.next;
      tally.rounds += 1;
      tally.kills[disk] += 1;
      tally.acknowledged += outcome.acknowledged;
      tally.cut += outcome.cut;
      for (const [code, count] of Object.entries(outcome.refused))
        tally.refused[code] = (tally.refused[code] ?? 0) + count;
      for (const problem of outcome.problems) {
        tally.problems.push(`round ${round} (${disk}): ${problem}`);
        say(`round ${round} (${disk}): ${problem}`);
      }
      if (tally.rounds % 50 === 0)
        say(`${tally.rounds} rounds: ${JSON.stringify({ ...tally, problems: tally.problems.length })}`);
    }
  } finally {
    small?.release();
    rmSync(root, { recursive: true, force: true });
  }
  return tally;
};

if (process.argv[1] === import.meta.filename) {
  const [rounds = '200', seed = '1'] = process.argv.slice(2);
  const { program, remove } = await bundled(resolve(import.meta.dirname, 'workload.ts'));
  // Ended early, it says what it found until then.
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    const tally = await runKills(Number(rounds), Number(seed), {
      signal: stop.signal,
      program,
      say: (line) => console.log(line),
    });
    console.log(JSON.stringify({ seed: Number(seed), ...tally }, null, 2));
    process.exitCode = tally.problems.length > 0 ? 1 : 0;
  } finally {
    remove();
  }
}
