/** Keys of the window act whatever has the focus; only what a control needs to be worked is its own. */
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('letters and undo act over buttons, options, lists, sliders and links, and not where text is entered', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.predictDemo();
  const banner = page.getByTestId('patient-banner');
  const lesions = current.step('lesions').locator('h2');
  await current.open('factors');

  const radio = page.getByTestId('factor-sex').getByRole('radio').first();
  const focusable: [what: string, element: Locator][] = [
    ['radio', radio],
    ['checkbox', current.step('factors').getByRole('checkbox').first()],
    ['select', current.step('factors').getByRole('combobox').first()],
    ['range', page.locator('input[type="range"]').first()],
    ['slice bar', current.pane('arterial').getByRole('slider')],
    ['button', page.getByTestId('settings')],
    ['link', page.getByRole('navigation').getByRole('link').first()],
  ];
  for (const [what, element] of focusable) {
    await test.step(what, async () => {
      await element.focus();
      await page.keyboard.press('h');
      await expect(banner).toContainText('Identity hidden');
      await page.keyboard.press('h');
      await expect(banner).not.toContainText('Identity hidden');
      await page.keyboard.press('Control+z');
      await expect(lesions).toContainText('no target marked');
      await page.keyboard.press('Control+Shift+z');
      await expect(lesions).not.toContainText('no target marked');
    });
  }

  const neutral = page.getByTestId('settings');
  const text = page.getByTestId('factor-afp').getByRole('textbox').first();
  await text.focus();
  await page.keyboard.press('h');
  await expect(text).toHaveValue(/h/);
  await page.keyboard.press('Control+z');
  await expect(text).not.toHaveValue(/h/);
  // The next `h` and the next undo act, and each is the first: what was typed did neither.
  await neutral.focus();
  await page.keyboard.press('h');
  await expect(banner).toContainText('Identity hidden');
  await expect(lesions).not.toContainText('no target marked');

  // What a control needs stays its own: the arrows of options, the arrows of a slider that is no slice bar. A key that
  // counted would be seen by the next one that does count: the images would be one slice further than it says.
  const arterial = current.pane('arterial');
  const slice = Number(await arterial.getAttribute('data-slice'));
  const scrolls = async (key: 'ArrowUp' | 'ArrowDown', to: number) => {
    await neutral.focus();
    await page.keyboard.press(key);
    await expect(arterial).toHaveAttribute('data-slice', String(to));
  };
  await radio.focus();
  await page.keyboard.press('ArrowDown');
  await scrolls('ArrowUp', slice - 1);
  await radio.focus();
  await page.keyboard.press('ArrowUp');
  await scrolls('ArrowDown', slice);
  await page.locator('input[type="range"]').first().focus();
  await page.keyboard.press('ArrowUp');
  await scrolls('ArrowDown', slice + 1);
});
