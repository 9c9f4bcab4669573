/** The images on another screen: a view of the case on this one, and never of anything else. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { tap } from './pages/tap.ts';

const PASSPHRASE = 'correct horse battery';

const opened = async (page: Page): Promise<Page> => {
  const coming = page.waitForEvent('popup');
  await page.getByTestId('second-window').click();
  const second = await coming;
  await new CasePage(second).imagesShown();
  return second;
};
const sliceOf = (page: Page) => new CasePage(page).pane('arterial').getAttribute('data-slice');
const windowOf = async (page: Page) => /W \S+ L \S+/.exec(await new CasePage(page).pane('arterial').innerText())?.[0];
const shownIn = (page: Page) => page.locator('[data-role]:visible');
const lesionsIn = (page: Page) => new CasePage(page).pane('arterial').locator('.mark.lesion');
const scroll = async (page: Page, notches: number) => {
  const box = await new CasePage(page).pane('arterial').boundingBox();
  if (!box) throw new Error('no arterial pane');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 100 * notches);
};

test('the second window shows the same case at the same place, with the same map, marks and windows, in a layout of its own; it is gone with the case', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.predictDemo();
  await scroll(page, 2);
  const second = await opened(page);
  await expect(second).toHaveTitle('haicast');
  await expect(second.getByTestId('patient-banner')).toHaveText(await page.getByTestId('patient-banner').innerText(), {
    useInnerText: true,
  });
  await expect(second.getByTestId('simulated-banner')).toBeVisible();
  await expect.poll(() => sliceOf(second)).toBe(await sliceOf(page));

  await scroll(page, 3);
  await expect.poll(() => sliceOf(second)).toBe(await sliceOf(page));
  const before = await sliceOf(page);
  await scroll(second, -2);
  await expect.poll(() => sliceOf(page)).not.toBe(before);
  await expect.poll(() => sliceOf(second)).toBe(await sliceOf(page));

  // Keys are the page's, whichever window they are pressed in; the map goes and comes in both.
  await tap(second, 'c');
  await expect(page.getByTestId('map-legend')).toBeHidden();
  await expect(second.getByTestId('map-legend')).toBeHidden();
  await tap(page, 'c');
  await expect(second.getByTestId('map-legend')).toBeVisible();
  await second.keyboard.press('h');
  await expect(page.getByTestId('patient-banner')).toContainText('Identity hidden');
  await expect(second.getByTestId('patient-banner')).toContainText('Identity hidden');
  await page.keyboard.press('h');

  // A window that is chosen in one is the other's, too; zoom and layout are each screen's own.
  const wide = await windowOf(page);
  const box = await new CasePage(second).pane('arterial').boundingBox();
  if (!box) throw new Error('no arterial pane');
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.6];
  await second.mouse.move(x, y);
  await second.mouse.down();
  await second.mouse.move(x + 30, y, { steps: 3 });
  await second.mouse.move(x + 60, y, { steps: 3 });
  await second.mouse.up();
  await expect.poll(() => windowOf(second)).not.toBe(wide);
  await expect.poll(() => windowOf(page)).toBe(await windowOf(second));
  await page.getByTestId('image-menu').selectOption('reset');
  await expect.poll(() => windowOf(page)).toBe(wide);
  await expect.poll(() => windowOf(second)).toBe(wide);

  // What is drawn or taken back on the first is on the second.
  await expect(lesionsIn(second)).toHaveCount(1);
  await current.open('lesions');
  await page.getByTestId('typed-long').fill('20');
  await page.getByTestId('typed-long').press('Enter');
  await expect(lesionsIn(page)).toHaveCount(2);
  await expect(lesionsIn(second)).toHaveCount(2);
  await page.getByTestId('settings').focus();
  await page.keyboard.press('Control+z');
  await expect(lesionsIn(second)).toHaveCount(1);

  await new CasePage(second).pane('delayed').click({ position: { x: 20, y: 120 } });
  await second.getByTestId('layout').selectOption('1x1');
  await expect(shownIn(second)).toHaveCount(1);
  await expect(shownIn(second)).toHaveAttribute('data-role', 'delayed');
  await expect(shownIn(page)).toHaveCount(6);
  const away = second.waitForEvent('close');
  await page.getByTestId('settings').focus();
  await page.keyboard.press('w');
  await away;
  const coming = page.waitForEvent('popup');
  await page.getByTestId('second-window').click();
  const again = await coming;
  await expect(shownIn(again)).toHaveCount(1);
  await expect(shownIn(again)).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });

  const closed = again.waitForEvent('close');
  await page.getByRole('link', { name: 'Cases' }).click();
  await closed;
});

test('what is drawn, moved and taken away in the second window, and a series laid elsewhere, is in the case of the first, once, and is taken back there', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.open('lesions');
  const second = await opened(page);
  const drag = async (...path: readonly (readonly [x: number, y: number])[]) => {
    const box = await new CasePage(second).pane('arterial').boundingBox();
    if (!box) throw new Error('no arterial pane');
    const [from, ...way] = path.map(([x, y]) => [box.x + box.width * x, box.y + box.height * y] as const);
    if (!from) throw new Error('no path');
    await second.mouse.move(...from);
    await second.mouse.down();
    for (const to of way) await second.mouse.move(...to);
    await second.mouse.up();
  };
  const marks = page.getByTestId('mark');
  const undo = async () => {
    await page.getByTestId('settings').focus();
    await page.keyboard.press('Control+z');
  };

  // A tool is in hand in both windows, wherever it was chosen: by the toolbar there, by a key here.
  const measure = (of: Page) => of.getByRole('toolbar').getByRole('button', { name: /^Measure/ });
  await measure(second).click();
  await expect(measure(page)).toHaveAttribute('aria-pressed', 'true');
  await drag([0.35, 0.5], [0.45, 0.5], [0.55, 0.5]);
  await expect(lesionsIn(page)).toHaveCount(1);
  await expect(lesionsIn(second)).toHaveCount(1);
  await expect(measure(second)).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('d');
  await expect(second.getByTestId('more-tools')).toHaveValue('length');
  await drag([0.35, 0.65], [0.45, 0.65], [0.55, 0.65]);
  await expect(marks).toHaveCount(1);
  const long = (text: string) => Number(/([\d.]+) mm/.exec(text)?.[1]);
  const drawn = long(await marks.innerText());

  // An end that is moved there is moved here; what is too small is refused where it was drawn.
  await page.keyboard.press('Escape');
  await drag([0.55, 0.65], [0.6, 0.65], [0.65, 0.65]);
  await expect.poll(async () => long(await marks.innerText())).toBeGreaterThan(drawn * 1.3);
  await undo();
  await expect.poll(async () => long(await marks.innerText())).toBe(drawn);
  await second.getByTestId('more-tools').selectOption('length');
  await drag([0.4, 0.8], [0.5, 0.8], [0.45, 0.8], [0.4, 0.802]);
  await expect(new CasePage(second).pane('arterial')).toContainText('Shorter than 2 mm');
  await expect(new CasePage(page).pane('arterial')).not.toContainText('Shorter than 2 mm');
  await expect(marks).toHaveCount(1);
  // A region says what the pixels under it are.
  await second.getByTestId('more-tools').selectOption('ellipse');
  await drag([0.3, 0.4], [0.35, 0.45], [0.4, 0.5]);
  await expect(marks.last()).toContainText('SD');
  await undo();
  await second.getByTestId('more-tools').selectOption('eraser');
  await drag([0.45, 0.65]);
  await expect(marks).toHaveCount(0);
  await undo();
  await expect(marks).toHaveCount(1);
  await undo();
  await undo();
  await expect(lesionsIn(page)).toHaveCount(0);
  await expect(lesionsIn(second)).toHaveCount(0);

  // A series that is laid on the arterial one there is moved here, and comes back with what is taken back.
  await second.getByTestId('more-tools').selectOption('move');
  const delayed = await new CasePage(second).pane('delayed').boundingBox();
  if (!delayed) throw new Error('no delayed pane');
  const [x, y] = [delayed.x + delayed.width / 2, delayed.y + delayed.height / 2];
  await second.mouse.move(x, y);
  await second.mouse.down();
  await second.mouse.move(x + 10, y, { steps: 3 });
  await second.mouse.move(x + 20, y, { steps: 3 });
  await second.mouse.up();
  await expect(second.getByTestId('move-bar')).toContainText('Delayed');
  for (const shown of [page, second]) await expect(new CasePage(shown).pane('delayed')).toContainText('moved by');
  await undo();
  for (const shown of [page, second]) await expect(new CasePage(shown).pane('delayed')).not.toContainText('moved by');

  // A drawing that is under way goes with its window, and the next one is drawn here as ever.
  await page.keyboard.press('Escape');
  await measure(second).focus();
  await second.keyboard.press('Space');
  await expect(measure(second)).toHaveAttribute('aria-pressed', 'true');
  const box = await new CasePage(second).pane('arterial').boundingBox();
  if (!box) throw new Error('no arterial pane');
  await second.mouse.move(box.x + 150, box.y + 150);
  await second.mouse.down();
  await second.mouse.move(box.x + 200, box.y + 150);
  const closed = second.waitForEvent('close');
  await second.close();
  await closed.catch(() => undefined);
  await expect(lesionsIn(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await current.drawLesion('arterial', [0.35, 0.5], [0.55, 0.5]);
  await expect(lesionsIn(page)).toHaveCount(1);
});

test('a lock hides the patient in both windows; one press of W closes it', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);
  const second = await opened(page);
  const name = await second.getByTestId('patient-banner').locator('strong').innerText();

  await page.getByTestId('settings').click();
  await page.getByTestId('records-lock').click();
  await expect(second.getByTestId('images-window')).toHaveText('haicast is locked.');
  await expect(second.locator('canvas')).toHaveCount(0);
  expect(await second.locator('html').innerHTML()).not.toContain(name);

  await page.getByTestId('passphrase').fill(PASSPHRASE);
  await page.getByTestId('records-submit').click();
  await new CasePage(second).imagesShown();
  await expect(second.getByTestId('patient-banner')).toContainText(name);

  const closed = second.waitForEvent('close');
  await page.keyboard.press('w');
  await closed;
  await expect(page.getByTestId('second-window')).toHaveAttribute('aria-pressed', 'false');

  // It ends with the page that draws it.
  const again = await opened(page);
  const ended = again.waitForEvent('close');
  await page.reload();
  await ended;
});
