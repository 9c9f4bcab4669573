/**
 * Kills processes that write to the records by every path, fills their disk and takes their rights away, and looks at what is
 * there afterwards: `npm run kills -- [ROUNDS] [SEED]`. Tells every acknowledged write that is not there afterwards, or refused
 * one that was, and every refusal that is not true of the disk. Ends with 1 where there was one.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../fuzz/random.ts';
import { children } from './child.ts';
import { type Disk, mountSmall } from './disk.ts';
import { type Expected, nothing } from './expected.ts';
import { importables } from './imports.ts';
import { runMigration } from './migration-round.ts';
import { type Program, writerProgram } from './program.ts';
import { runRound } from './round.ts';
import { addMigration, addRound, noRounds, type Tally } from './tally.ts';

/** A folder lives for so many rounds. */
const ROUNDS_OF_A_FOLDER = 20;
const SMALL_DISK_MB = 8;
/** For copies that are looked at. */
const ROOMY_DISK_MB = 64;
const IMPORTS = 8;
/** Every so many rounds, a history of a released schema is brought to the newest. */
const MIGRATION_EACH = 8;
const NOBODY = 65_534;

interface RunOptions {
  program: Program;
  say?: (line: string) => void;
  signal?: AbortSignal;
}

export const runKills = async (
  rounds: number,
  seed: number,
  { program, say = () => undefined, signal }: RunOptions,
): Promise<Tally> => {
  const random = seeded(seed);
  const root = mkdtempSync(join(tmpdir(), 'haicast-kills-'));
  chmodSync(root, 0o755);
  const disks = join(root, 'disk');
  mkdirSync(disks);
  const small = mountSmall(disks, SMALL_DISK_MB);
  const images = join(root, 'images');
  mkdirSync(images);
  const roomy = mountSmall(images, ROOMY_DISK_MB);
  const uid = process.getuid?.() === 0 ? NOBODY : undefined;
  const imports = await importables(join(root, 'exports'), IMPORTS);
  const writers = children(program, uid);
  const tally = noRounds();
  const folderOf = (name: string): string => {
    const folder = join(disks, name);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  };
  const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });
  const migrationRound = async (round: number, disk: Disk): Promise<string[]> => {
    const folder = folderOf(`schema-${round}`);
    const outcome = await runMigration({ folder, disk, child: writers.next(), random, uid });
    remove(folder);
    addMigration(tally, disk, outcome);
    return outcome.problems.map((problem) => `migration: ${problem}`);
  };
  let folder = '';
  let expected: Expected = nothing;
  let next = 1;
  const writeRound = async (round: number, disk: Disk): Promise<string[]> => {
    if (round % ROUNDS_OF_A_FOLDER === 0) {
      if (folder) remove(folder);
      folder = folderOf(`folder-${round}`);
      [expected, next] = [nothing, 1];
    }
    const image = join(images, 'one');
    const given = { folder, disk, child: writers.next(), random, first: next, before: expected, imports, uid, image };
    const outcome = await runRound(given);
    [expected, next] = [outcome.now, outcome.next];
    addRound(tally, disk, outcome);
    return outcome.problems;
  };
  try {
    for (let round = 0; round < rounds && !signal?.aborted; round++) {
      const chosen = random.pick<Disk>(['well', 'well', 'full', 'read-only']);
      const disk = chosen === 'full' && !small ? 'well' : chosen;
      const isMigration = round % MIGRATION_EACH === MIGRATION_EACH - 1;
      const problems = await (isMigration ? migrationRound(round, disk) : writeRound(round, disk));
      for (const problem of problems) {
        tally.problems.push(`round ${round} (${disk}): ${problem}`);
        say(`round ${round} (${disk}): ${problem}`);
      }
      if (tally.rounds % 50 === 0) say(`${new Date().toISOString()} ${JSON.stringify(tally)}`);
    }
  } finally {
    writers.dismiss();
    small?.release();
    roomy?.release();
    remove(root);
  }
  return tally;
};

if (process.argv[1] === import.meta.filename) {
  const [rounds = '200', seed = '1'] = process.argv.slice(2);
  const program = await writerProgram();
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
    program.remove();
  }
}
