/** Somebody who reads nothing: at every state of a case one button is the next thing to do, and it leads to the end. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage, type Step } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

/** The one button that is lit; there is never a second one, nor one that cannot be pressed. */
const litOf = async (page: Page) => {
  const lit = page.locator('.button.primary:visible');
  await expect(lit).toHaveCount(1);
  await expect(lit).toBeEnabled();
  return lit;
};

test('from the demonstration patient to a saved case by the lit button alone, in both languages', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const showIn = async (language: 'en' | 'zh-CN') => {
    await page.getByTestId('language').click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  };
  /** It is the same one, alone, in either language. */
  const next = async () => {
    const name = await (await litOf(page)).getAttribute('data-testid');
    await showIn('zh-CN');
    await expect(await litOf(page)).toHaveAttribute('data-testid', name ?? '');
    await showIn('en');
    return litOf(page);
  };
  await new CasesPage(page).openDemo();
  await current.imagesShown();

  await test.step('a step that is folded leaves its button to the foot of the page, and an undone one comes back', async () => {
    const fold = (step: Step) => current.step(step).locator('h2 button').click();
    await fold('images');
    await expect(await litOf(page)).toHaveText('Next: confirm the roles');
    await (await litOf(page)).click();
    await expect(await litOf(page)).toHaveAttribute('data-testid', 'confirm-roles');
    await (await litOf(page)).click();
    await (await litOf(page)).click();
    await expect(current.lesions).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(await litOf(page)).toHaveAttribute('data-testid', 'demo-lesion');
    await page.keyboard.press('Control+z');
    await expect(await litOf(page)).toHaveText('Next: confirm the roles');
    await (await litOf(page)).click();
  });

  const way: (string | null)[] = [];
  const press = async () => {
    const lit = await next();
    way.push(await lit.getAttribute('data-testid'));
    await lit.click();
  };
  await press();
  await press();
  await expect(current.lesions).toHaveCount(1);
  await press();
  await expect(current.step('factors').locator('h2 button')).toHaveAttribute('aria-expanded', 'true');
  await press();
  await expect(current.probability).toBeVisible({ timeout: 30_000 });
  await press();
  await current.createRecords(PASSPHRASE);
  await expect(current.save).toBeDisabled();
  await press();
  expect(way).toEqual(['confirm-roles', 'demo-lesion', 'next-step', 'predict', 'save-case', 'to-report']);
  await expect(page.getByTestId('report-pdf')).toBeVisible();
});
