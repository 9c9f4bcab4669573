/**
 * The process that is killed. It loads everything, gives its rights away and waits; told what to do on its standard input, it
 * writes to a data folder by every path until it is killed, telling before and after each write: `node writer.ts [UID]`.
 */
import { readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { toErrorShape } from '#shared/errors.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import { Vault } from '../../src/main/cases/vault.ts';
import { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { seeded } from '../fuzz/random.ts';
import { fakeKeychain } from '../unit/main/cases/fake-keychain.ts';
import type { Job, Told } from './operations.ts';
import { type Folder, perform } from './perform.ts';
import { planned } from './plan.ts';

const tell = (told: Told): void => {
  writeSync(1, `${JSON.stringify(told)}\n`);
};

/** Waits without using the processor. Undefined where nobody is left who could say anything. */
const told = (): Job | undefined => {
  let text = '';
  const bytes = Buffer.alloc(65_536);
  while (!text.endsWith('\n')) {
    const read = readSync(0, bytes);
    if (read === 0) return undefined;
    text += bytes.toString('utf8', 0, read);
  }
  return JSON.parse(text) as Job;
};

/** With the cause: what is not foreseen is a fault of its own. */
const refusal = (error: unknown): { code: string; detail: string } => {
  const { code, detail = '' } = toErrorShape(error);
  return { code, detail };
};

const write = async ({ folder, seed, first, count, passphrase, imports }: Extract<Job, { work: 'write' }>) => {
  const random = seeded(seed);
  const vault = new Vault({ folder, keychain: fakeKeychain() });
  await vault.start();
  if (vault.status().state === 'new') {
    await vault.create({});
    tell({ at: 'created' });
  }
  const { state, code } = vault.status();
  tell({ at: 'opened', state, code });
  const settings = new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' });
  const waiting = join(folder, 'audit-waiting.jsonl');
  const open: Folder = { vault, settings, passphrase, imports, waiting, backups: join(folder, 'backups') };
  for (let n = first; n < first + count; n++) {
    const operation = await planned(open, n, random);
    tell({ at: 'start', ...operation });
    try {
      tell({ at: 'done', n, ...(await perform[operation.kind](open, operation)) });
    } catch (error) {
      tell({ at: 'refused', n, kind: operation.kind, ...refusal(error) });
      // A locked or unopened history is tried again, as a person would.
      if (vault.status().state !== 'open') await vault.unlock({}).catch(() => undefined);
    }
  }
  vault.close();
};

const migrate = ({ file, key }: Extract<Job, { work: 'migrate' }>): void => {
  new RecordsStore({ file, key: Uint8Array.from(Buffer.from(key, 'hex')) }).close();
  tell({ at: 'opened', state: 'open' });
};

const main = async (): Promise<void> => {
  const [uid] = process.argv.slice(2);
  // What is loaded late must be there before the rights are given up.
  new BetterSqlite(':memory:').close();
  if (uid) process.setuid?.(Number(uid));
  tell({ at: 'loaded' });
  const job = told();
  if (job?.work === 'write') await write(job);
  if (job?.work === 'migrate') migrate(job);
  tell({ at: 'end' });
};

main().catch((error: unknown) => {
  tell({ at: 'refused', n: -1, ...refusal(error) });
});
