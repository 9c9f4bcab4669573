/** One round: a process writes, something happens to it and to its disk, and what it told is compared with what is there. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../fuzz/random.ts';
import type { Child } from './child.ts';
import { passphraseOf } from './contents.ts';
import { type Disk, disturb, give, isTrueOf } from './disk.ts';
import { after, afterRefusal, type Expected } from './expected.ts';
import { isPutAside, withImage } from './image.ts';
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
  /** Where a copy of the folder may lie for a moment. */
  image: string;
}

export interface Outcome {
  problems: string[];
  now: Expected;
  /** Kinds of the writes that were acknowledged. */
  acknowledged: Kind[];
  /** The kind that was under way at the end, and at each moment in between that was looked at. */
  cut: (Kind | undefined)[];
  /** Codes of what was refused. */
  refused: string[];
  /** It was killed, and did not end by itself before. */
  killed: boolean;
  next: number;
}

const WRITES = 60;
/** Only Linux tells whether a process is stopped. */
const canStop = process.platform === 'linux';

/** At some moment it is killed: while it opens the folder, or some way into its writes. Before, it is stopped and looked at. */
const moments = (random: Random, { kill, stop }: { kill: () => void; stop: () => void }) => {
  const whileOpening = random.chance(0.15);
  const writes = random.below(24);
  const delay = random.below(whileOpening ? 60 : 15);
  let seen = 0;
  return (told: Told): void => {
    if (whileOpening ? told.at === 'loaded' : told.at === 'start' && seen++ === writes) setTimeout(kill, delay);
    else if (told.at === 'loaded' && random.chance(0.3)) setTimeout(stop, random.below(60));
    else if (told.at === 'start' && random.chance(0.7)) setTimeout(stop, random.below(12));
  };
};

const removePutAside = (folder: string): void => {
  // They would fill the disk.
  for (const name of readdirSync(folder).filter(isPutAside)) rmSync(join(folder, name), { force: true });
};

/** What was told until now: what the folder has to hold, and the write that is under way. */
interface Heard {
  now: Expected;
  open: Operation | undefined;
  next: number;
  acknowledged: Kind[];
  refused: string[];
  untrue: string[];
}

const hear = (heard: Heard, told: Told, disk: Disk): void => {
  const { open } = heard;
  if (told.at === 'created') heard.now = { ...heard.now, created: true };
  if (told.at === 'opened' && told.code !== undefined && told.state !== 'open' && !isTrueOf(disk, told.code, '')) {
    heard.untrue.push(`opening was refused as ${told.code}`);
  }
  if (told.at === 'start') {
    heard.open = told;
    heard.next = told.n + 1;
  }
  if (told.at === 'done' && open) {
    heard.now = after(heard.now, open, told);
    heard.acknowledged.push(open.kind);
    heard.open = undefined;
  }
  if (told.at === 'refused') {
    if (open) heard.now = afterRefusal(heard.now, open);
    heard.open = undefined;
    heard.refused.push(told.code);
    if (!isTrueOf(disk, told.code, told.detail ?? '')) {
      heard.untrue.push(`${told.kind ?? 'start'} was refused as ${told.code}: ${told.detail}`);
    }
  }
};

export const runRound = async (round: Round): Promise<Outcome> => {
  const { folder, disk, child, random, first, before, imports, uid, image } = round;
  removePutAside(folder);
  if (uid !== undefined) give(folder, uid);
  const heard: Heard = { now: before, open: undefined, next: first, acknowledged: [], refused: [], untrue: [] };
  const cut: Outcome['cut'] = [];
  const problems: string[] = [];
  const lookBetween = (): Promise<void> =>
    child.during(async () => {
      const { now, open } = heard;
      cut.push(open?.kind);
      const found = await withImage(folder, image, (copied) => look(copied, now, open, true));
      problems.push(...found.problems.map((problem) => `stopped in ${open?.kind ?? 'nothing'}: ${problem}`));
    });
  let stopping = Promise.resolve();
  const toldMoments = moments(random, {
    kill: () => child.kill(),
    stop: () => {
      if (canStop) stopping = stopping.then(lookBetween);
    },
  });
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
  const listen = (told: Told): void => {
    hear(heard, told, disk);
    toldMoments(told);
  };
  const [killed] = await Promise.all([child.work(job, listen), disturb(folder, disk, random, () => child.running())]);
  await stopping;
  const found = await look(folder, heard.now, heard.open);
  if (killed) cut.push(heard.open?.kind);
  const { acknowledged, refused, next, untrue } = heard;
  return {
    acknowledged,
    refused,
    killed,
    cut,
    next,
    now: found.now,
    problems: [...untrue, ...problems, ...found.problems],
  };
};
