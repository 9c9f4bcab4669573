/** A crash leaves nothing of a patient behind: no dump is made, and no word of the history is in a log, a temporary file or what was said. */
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { workerId } from '../e2e/hosts/electron.ts';
import { CasePage } from '../e2e/pages/case-page.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { plantedAtBoard, plantedDecision, plantedListing, plantedMeeting } from '../fixtures/planted-meeting.ts';
import { callerOf } from './caller.ts';
import { expect, test } from './fixtures.ts';

const PASSPHRASE = 'a planted passphrase';
/** Of the simulated patient, what opens the history, and what was said at the board. */
const planted = ['SIM-0007', 'DEMO LIVER', 'DEMO^LIVER', PASSPHRASE, ...plantedAtBoard];

/** As bytes of the encodings that a process holds text in. */
const encodings = (word: string): Buffer[] => {
  const wide = Buffer.from(word, 'utf16le');
  return [Buffer.from(word, 'utf8'), wide, Buffer.from(wide).swap16()];
};
const needles = planted.flatMap(encodings);

/** ELF, e_type ET_CORE; the signature of a minidump. */
const isCore = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0x7f454c46 && bytes.readUInt16LE(16) === 4;
const isDump = (bytes: Buffer): boolean =>
  bytes.length > 20 && (bytes.toString('latin1', 0, 4) === 'MDMP' || isCore(bytes));

/** Files below a folder that hold a planted word, or the memory of a process. */
const given = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (isDump(bytes) || needles.some((needle) => bytes.includes(needle))) found.push(relative(folder, path));
  }
  return found;
};

const pageProcess = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

const left = process.platform === 'win32' ? 'no signal ends a process like a fault of its own' : '';

test(`a page, a worker or the application that crashes with a patient open makes no dump, and leaves no word of the patient${left && ` (left out: ${left})`}`, async ({
  launch,
  dataFolder,
}) => {
  test.skip(left !== '', left);
  const [data, home, temporary] = [join(dataFolder, 'data'), join(dataFolder, 'home'), join(dataFolder, 'tmp')];
  for (const folder of [data, home, temporary]) await mkdir(folder);
  // All that a process writes without being told where.
  const env = {
    TMPDIR: temporary,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
  const running = await launch({ dataFolder: data, env });
  const { app, page } = running;
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);
  const { call } = callerOf(page);
  const [one] = (await call('cases.list', {})).cases;
  const place = { caseId: one?.id ?? '', meetingId: 'thursday' };
  await call('board.save', { meeting: plantedMeeting([place.caseId]), base: null });
  await call('board.ask', { ...place, listing: plantedListing, base: null });
  const { revision } = await call('board.showModel', { ...place, when: 'after' });
  await call('board.decide', { ...place, entry: plantedDecision, revision, base: null });
  expect(await app.evaluate(({ app: main }) => main.getPath('crashDumps'))).toContain(data);

  const log = () => readFile(join(data, 'logs', 'haicast.log'), 'utf8');
  const crash = (id: number | undefined): void => {
    if (!id) throw new Error('there is no such process');
    process.kill(id, 'SIGSEGV');
  };
  for (const kind of ['dicom', 'inference'] as const) {
    crash(await workerId(app, kind));
    await expect.poll(log).toContain(`worker=${kind}`);
  }
  crash(await pageProcess(app));
  await expect.poll(log).toContain('page-gone reason=crashed');
  const main = app.process();
  const ended = once(main, 'exit');
  crash(main.pid);
  expect(await ended).toEqual([null, 'SIGSEGV']);

  expect(await given(dataFolder)).toEqual([]);
  expect(planted.filter((word) => running.output().includes(word))).toEqual([]);
  // What is looked for would be found.
  await writeFile(join(temporary, 'wide'), Buffer.from(`of ${plantedListing.question}`, 'utf16le'));
  await writeFile(join(temporary, 'dump'), `MDMP${' '.repeat(32)}`);
  expect((await given(dataFolder)).toSorted()).toEqual([join('tmp', 'dump'), join('tmp', 'wide')]);
});
