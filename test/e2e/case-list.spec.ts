/** The list of cases, as it is read along a line. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';

/** How many pixels lie between what is written in the cells of the first case that stand beside each other. */
const gaps = (page: Page): Promise<number[]> =>
  page.getByTestId('case-list').evaluate((list) => {
    const written = [...list.querySelectorAll('tbody tr:first-child td')]
      .map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect();
      })
      .filter(({ width }) => width > 0);
    return written.slice(1).map(({ left }, index) => left - (written[index]?.right ?? 0));
  });

test('the columns of a case stand apart, in the narrowest window and with the largest text too', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('predicted');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await expect(page.getByTestId('case-list').locator('td.figures')).toHaveText(/^\d+%–\d+%$/);
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    for (const scale of [1, 1.5]) {
      await page.evaluate((factor) => document.documentElement.style.setProperty('--text-scale', `${factor}`), scale);
      const found = await gaps(page);
      expect(found.length).toBeGreaterThan(6);
      expect(Math.min(...found), `at ${width} pixels, text × ${scale}`).toBeGreaterThanOrEqual(8);
    }
  }
});
