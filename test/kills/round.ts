/** One round: a process writes, something happens to it and to its disk, and what it told is compared with what is there. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../fuzz/random.ts';
import type { Child } from './child.ts';
import { passphraseOf } from './contents.ts';
import { type Disk, disturb, give, isTrueOf } from './disk.ts';
import { after, afterRefusal, type Expected } from './expected.ts';
import { look } from './look.ts';
import type { Importable, Kind, Operation, Told } from './operations.ts';

export interface Round {
  folder: string;
  disk: Disk;
  child: Child;
  random: Random;
  /** Number of its first write. */
  first: number;
  before: Expected;
  imports: readonly Importable[];
  uid: number | undefined;
}

export interface Outcome {
  problems: string[];
  now: Expected;
  /** Kinds of the writes that were acknowledged. */
  acknowledged: Kind[];
  /** The kind that was under way at the end. */
  cut: Kind | undefined;
  /** Codes of what was refused. */
  refused: string[];
  /** It was killed, and did not end by itself before. */
  killed: boolean;
  next: number;
}

const WRITES = 40;

/** Kills the process at some moment: while it opens the folder, or some way into its writes. */
const killer = (random: Random, kill: () => void) => {
  const whileOpening = random.chance(0.2);
  const writes = random.below(10);
  const delay = random.below(whileOpening ? 60 : 15);
  let seen = 0;
  return (told: Told): void => {
    if (whileOpening ? told.at === 'loaded' : told.at === 'start' && seen++ === writes) setTimeout(kill, delay);
  };
};

/** Histories that another one took the place of stay beside it; here they would fill the disk. */
const removePutAside = (folder: string): void => {
  for (const name of readdirSync(folder).filter((one) => /\.(replaced|damaged)-\d+$/.test(one))) {
    rmSync(join(folder, name), { force: true });
  }
};

export const runRound = async (round: Round): Promise<Outcome> => {
  const { folder, disk, child, random, first, before, imports, uid } = round;
  removePutAside(folder);
  if (uid !== undefined) give(folder, uid);
  let now = before;
  let open: Operation | undefined;
  let next = first;
  const acknowledged: Kind[] = [];
  const refused: string[] = [];
  const untrue: string[] = [];
  const toldKiller = killer(random, () => child.kill());
  const hear = (told: Told): void => {
    toldKiller(told);
    if (told.at === 'created') now = { ...now, created: true };
    if (told.at === 'opened' && told.code !== undefined && told.state !== 'open' && !isTrueOf(disk, told.code, '')) {
      untrue.push(`opening was refused as ${told.code}`);
    }
    if (told.at === 'start') {
      open = told;
      next = told.n + 1;
    }
    if (told.at === 'done' && open) {
      now = after(now, open, told);
      acknowledged.push(open.kind);
      open = undefined;
    }
    if (told.at === 'refused') {
      if (open) now = afterRefusal(now, open);
      open = undefined;
      refused.push(told.code);
      if (!isTrueOf(disk, told.code, told.detail ?? '')) {
        untrue.push(`${told.kind ?? 'start'} was refused as ${told.code}: ${told.detail}`);
      }
    }
  };
  const passphrase = before.passphrase === undefined ? undefined : passphraseOf(before.passphrase);
  const job = {
    work: 'write' as const,
    folder,
    seed: random.below(2 ** 31),
    first,
    count: WRITES,
    passphrase,
    imports,
  };
  const [killed] = await Promise.all([child.work(job, hear), disturb(folder, disk, random, () => child.running())]);
  const found = await look(folder, now, open);
  const cut = open?.kind;
  return { acknowledged, refused, killed, cut, next, now: found.now, problems: [...untrue, ...found.problems] };
};
