/** A history of a released schema, and a process that is killed while it brings it to the newest. */
import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import type { Random } from '../fuzz/random.ts';
import { expectedOf, keyOf, recordFixtures } from '../unit/main/cases/record-fixtures.ts';
import { type Disk, disturb, give } from './round.ts';

/** Longer than a migration of a fixture takes, so that kills fall before, in and after it. */
const LONGEST_WAIT_MS = 120;

export interface MigrationRound {
  /** Empty. */
  folder: string;
  disk: Disk;
  /** `migrating.ts`, as a file that Node runs. */
  program: string;
  random: Random;
  uid?: number | undefined;
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

export const runMigration = async ({
  folder,
  disk,
  program,
  random,
  uid,
}: MigrationRound): Promise<{ killed: boolean; refused: string | undefined; problems: string[] }> => {
  const fixture = random.pick(recordFixtures()).folder;
  const file = join(folder, 'records.db');
  const key = await keyOf(fixture);
  copyFileSync(join(fixture, 'records.db'), file);
  if (uid !== undefined) give(folder, uid);
  const args = [file, Buffer.from(key).toString('hex'), ...(uid === undefined ? [] : [String(uid)])];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const delay = random.below(LONGEST_WAIT_MS);
  let refused: string | undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'loaded') setTimeout(() => child.kill('SIGKILL'), delay);
    if (line.startsWith('refused ')) refused = line.slice('refused '.length);
  });
  let running = true;
  const ended = new Promise<string | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal))).then(
    (signal) => {
      running = false;
      return signal === 'SIGKILL';
    },
  );
  const heard = new Promise((resolve) => lines.on('close', resolve));
  const [killed] = await Promise.all([ended, heard, disturb(folder, disk, random, () => running)]);
  return { killed, refused, problems: lookAt(file, key, fixture) };
};
