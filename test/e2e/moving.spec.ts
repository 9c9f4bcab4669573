/** A series is laid on the arterial one by hand; the prediction is made from it there, and says so. */
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('a series moved by pointer, keys and numbers makes the prediction anew, which says by how much and by whom', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.predictDemo();
  const before = await current.numbers();

  const delayed = current.pane('delayed');
  const bar = page.getByTestId('move-bar');
  await page.keyboard.press('v');
  await expect(bar).toBeVisible();
  await delayed.click();
  await expect(bar).toContainText('Delayed');
  const box = await delayed.boundingBox();
  if (!box) throw new Error('no pane');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await expect(page.getByTestId('move-left')).toHaveValue('0');

  // The pointer takes the image along: to the right is to the patient's left.
  const arterialSlice = await current.pane('arterial').getAttribute('data-slice');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y, { steps: 3 });
  await page.mouse.move(x + 20, y, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByTestId('move-left')).toHaveValue(/^[1-9]\d*(\.\d+)?$/);
  await expect(page.getByTestId('move-back')).toHaveValue('0');
  await expect(delayed).toContainText(/moved by \d+\.\d \/ 0\.0 \/ 0\.0 mm/);
  await expect(current.predict).toContainText('Predict again');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('move-left')).toHaveValue('0');
  await expect(delayed).not.toContainText('moved by');

  // By numbers, then by keys: a millimetre, and ten.
  await page.getByTestId('move-left').fill('3');
  await page.getByTestId('move-head').fill('-5');
  await page.getByTestId('move-head').press('Enter');
  await expect(delayed).toContainText('moved by 3.0 / 0.0 / −5.0 mm');
  await page.getByTestId('move-step').selectOption('mm');
  await delayed.getByRole('slider').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(delayed).toContainText('moved by 3.0 / 11.0 / −5.0 mm');
  if (process.env.HAICAST_SHOTS) await page.screenshot({ path: `${process.env.HAICAST_SHOTS}/moved.png` });
  await page.keyboard.press('PageUp');
  await expect(delayed).toContainText(/moved by 3\.0 \/ 11\.0 \/ −4\.0 mm/);
  // The reference stays where it is, and cannot be moved.
  await expect(current.pane('arterial')).toHaveAttribute('data-slice', arterialSlice ?? '');
  await current.pane('arterial').click();
  await expect(bar).toContainText('move one of them');
  await expect(page.getByTestId('move-left')).toBeDisabled();
  await delayed.click();
  await page.getByTestId('move-head').fill('500');
  await expect(bar).toContainText('within ±100');
  await page.getByTestId('move-head').fill('-5');
  await page.getByTestId('move-head').press('Enter');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();

  await current.open('result');
  await expect(current.step('result')).toContainText('Predict again');
  await current.predict.click();
  await expect(current.step('result')).not.toContainText('Something changed', { timeout: 60_000 });
  const warnings = page.getByTestId('warnings-moves');
  await warnings.locator('summary').click();
  await expect(warnings).toContainText(
    /The delayed phase series was moved by hand by 3\.0 \/ 11\.0 \/ −5\.0 mm|The Delayed series was moved by hand by 3\.0 \/ 11\.0 \/ −5\.0 mm|series was moved by hand by 3\.0 \/ 11\.0 \/ −5\.0 mm/,
  );
  expect(await current.numbers()).not.toBe(before);

  await current.saveFirstCase('correct horse battery');
  await page.getByRole('navigation').locator('a[href="#/cases"]').click();
  await new CasesPage(page).open();
  await current.imagesShown();
  await expect(delayed).toContainText('moved by 3.0 / 11.0 / −5.0 mm');
  await current.open('result');
  await expect(current.step('result')).not.toContainText('Something changed');
});
