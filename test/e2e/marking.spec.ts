/** What a reader marks stays with the case, and a whole case is read without a mouse. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const MOST_STOPS = 200;

/** Goes on by Tab until this has the focus. */
const tabTo = async (page: Page, wanted: Locator): Promise<void> => {
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
};

/** How often anything was pressed with a pointer, or turned by its wheel, from now on. */
const pointersFrom = async (page: Page): Promise<() => Promise<number>> => {
  const counted = await page.evaluateHandle(() => {
    const count = { presses: 0 };
    for (const type of ['pointerdown', 'touchstart', 'wheel'])
      window.addEventListener(type, () => (count.presses += 1), { capture: true, passive: true });
    return count;
  });
  return () => counted.evaluate(({ presses }) => presses);
};

test('a whole case by keyboard alone: opened, confirmed, a lesion marked, factors, predicted, saved, its report read', async ({
  launch,
}) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  const current = new CasePage(page);
  const pressed = await pointersFrom(page);
  await tabTo(page, cases.demo);
  await page.keyboard.press('Enter');
  await current.imagesShown();
  await tabTo(page, current.confirmRoles);
  await page.keyboard.press('Enter');

  const arterial = current.pane('arterial');
  const slice = Number(await arterial.getAttribute('data-slice'));
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  // The crosshair moved within the slice, and the pages still scroll.
  await expect(arterial).toHaveAttribute('data-slice', String(slice));
  await page.keyboard.press('PageDown');
  await expect(arterial).not.toHaveAttribute('data-slice', String(slice));
  await tabTo(page, page.getByTestId('typed-long'));
  await page.keyboard.type('42');
  await page.keyboard.press('Tab');
  await page.keyboard.type('50');
  await expect(page.getByTestId('typed-lesion').getByRole('alert')).toBeVisible();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await expect(current.lesions).toHaveCount(1);
  await expect(current.lesions).toContainText('42.0 × 30.0 mm');

  const factors = current.step('factors').locator('h2 button');
  await tabTo(page, factors);
  if ((await factors.getAttribute('aria-expanded')) === 'false') await page.keyboard.press('Enter');
  const afp = page.getByTestId('factor-afp').getByRole('textbox').first();
  await tabTo(page, afp);
  await page.keyboard.type('400 ng/mL');
  await page.keyboard.press('Tab');
  // A choice by its arrows: the one that is there, then the next.
  const chosen = page.getByTestId('factor-sex').getByRole('radio', { checked: true });
  await tabTo(page, chosen);
  const before = await chosen.getAttribute('value');
  await page.keyboard.press('ArrowRight');
  await expect(chosen).not.toHaveAttribute('value', before ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(chosen).toHaveAttribute('value', before ?? '');

  await tabTo(page, current.predict);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('step-result').locator('h2')).not.toContainText('not predicted', { timeout: 60_000 });
  await expect(current.probability.or(page.getByTestId('show-anyway')).first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+s');
  const asked = page.getByTestId('passphrase');
  const kept = page.getByTestId('recovery-kept');
  await asked.or(kept).waitFor();
  if (await asked.isVisible()) {
    await tabTo(page, asked);
    await page.keyboard.type('correct horse battery');
    await tabTo(page, page.getByTestId('passphrase-again'));
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByTestId('recovery-key')).toHaveText(/\S{20,}/, { timeout: 60_000 });
  await tabTo(page, kept);
  await page.keyboard.press('Enter');
  await expect(current.save).toBeDisabled();
  await tabTo(page, page.getByTestId('to-report'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('report')).toContainText(/AFP.*400/s);
  await expect(page.getByTestId('report')).toContainText('42');
  expect(await pressed()).toBe(0);
});

test('a mark that is no lesion is listed, told of, undone, kept, and no input of the prediction', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.predictDemo();
  await current.open('lesions');
  const marks = page.getByTestId('mark');
  await page.keyboard.press('d');
  const box = await current.pane('portal-venous').boundingBox();
  if (!box) throw new Error('no pane');
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.65, box.y + box.height * 0.72);
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75);
  await page.mouse.up();
  await expect(marks).toHaveCount(1);
  await expect(marks).toContainText(/Length\s*\d+\.\d mm/);
  await page.keyboard.press('Control+z');
  await expect(marks).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(marks).toHaveCount(1);

  // From the list to its place.
  const portal = current.pane('portal-venous');
  const slice = (await portal.getAttribute('data-slice')) ?? '';
  await portal.getByRole('slider').focus();
  await page.keyboard.press('PageDown');
  await expect(portal).not.toHaveAttribute('data-slice', slice);
  await marks.getByRole('button', { name: 'M1', exact: true }).click();
  await expect(portal).toHaveAttribute('data-slice', slice);

  await marks.getByPlaceholder('Comment').fill('beside the hepatic vein');
  await marks.getByLabel('Liver segment of M1').fill('S8');
  await page.keyboard.press('Enter');
  const lesion = current.lesions.first();
  await lesion.getByLabel('Liver segment of').fill('S5');
  await lesion.getByLabel(/^Depth of/).fill('4');
  await page.keyboard.press('Tab');
  await expect(current.predict).toContainText('Predict again');
  await current.open('result');
  await expect(page.getByTestId('step-result')).not.toContainText('out of date');
  await current.saveFirstCase('correct horse battery');

  await page.getByRole('navigation').locator('a[href="#/cases"]').click();
  await new CasesPage(page).open();
  await current.imagesShown();
  await current.open('lesions');
  await expect(marks.getByPlaceholder('Comment')).toHaveValue('beside the hepatic vein');
  await expect(marks.getByLabel('Liver segment of M1')).toHaveValue('S8');
  await expect(current.lesions.first().getByLabel(/^Depth of/)).toHaveValue('4');
});
