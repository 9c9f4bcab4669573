/**
 * Kills, full disks and read-only moments over all write paths: `npm run kills -- [ROUNDS [SEED]]`. Says how many were tried,
 * and each acknowledged write that was not there afterwards, or refused one that was. Ends with 1 where there was one.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../fuzz/random.ts';
import { type Expected, nothing } from './expected.ts';
import { runMigration } from './migration-round.ts';
import { bundledPrograms, type Programs } from './program.ts';
import { type Disk, mountSmall, runRound } from './round.ts';

/** A folder lives for so many rounds. */
const ROUNDS_OF_A_FOLDER = 20;
const SMALL_DISK_MB = 12;
/** Every so many rounds, a history of a released schema is brought to the newest. */
const MIGRATION_EACH = 6;

export interface Tally {
  rounds: number;
  /** Rounds with each kind of disk. */
  disks: Record<Disk, number>;
  /** Processes that were killed; the others had ended before. */
  killed: number;
  /** Kills while an older schema was brought to the newest. */
  migrations: number;
  acknowledged: number;
  kinds: Record<string, number>;
  cut: number;
  refused: Record<string, number>;
  problems: string[];
}

const NOBODY = 65_534;

const add = (to: Record<string, number>, counts: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count;
};

interface RunOptions {
  programs: Pick<Programs, 'workload' | 'migrating'>;
  say?: (line: string) => void;
  signal?: AbortSignal;
}

export const runKills = async (
  rounds: number,
  seed: number,
  { programs, say = () => undefined, signal }: RunOptions,
): Promise<Tally> => {
  const random = seeded(seed);
  const root = mkdtempSync(join(tmpdir(), 'haicast-kills-'));
  const small = mountSmall(root, SMALL_DISK_MB);
  const isRoot = process.getuid?.() === 0;
  const tally: Tally = {
    rounds: 0,
    disks: { well: 0, full: 0, 'read-only': 0 },
    killed: 0,
    migrations: 0,
    acknowledged: 0,
    kinds: {},
    cut: 0,
    refused: {},
    problems: [],
  };
  const complain = (problem: string) => {
    tally.problems.push(problem);
    say(problem);
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
      if (round % MIGRATION_EACH === MIGRATION_EACH - 1) {
        const empty = join(root, `schema-${round}`);
        mkdirSync(empty, { mode: 0o700 });
        const { killed, refused, problems } = await runMigration({
          folder: empty,
          disk,
          program: programs.migrating,
          random,
          uid: isRoot ? NOBODY : undefined,
        });
        rmSync(empty, { recursive: true, force: true });
        tally.rounds += 1;
        tally.disks[disk] += 1;
        tally.migrations += killed ? 1 : 0;
        tally.killed += killed ? 1 : 0;
        if (refused !== undefined) add(tally.refused, { [refused]: 1 });
        for (const problem of problems) complain(`round ${round} (${disk}, migration): ${problem}`);
        continue;
      }
      const outcome = await runRound({
        folder,
        disk,
        program: programs.workload,
        random,
        first: next,
        before: expected,
        uid: isRoot ? NOBODY : undefined,
      });
      expected = outcome.now;
      next = outcome.next;
      tally.rounds += 1;
      tally.disks[disk] += 1;
      tally.killed += outcome.killed ? 1 : 0;
      tally.acknowledged += outcome.acknowledged;
      tally.cut += outcome.cut;
      add(tally.refused, outcome.refused);
      add(tally.kinds, outcome.kinds);
      for (const problem of outcome.problems) complain(`round ${round} (${disk}): ${problem}`);
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
  const programs = await bundledPrograms();
  // Ended early, it says what it found until then.
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    const tally = await runKills(Number(rounds), Number(seed), {
      signal: stop.signal,
      programs,
      say: (line) => console.log(line),
    });
    console.log(JSON.stringify({ seed: Number(seed), ...tally }, null, 2));
    process.exitCode = tally.problems.length > 0 ? 1 : 0;
  } finally {
    programs.remove();
  }
}
