/** The page when its host is away: said calmly, looked for, and nothing on the page is lost. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { end, type LoopbackProcess, startLoopback } from '../hosts/loopback.ts';
import { CasePage } from '../pages/case-page.ts';
import { CasesPage } from '../pages/cases-page.ts';

const demoStudy = resolve(import.meta.dirname, '../../../resources/demo/study');
const folders: string[] = [];
const hosts: LoopbackProcess[] = [];
test.afterEach(async () => {
  for (const host of hosts.splice(0)) await end(host, 'SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('without a connection the page says so in words, keeps what is entered, and goes on by itself when it is back', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  const notice = page.getByTestId('connection');
  await expect(notice).toBeEmpty();

  await page.context().setOffline(true);
  await current.open('factors');
  await current.fillFactor('afp', '321');
  await expect(notice).toContainText('haicast does not answer.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('Failed to fetch');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toContainText('haicast does not answer.');

  const kept = page.waitForResponse((response) => response.url().endsWith('/api/draft.keep'));
  await page.context().setOffline(false);
  await expect(notice).toBeEmpty({ timeout: 30_000 });
  // The host has what it missed: a reload brings it back.
  await kept;
  await page.reload();
  await current.imagesShown();
  await current.open('factors');
  await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('321');
});

test('a host that was started anew is said to be so; once its address is opened the page goes on, and its study is opened again', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-connection-'));
  folders.push(folder);
  cpSync(demoStudy, join(folder, 'study'), { recursive: true });
  const start = async (port: string): Promise<string> => {
    const host = await startLoopback({ dataFolder: join(folder, 'data'), arguments: ['--port', port] });
    hosts.push(host);
    return host.url;
  };
  const address = await start('0');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('factors');
  await current.fillFactor('afp', '321');

  await end(hosts[0] as LoopbackProcess, 'SIGKILL');
  const notice = page.getByTestId('connection');
  const { port } = new URL(address);
  await expect(notice).toContainText(`--port ${port}`);
  const anew = await start(port);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toContainText('was started anew and does not know this page');

  const tab = await context.newPage();
  await tab.goto(anew);
  await page.bringToFront();
  await expect(notice).toBeEmpty({ timeout: 30_000 });
  await expect(page.getByRole('status').filter({ hasText: 'images of this study are closed' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('relink').click();
  await (await chooser).setFiles(join(folder, 'study'));
  await current.imagesShown();
  await current.open('images');
  await expect(current.confirmRoles).toBeDisabled();
  await current.open('factors');
  await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('321');
  await context.close();
});

test('a reload stays at its place, with the unsaved case beside it; the bare address leads to the case', async ({
  launch,
}) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.confirmRoles.click();
  const places = page.getByRole('navigation');
  for (const place of ['models', 'evidence', 'cases']) {
    const link = places.locator(`a[href="#/${place}"]`);
    await link.click();
    await expect(link).toHaveClass(/router-link-active/);
    await page.reload();
    await expect(places.locator('a[href="#/case"]')).toBeVisible();
    await expect(link).toHaveClass(/router-link-active/);
  }
  await page.goto(new URL('/', page.url()).href);
  await current.imagesShown();
});
