/** A history of a released schema, and a process that is killed while it brings it to the newest. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import type { Random } from '../fuzz/random.ts';
import { expectedOf, keyOf, recordFixtures } from '../unit/main/cases/record-fixtures.ts';
import type { Child } from './child.ts';
import { type Disk, disturb, give, isTrueOf } from './disk.ts';
import type { Told } from './operations.ts';

/** Longer than a migration of a fixture takes, so that kills fall before, in and after it. */
const LONGEST_WAIT_MS = 120;

export interface MigrationRound {
  /** Empty. */
  folder: string;
  disk: Disk;
  child: Child;
  random: Random;
  uid: number | undefined;
}

/** Is everything of `expected` in what was found? What was found may have gained what an older schema did not know. */
const holds = (found: unknown, expected: unknown): boolean => {
  if (typeof expected !== 'object' || expected === null) return Object.is(found, expected);
  return (
    typeof found === 'object' &&
    found !== null &&
    Object.entries(expected).every(([name, value]) => holds((found as Record<string, unknown>)[name], value))
  );
};

/** Of what the fixture held, what is not there. */
const lookAt = (file: string, key: Uint8Array, fixture: string): string[] => {
  const store = new RecordsStore({ file, key });
  try {
    const { cases, deidentification } = expectedOf(fixture);
    const lost = cases.filter((one) => !holds(store.get(one.id), one));
    const verdict = store.verify();
    return [
      ...lost.map(({ id }) => `case ${id} is not as it was`),
      ...(Buffer.from(store.secret('deidentification')).toString('hex') === deidentification ? [] : ['another secret']),
      ...(verdict.intact ? [] : [`verification: ${verdict.problem}`]),
    ];
  } finally {
    store.close();
  }
};

const keys = new Map<string, Uint8Array>();

/** Of a fixture: stretching its passphrase takes longer than all the rest. */
const keyOnce = async (fixture: string): Promise<Uint8Array> => {
  const key = keys.get(fixture) ?? (await keyOf(fixture));
  keys.set(fixture, key);
  return key;
};

export const runMigration = async ({
  folder,
  disk,
  child,
  random,
  uid,
}: MigrationRound): Promise<{ killed: boolean; refused: string | undefined; problems: string[] }> => {
  const fixture = random.pick(recordFixtures()).folder;
  const file = join(folder, 'records.db');
  const key = await keyOnce(fixture);
  copyFileSync(join(fixture, 'records.db'), file);
  if (uid !== undefined) give(folder, uid);
  const delay = random.below(LONGEST_WAIT_MS);
  let refused: string | undefined;
  const untrue: string[] = [];
  const hear = (told: Told): void => {
    if (told.at === 'loaded') setTimeout(() => child.kill(), delay);
    if (told.at !== 'refused') return;
    refused = told.code;
    if (!isTrueOf(disk, told.code, told.detail ?? '')) untrue.push(`refused as ${told.code}: ${told.detail}`);
  };
  const job = { work: 'migrate' as const, file, key: Buffer.from(key).toString('hex') };
  const [killed] = await Promise.all([child.work(job, hear), disturb(folder, disk, random, () => child.running())]);
  return { killed, refused, problems: [...untrue, ...lookAt(file, key, fixture)] };
};
