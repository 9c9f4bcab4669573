/** Files that the page makes itself (a chart, a table) in the window: Chromium's own download, which a test answers for the person. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('what the page made is saved where somebody says, and nothing else is downloaded', async ({
  launch,
  dataFolder,
}) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await app.evaluate(({ session }, folder) => {
    const ended: Record<string, string> = {};
    Object.assign(globalThis, { ended });
    session.defaultSession.on('will-download', (_event, item) => {
      const name = item.getFilename();
      item.setSavePath(`${folder}/${name}`);
      item.once('done', (_done, state) => {
        ended[name] = state;
      });
    });
  }, dataFolder);
  const ended = () => app.evaluate(() => (globalThis as { ended?: Record<string, string> }).ended);

  await page.evaluate(`(() => {
    const save = (address, name) => Object.assign(document.createElement('a'), { href: address, download: name }).click();
    const own = URL.createObjectURL(new Blob(['a,b']));
    save(own, 'own.csv');
    URL.revokeObjectURL(own);
  })()`);
  await expect.poll(ended).toStrictEqual({ 'own.csv': 'completed' });
  expect(await readFile(join(dataFolder, 'own.csv'), 'utf8')).toBe('a,b');
  const modeOf = async () => (await stat(join(dataFolder, 'own.csv'))).mode & 0o777;
  if (process.platform !== 'win32') await expect.poll(modeOf, 'of its owner alone').toBe(0o600);

  await page.evaluate(
    `Object.assign(document.createElement('a'), { href: 'index.html', download: 'page.html' }).click()`,
  );
  await page.evaluate(
    `Object.assign(document.createElement('a'), { href: 'data:text/plain,a', download: 'data.txt' }).click()`,
  );
  await expect.poll(ended).toMatchObject({ 'page.html': 'cancelled', 'data.txt': 'cancelled' });
});

test('what could not be written is told by its name', async ({ launch, dataFolder }) => {
  const blocked = join(dataFolder, 'blocked');
  await writeFile(blocked, '');
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await app.evaluate(
    ({ dialog, session }, file) => {
      dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
        Object.assign(globalThis, { told: message });
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
      // A file stands where the folder would be.
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(file));
    },
    join(blocked, 'cohort.csv'),
  );
  await page.evaluate(`(() => {
    const own = URL.createObjectURL(new Blob(['a,b']));
    Object.assign(document.createElement('a'), { href: own, download: 'cohort.csv' }).click();
  })()`);
  await expect.poll(() => app.evaluate(() => (globalThis as { told?: string }).told)).toBe('cohort.csv was not saved.');
});
