import { expect } from '@playwright/test';
import type { Looks } from '../looks.ts';
import type { CasePage } from './case-page.ts';

/** What else a predicted case shows its images by, and its number beside: each is looked at, and left as it was. */
export const walkImageViews = async (current: CasePage, looks: Looks): Promise<void> => {
  const { page } = current;
  const derived = page.getByTestId('derived');

  await page.getByTestId('what-if-open').click();
  await current.fillFactor('afp', '90000');
  await expect(page.getByTestId('what-if-probability')).toContainText('%');
  await looks.both('36-what-if');
  await page.getByTestId('what-if-open').click();
  await page.getByTestId('neighbours-open').click();
  await looks.axe('neighbours without a case history');
  await page.getByTestId('neighbours-open').click();

  const coming = page.waitForEvent('popup');
  await page.getByTestId('second-window').click();
  const second = await coming;
  await expect(second.locator('.pane[data-state="ready"]')).toHaveCount(6, { timeout: 60_000 });
  await looks.window(second, '37-second-window');
  const closed = second.waitForEvent('close');
  await page.getByTestId('second-window').click();
  await closed;

  await page.keyboard.press('v');
  await current.pane('delayed').click();
  await page.getByTestId('move-left').fill('3');
  await page.getByTestId('move-head').fill('-5');
  await page.getByTestId('move-head').press('Enter');
  await expect(current.pane('delayed')).toContainText('3.0 / 0.0 / −5.0 mm');
  await looks.both('38-moved');
  await page.getByTestId('move-reset').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('move-bar')).toBeHidden();

  await page.keyboard.press('s');
  await expect(derived.locator('.pane[data-state="ready"]')).toHaveCount(3, { timeout: 60_000 });
  await looks.both('39-subtraction');
  await page.getByTestId('derived-leave').click();
  await expect(derived).toBeHidden();
  await page.getByTestId('layout').selectOption('sections');
  await expect(derived.locator('.pane[data-state="ready"]')).toHaveCount(3, { timeout: 60_000 });
  await looks.both('40-sections');
  await page.getByTestId('derived-leave').click();
  await expect(derived).toBeHidden();
};
