/** Pictures of every screen, for people to look at: two sizes, two languages. Kept under artifacts/screens. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

for (const size of sizes) {
  for (const locale of ['en', 'zh-CN'] as const) {
    test(`every screen at ${size.width}×${size.height} in ${locale} fits its window`, async ({ launch, hostKind }) => {
      const folder = resolve(import.meta.dirname, '../../artifacts/screens', hostKind);
      mkdirSync(folder, { recursive: true });
      const { page } = await launch({ size, locale });
      const picture = async (name: string) => {
        await page.screenshot({ path: resolve(folder, `${size.width}-${locale}-${name}.png`) });
        // Nothing may push the page wider or taller than its window.
        const overflow = await page.evaluate(() => [
          document.documentElement.scrollWidth - window.innerWidth,
          document.documentElement.scrollHeight - window.innerHeight,
        ]);
        expect(Math.max(...overflow), name).toBeLessThanOrEqual(0);
      };
      await expect(page.getByTestId('simulated-banner')).toBeVisible();
      if ((await page.locator('html').getAttribute('lang')) !== locale) await page.getByTestId('language').click();
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.getByTestId('open-demo')).toBeVisible();
      await picture('1-cases-empty');

      const current = new CasePage(page);
      await new CasesPage(page).openDemo();
      await current.imagesShown();
      await picture('2-images');
      await current.confirmRoles.click();
      await current.open('lesions');
      await page.getByTestId('demo-lesion').click();
      await expect(current.lesions).toHaveCount(1);
      await picture('3-lesions');
      await current.open('factors');
      await picture('4-factors');
      await current.runPrediction();
      await expect(page.getByTestId('map-legend')).toBeVisible();
      await picture('5-result');
      await page.locator('a[href="#/report"]').click();
      await expect(page.getByTestId('report')).toBeVisible();
      await picture('6-report');
      await page.locator('a[href="#/models"]').first().click();
      await picture('7-models');
      await page.getByTestId('settings').click();
      await picture('8-settings');
    });
  }
}
