/** Every screen and dialog in both themes, against WCAG 2.2 as far as axe can tell; and the keyboard, which it cannot. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

interface Finding {
  screen: string;
  rule: string;
  where: string;
}

/** What axe calls serious or critical; the rest is taste or needs a person. */
const findings = async (page: Page, screen: string): Promise<Finding[]> => {
  // Legacy mode stays in this page: Electron's windows cannot open the second one that axe would gather its results in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({
        screen,
        rule: id,
        where: `${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
      })),
    );
};

for (const theme of ['dark', 'light'] as const) {
  test(`no serious finding on any screen or dialog, ${theme}`, async ({ launch }) => {
    test.setTimeout(240_000);
    const { page } = await launch();
    const current = new CasePage(page);
    const found: Finding[] = [];
    const check = async (screen: string) => found.push(...(await findings(page, screen)));
    const dialog = page.getByRole('dialog');

    await page.getByTestId('settings').click();
    await dialog.getByLabel('Appearance').selectOption(theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await check('settings');
    await page.keyboard.press('Escape');
    await check('cases, empty');
    await page.keyboard.press('Control+k');
    await expect(dialog).toBeVisible();
    await check('commands');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(dialog).toBeVisible();
    await check('keys');
    await page.keyboard.press('Escape');

    await new CasesPage(page).openDemo();
    await current.imagesShown();
    await page.getByTestId('role-arterial').getByRole('button', { name: 'Why' }).click();
    await check('case, images');
    await page.getByTestId('role-arterial').getByRole('button', { name: 'Tags' }).click();
    await expect(dialog.locator('tbody tr').first()).toBeVisible();
    await check('tags');
    await page.keyboard.press('Escape');
    await current.confirmRoles.click();
    await current.open('lesions');
    await page.getByTestId('demo-lesion').click();
    await expect(current.lesions).toHaveCount(1);
    await check('case, lesions');
    await current.open('factors');
    await check('case, factors');
    await current.runPrediction();
    await check('case, result');

    await current.save.click();
    await expect(page.getByTestId('passphrase')).toBeVisible();
    await check('passphrase');
    await page.getByTestId('passphrase').fill('correct horse battery');
    await page.getByTestId('passphrase-again').fill('correct horse battery');
    await page.getByTestId('records-submit').click();
    await expect(page.getByTestId('recovery-key')).toBeVisible();
    await check('recovery key');
    await page.getByTestId('recovery-kept').click();
    await expect(current.save).toBeDisabled();
    await page.locator('a[href="#/report"]').click();
    await expect(page.getByTestId('report')).toBeVisible();
    await check('report');
    await page.locator('a[href="#/models"]').first().click();
    await expect(page.getByTestId('model-card')).toBeVisible();
    await check('models');
    await page.getByRole('navigation').getByRole('link').first().click();
    await expect(page.getByTestId('case-list')).toBeVisible();
    await check('cases, list');

    expect(found).toEqual([]);
  });
}

test('a dialog takes the focus, keeps it, and gives it back to where it was', async ({ launch }) => {
  const { page } = await launch();
  const settings = page.getByTestId('settings');
  const dialog = page.getByRole('dialog');
  await settings.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.locator(':focus')).toHaveCount(1);
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab');
    // The browser's own bar may have its turn; nothing behind the dialog may.
    await expect(page.locator('main :focus, header:not(dialog header) :focus')).toHaveCount(0);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(settings).toBeFocused();

  const demo = page.getByTestId('open-demo');
  await demo.focus();
  await page.keyboard.press('Control+k');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(demo).toBeFocused();
});

test('Tab reaches every control of a case, and each shows that it has the focus', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  // Marks what Tab ought to reach; a control that is disabled or belongs to a closed step is none.
  const expected = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('a[href], button, select, input, textarea, [tabindex]')].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement &&
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    for (const [index, element] of controls.entries()) element.dataset.tabTest = String(index);
    (document.activeElement as HTMLElement | null)?.blur();
    return controls.length;
  });
  expect(expected).toBeGreaterThan(20);
  const reached = new Set<string>();
  const invisible: string[] = [];
  for (let press = 0; press < expected + 6; press++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const visible = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      return { mark: element.dataset.tabTest, visible, html: element.outerHTML.slice(0, 120) };
    });
    if (!focus) continue;
    if (focus.mark !== undefined) reached.add(focus.mark);
    if (!focus.visible) invisible.push(focus.html);
  }
  const missed = await page.evaluate(
    (marks) =>
      [...document.querySelectorAll<HTMLElement>('[data-tab-test]')]
        .filter((element) => !marks.includes(element.dataset.tabTest ?? ''))
        .map((element) => element.outerHTML.slice(0, 120)),
    [...reached],
  );
  expect(missed).toEqual([]);
  expect(invisible).toEqual([]);
});
