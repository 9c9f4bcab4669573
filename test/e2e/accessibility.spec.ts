/** The keyboard, which axe cannot judge. What axe can: every-screen.spec.ts. */
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

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
