/**
 * A data folder whose history holds the demonstration case, as the product itself saved it. Most of a short test's work is
 * to open six series and keep a case of them: it is done once in a run, and what does not ask how it came about begins with it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withLock } from '../../runtime/machine/cache-folder.ts';
import { CasePage } from '../pages/case-page.ts';
import { CasesPage } from '../pages/cases-page.ts';
import type { Launch } from './host.ts';

/** Opens the history of every kept case. */
export const PASSPHRASE = 'correct horse battery';

/** What the kept case has: its roles confirmed, or a lesion and its prediction, too. */
export type KeptDemo = 'confirmed' | 'predicted';

const root = resolve(import.meta.dirname, '../../../out/kept-demo');

const save = async (start: Launch, dataFolder: string, what: KeptDemo): Promise<void> => {
  const app = await start({ dataFolder });
  const current = new CasePage(app.page);
  await new CasesPage(app.page).openDemo();
  if (what === 'predicted') await current.predictDemo();
  else await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);
  await app.close();
};

/** Fills `dataFolder` with a copy. All workers of a run have one parent, and share what the first of them made. */
export const keepDemo = async (
  start: Launch,
  { hostKind, what, dataFolder }: { hostKind: string; what: KeptDemo; dataFolder: string },
): Promise<void> => {
  const made = join(root, `${hostKind}-${what}`);
  /** Says by which run it was made: another one may be of another version. */
  const stamp = `${made}.run`;
  const run = String(process.ppid);
  await withLock(`${made}.lock`, async () => {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === run) return;
    await rm(made, { recursive: true, force: true });
    await save(start, made, what);
    await writeFile(stamp, run);
  });
  await cp(made, dataFolder, { recursive: true });
};
