/** Somebody who reads nothing: at every state of a case one button is the next thing to do, and it leads to the end. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage, type Step } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

/** The one button that is lit; there is never a second one, nor one that cannot be pressed. */
const nextOf = async (page: Page) => {
  const lit = page.locator('.button.primary:visible');
  await expect(lit).toHaveCount(1);
  await expect(lit).toBeEnabled();
  return lit;
};

for (const language of ['en', 'zh-CN'] as const)
  test(`from the demonstration patient to a saved case by the lit button alone, in ${language}`, async ({ launch }) => {
    const { page } = await launch();
    const current = new CasePage(page);
    if (language === 'zh-CN') await page.getByRole('button', { name: '中文' }).click();
    await new CasesPage(page).openDemo();
    await current.imagesShown();
    const way: (string | null)[] = [];
    const press = async () => {
      const lit = await nextOf(page);
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

test('a step that is folded leaves its button to the foot of the page, and an undone one comes back', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  const fold = (step: Step) => current.step(step).locator('h2 button').click();
  await fold('images');
  await expect(await nextOf(page)).toHaveText('Next: confirm the roles');
  await (await nextOf(page)).click();
  await expect(await nextOf(page)).toHaveAttribute('data-testid', 'confirm-roles');
  await (await nextOf(page)).click();
  await (await nextOf(page)).click();
  await expect(current.lesions).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(await nextOf(page)).toHaveAttribute('data-testid', 'demo-lesion');
  await page.keyboard.press('Control+z');
  await expect(await nextOf(page)).toHaveText('Next: confirm the roles');
});
