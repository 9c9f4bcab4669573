/** Who leaves a case and comes back finds it as it was left; and the report is one, wherever it is opened. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

/** What a pane shows, as its own words and pixels say: slice, window, and the picture with zoom and place. */
const shownIn = async (current: CasePage, role: string) => {
  const pane = current.pane(role);
  await expect(pane).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
  return {
    slice: await pane.getAttribute('data-slice'),
    words: (await pane.innerText()).replace(/\s+/g, ' '),
  };
};

const pictureOf = (page: Page, role: string): Promise<string> =>
  page
    .locator(`[data-role="${role}"] .image canvas`)
    .first()
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));

test('slice, zoom, place and window of every image are as they were left', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  const [arterial, portal] = [current.pane('arterial'), current.pane('portal-venous')];
  const fresh = await pictureOf(page, 'arterial');

  await arterial.hover();
  await page.mouse.wheel(0, 100);
  await page.mouse.wheel(0, 100);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  const box = await arterial.boundingBox();
  if (!box) throw new Error('no pane');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  for (const [button, to] of [
    ['middle', at(0.6, 0.6)],
    ['right', at(0.7, 0.4)],
  ] as const) {
    await page.mouse.move(...at(0.5, 0.5));
    await page.mouse.down({ button });
    await page.mouse.move(...to, { steps: 3 });
    await page.mouse.up({ button });
  }
  // Apart from the others, the portal venous images stay where they are put.
  await page.keyboard.press('l');
  await portal.hover();
  await page.mouse.wheel(0, -100);
  const left = [await shownIn(current, 'arterial'), await shownIn(current, 'portal-venous')];
  const picture = await pictureOf(page, 'arterial');
  expect(picture).not.toBe(fresh);

  for (const place of ['cases', 'models', 'evidence']) {
    await page.getByRole('navigation').locator(`a[href="#/${place}"]`).click();
    await expect(arterial).toHaveCount(0);
    await page.getByRole('navigation').locator('a[href="#/case"]').click();
    await current.imagesShown();
    expect([await shownIn(current, 'arterial'), await shownIn(current, 'portal-venous')]).toEqual(left);
    await expect.poll(() => pictureOf(page, 'arterial')).toBe(picture);
  }
});

test('the report is the same from the result, by its key from the list, and for the kept case of the list', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const cases = new CasesPage(page);
  const report = page.getByTestId('report');
  const list = () => page.getByRole('navigation').locator('a[href="#/cases"]').click();
  const seen = async () => {
    await expect(report).toBeVisible();
    return report.innerText();
  };
  await cases.openDemo();
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);
  await page.getByRole('link', { name: 'Report' }).click();
  const fromResult = await seen();

  // Another slice, another zoom: the report is not what happens to be on screen.
  await page.getByRole('link', { name: 'Back' }).click();
  await current.imagesShown();
  await current.pane('arterial').hover();
  await page.mouse.wheel(0, 100);
  await list();
  await expect(cases.list).toBeVisible();
  await page.keyboard.press('r');
  expect(await seen()).toBe(fromResult);

  await list();
  await cases.list.getByRole('button', { name: 'Report' }).click();
  expect(await seen()).toBe(fromResult);
});
