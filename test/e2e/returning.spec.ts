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

/** What both panes show once they have come to rest: the same over two frames of the screen. */
const atRest = async (page: Page, current: CasePage) => {
  const look = async () => ({
    arterial: await shownIn(current, 'arterial'),
    portal: await shownIn(current, 'portal-venous'),
    picture: await pictureOf(page, 'arterial'),
  });
  let last = await look();
  await expect
    .poll(async () => {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const now = await look();
      const isSame = JSON.stringify(now) === JSON.stringify(last);
      last = now;
      return isSame;
    })
    .toBe(true);
  return last;
};

test('slice, zoom, place and window of every image are as they were left', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  const [arterial, portal] = [current.pane('arterial'), current.pane('portal-venous')];
  const fresh = await atRest(page, current);

  await arterial.hover();
  for (let notch = 0; notch < 2; notch++) {
    const before = await arterial.getAttribute('data-slice');
    await page.mouse.wheel(0, 100);
    await expect(arterial).not.toHaveAttribute('data-slice', before ?? '');
  }
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
  const linked = await portal.getAttribute('data-slice');
  await page.mouse.wheel(0, -100);
  await expect(portal).not.toHaveAttribute('data-slice', linked ?? '');
  const left = await atRest(page, current);
  expect(left.picture).not.toBe(fresh.picture);
  expect(left.arterial).not.toEqual(fresh.arterial);

  for (const place of ['cases', 'models', 'evidence']) {
    await page.getByRole('navigation').locator(`a[href="#/${place}"]`).click();
    await expect(arterial).toHaveCount(0);
    await page.getByRole('navigation').locator('a[href="#/case"]').click();
    await current.imagesShown();
    await expect.poll(() => atRest(page, current)).toEqual(left);
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
  /** Its words and its pictures, pixel by pixel. */
  const seen = async () => {
    await expect(report).toBeVisible();
    const pictures = report.getByTestId('key-image');
    // Six roles without the map and with it.
    await expect(pictures).toHaveCount(12);
    const pixels = await pictures.evaluateAll((all) =>
      Promise.all(
        all.map(async (image) => {
          if (!(image instanceof HTMLImageElement)) return '';
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = image.naturalWidth;
          canvas.height = image.naturalHeight;
          canvas.getContext('2d')?.drawImage(image, 0, 0);
          return canvas.toDataURL();
        }),
      ),
    );
    return { words: await report.innerText(), pixels };
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
  expect(await seen()).toEqual(fromResult);

  await list();
  await cases.list.getByRole('button', { name: 'Report' }).click();
  expect(await seen()).toEqual(fromResult);
});
