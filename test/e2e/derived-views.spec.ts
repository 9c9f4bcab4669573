/** A subtraction and sections of a series stand in the place of the panes, by one key or command, and go again. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { cutOff } from './pages/cut-off.ts';

const shown = (page: Page) => page.getByTestId('derived').locator('[data-state="ready"]');

test('a subtraction, sections and a region over the phases stand in the place of the panes or beside them, and go again', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();

  await test.step('arterial less pre-contrast, beside both; another pair by choice; back by Esc', async () => {
    await page.keyboard.press('s');
    const view = page.getByTestId('derived');
    await expect(shown(page)).toHaveCount(3, { timeout: 60_000 });
    await expect(view).toContainText('Difference');
    await expect(view.locator('[data-role="delayed"]')).toContainText(/W \d+ L 0/);
    for (const choice of ['minuend', 'subtrahend']) expect(await cutOff(page.getByTestId(choice)), choice).toBe(0);
    // The same place of the patient in all three.
    const slices = await shown(page).evaluateAll((panes) => panes.map((pane) => pane.getAttribute('data-slice')));
    expect(new Set(slices).size).toBe(1);
    if (process.env.HAICAST_SHOTS) await page.screenshot({ path: `${process.env.HAICAST_SHOTS}/subtraction.png` });
    await page.getByTestId('subtrahend').selectOption({ index: 1 });
    await expect(view).toContainText(/less itself|cannot tell|Difference/, { timeout: 60_000 });
    await view.locator('strong').first().click();
    await page.keyboard.press('Escape');
    await expect(view).toBeHidden();
    await current.imagesShown();
  });

  await test.step('axial, coronal and sagittal sections with their letters, linked, and each crossed by the others', async () => {
    await page.getByTestId('layout').selectOption('sections');
    const view = page.getByTestId('derived');
    await expect(shown(page)).toHaveCount(3, { timeout: 60_000 });
    const letters = async (role: string) =>
      (await view.locator(`[data-role="${role}"] .edge`).allInnerTexts()).sort().join('');
    expect(await cutOff(page.getByTestId('sections-of'))).toBe(0);
    expect(await letters('arterial')).toBe('ALPR');
    expect(await letters('portal-venous')).toBe('ILRS');
    expect(await letters('delayed')).toBe('AIPS');
    if (process.env.HAICAST_SHOTS) await page.screenshot({ path: `${process.env.HAICAST_SHOTS}/sections.png` });
    await page.keyboard.press('o');
    await expect(view).toBeHidden();
  });

  await test.step('a region over the phases, as a curve and in numbers, by the times that are known', async () => {
    await current.open('lesions');
    await page.keyboard.press('e');
    const box = await current.pane('arterial').boundingBox();
    if (!box) throw new Error('no pane');
    const [x, y] = [box.x + box.width * 0.35, box.y + box.height * 0.55];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 8, y + 6, { steps: 3 });
    await page.mouse.move(x + 16, y + 12, { steps: 3 });
    await page.mouse.up();
    const mark = page.getByTestId('mark');
    await expect(mark).toHaveCount(1);
    const own = /mean (\d+)/.exec((await mark.innerText()).replaceAll(',', ''))?.[1];
    await page.getByTestId('over-phases').click();
    const curve = page.getByTestId('region-curve');
    await expect(curve.locator('tbody tr')).toHaveCount(4, { timeout: 60_000 });
    await expect(curve).toContainText('relative units');
    const arterial = curve.locator('tbody tr').nth(1);
    await expect(arterial).toContainText('32 s');
    expect((await arterial.locator('td').nth(1).innerText()).replaceAll(',', '')).toContain(String(own));
    await expect(curve.locator('circle')).toHaveCount(4);
    if (process.env.HAICAST_SHOTS) await page.screenshot({ path: `${process.env.HAICAST_SHOTS}/curve.png` });
    await page.getByTestId('over-phases').click();
    await expect(curve).toBeHidden();
  });
});
