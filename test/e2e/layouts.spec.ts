/** How a reader likes to read: kept for the next patient, and over a restart of the page. */
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { cutOff } from './pages/cut-off.ts';
import { toolbarRows } from './pages/toolbar.ts';

/** What a pane shows once it fills it and was the same for some frames. */
const drawnIn = (pane: Locator): Promise<string> =>
  pane.locator('.image canvas').evaluate(async (element) => {
    const canvas = element as HTMLCanvasElement;
    let before = '';
    for (let still = 0; still < 5; ) {
      await new Promise(requestAnimationFrame);
      const now = canvas.toDataURL();
      still = now === before && Math.abs(canvas.width - canvas.clientWidth) <= 1 ? still + 1 : 0;
      before = now;
    }
    return before;
  });

test('layout, windows and the width of the steps are kept; the phases share a window by choice', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  const layout = page.getByTestId('layout');
  const shown = () =>
    page.locator('[data-role]:visible').evaluateAll((panes) => panes.map((pane) => pane.getAttribute('data-role')));

  await layout.selectOption('1x2');
  await expect.poll(shown).toEqual(['arterial', 'portal-venous']);
  await page.keyboard.press('4');
  await expect.poll(shown).toEqual(['delayed', 't2']);
  await page.keyboard.press('4');
  await expect.poll(shown).toEqual(['t2']);
  await page.keyboard.press('Escape');
  // However long the words of the tools are: they take one row of the narrowest screen, and the one in hand is read as a whole.
  const tools = page.getByTestId('more-tools');
  for (const language of ['zh-CN', 'en']) {
    await page.getByTestId('language').click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const tool of ['', 'ellipse']) {
      await tools.selectOption(tool);
      expect(await toolbarRows(page), `${language} ${tool}`).toBe(1);
    }
    expect(await cutOff(tools), language).toBe(0);
    await tools.selectOption('');
  }
  await layout.selectOption('1+5');
  await expect.poll(async () => (await shown()).length).toBe(6);
  const sizes = async (role: string) => (await current.pane(role).boundingBox())?.width ?? 0;
  await expect.poll(async () => (await sizes('t2')) / (await sizes('arterial'))).toBeGreaterThan(1.9);
  // The next slice is as large as this one, in a pane that has just got another size.
  const whole = await drawnIn(current.pane('t2'));
  const slice = await current.pane('t2').getAttribute('data-slice');
  const there = async () => {
    await page.keyboard.press('ArrowDown');
    expect(await drawnIn(current.pane('t2'))).not.toBe(whole);
    await page.keyboard.press('ArrowUp');
    await expect(current.pane('t2')).toHaveAttribute('data-slice', slice ?? '');
    expect(await drawnIn(current.pane('t2'))).toBe(whole);
  };
  await there();
  // And so it is once larger panes were there, and are gone.
  await page.keyboard.press('s');
  const derived = page.getByTestId('derived');
  await expect(derived.locator('[data-state="ready"]')).toHaveCount(3, { timeout: 60_000 });
  await drawnIn(derived.locator('[data-role]').first());
  await page.keyboard.press('Escape');
  await expect(derived).toBeHidden();
  await there();

  await layout.selectOption('2x2');
  await page.keyboard.press('1');
  await expect.poll(shown).toContain('arterial');
  await page.getByTestId('image-menu').selectOption('phases');
  await current.pane('arterial').click({ position: { x: 60, y: 120 } });
  const windowOf = async (role: string) =>
    /W (\S+) L (\S+)/
      .exec(await current.pane(role).innerText())
      ?.slice(1)
      .map(Number) ?? [];
  const before = await Promise.all(['arterial', 'delayed', 't2'].map(windowOf));
  await page.getByTestId('image-menu').selectOption('narrow');
  await expect.poll(async () => (await windowOf('arterial'))[0]).toBeLessThan((before[0]?.[0] ?? 0) * 0.6);
  await expect.poll(async () => (await windowOf('delayed'))[0]).toBeLessThan((before[1]?.[0] ?? 0) * 0.6);
  expect(await windowOf('t2')).toEqual(before[2]);
  const chosen = await windowOf('delayed');

  const splitter = page.getByTestId('panel-splitter');
  const width = async () => (await page.getByTestId('step-images').boundingBox())?.width ?? 0;
  const wide = await width();
  await splitter.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBeGreaterThan(wide + 20);
  await page.keyboard.press('f');
  await expect(page.getByTestId('step-images')).toBeHidden();

  // The case on screen comes back by itself; how it is looked at comes from what was kept.
  await page.reload();
  await expect(current.pane('arterial')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
  await expect(page.getByTestId('step-images')).toBeHidden();
  await page.getByTestId('panel-toggle').click();
  await expect.poll(width).toBeGreaterThan(wide + 20);
  await expect(layout).toHaveValue('2x2');
  await expect.poll(() => windowOf('delayed')).toEqual(chosen);
  await page.getByTestId('image-menu').selectOption('reset');
  await expect.poll(() => windowOf('delayed')).toEqual(before[1]);
});
