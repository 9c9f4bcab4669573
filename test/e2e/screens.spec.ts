/** Every screen and dialog in one visit a language: it fits its window at both sizes, and axe finds nothing serious in it. */
import { expect, test } from './fixtures.ts';
import { Looks } from './looks.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

for (const locale of ['en', 'zh-CN'] as const) {
  test(`every screen and dialog in ${locale}: fits its window, and has no serious finding in either theme`, async ({
    launch,
    hostKind,
  }) => {
    test.setTimeout(240_000);
    const { page } = await launch();
    const looks = new Looks(page, { locale, hostKind });
    const current = new CasePage(page);
    const dialog = page.getByRole('dialog');
    if ((await page.locator('html').getAttribute('lang')) !== locale) await page.getByTestId('language').click();
    await expect(page.locator('html')).toHaveAttribute('lang', locale);

    await test.step('cases', async () => {
      await expect(page.getByTestId('simulated-banner')).toBeVisible();
      await expect(page.getByTestId('open-demo')).toBeVisible();
      await looks.both('1-cases-empty');
      await page.keyboard.press('Control+k');
      await expect(dialog).toBeVisible();
      await looks.axe('commands');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(dialog).toBeVisible();
      await looks.axe('keys');
      await page.keyboard.press('Escape');
    });

    await test.step('a case, step by step', async () => {
      await new CasesPage(page).openDemo();
      await current.imagesShown();
      await looks.pictures('2-images');
      const role = page.getByTestId('role-arterial').getByRole('button');
      await role.first().click();
      await looks.axe('images, with reasons');
      await role.last().click();
      await expect(dialog.locator('tbody tr').first()).toBeVisible();
      await looks.axe('tags');
      await page.keyboard.press('Escape');
      await current.confirmRoles.click();
      await current.open('lesions');
      await page.getByTestId('demo-lesion').click();
      await expect(current.lesions).toHaveCount(1);
      await looks.both('3-lesions');
      await current.open('factors');
      await looks.both('4-factors');
      await current.runPrediction();
      await expect(page.getByTestId('map-legend')).toBeVisible();
      await looks.both('5-result');
    });

    await test.step('a copy to leave', async () => {
      await page.getByTestId('deidentify').click();
      await expect(page.getByTestId('diff')).toBeVisible();
      await expect(page.getByTestId('deidentify-start')).toBeEnabled();
      await looks.pictures('9-deidentify');
      await page.getByTestId('deidentify-start').click();
      await expect(page.getByTestId('deidentify-write')).toBeVisible();
      await looks.pictures('9-deidentify-confirm');
      await page.keyboard.press('Escape');
      if (await dialog.isVisible()) await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });

    await test.step('saving', async () => {
      await current.save.click();
      await expect(page.getByTestId('passphrase')).toBeVisible();
      await looks.axe('passphrase');
      await page.getByTestId('passphrase').fill(PASSPHRASE);
      await page.getByTestId('passphrase-again').fill(PASSPHRASE);
      await page.getByTestId('records-submit').click();
      await expect(page.getByTestId('recovery-key')).toBeVisible();
      await looks.axe('recovery key');
      await page.getByTestId('recovery-kept').click();
      await expect(current.save).toBeDisabled();
    });

    await test.step('report, models, settings, the list', async () => {
      await page.locator('a[href="#/report"]').click();
      await expect(page.getByTestId('report')).toBeVisible();
      await looks.both('6-report');
      await page.locator('a[href="#/models"]').first().click();
      await expect(page.getByTestId('model-card')).toBeVisible();
      await looks.both('7-models');
      await page.getByTestId('settings').click();
      await expect(dialog).toBeVisible();
      await looks.both('8-settings');
      await page.keyboard.press('Escape');
      await page.getByRole('navigation').getByRole('link').first().click();
      await expect(page.getByTestId('case-list')).toBeVisible();
      await looks.axe('cases, list');
    });

    expect(looks.found).toEqual([]);
  });
}

test('the appearance that is chosen in the settings is shown at once', async ({ launch }) => {
  const { page } = await launch();
  await page.getByTestId('settings').click();
  for (const theme of ['light', 'dark']) {
    await page.getByRole('dialog').getByLabel('Appearance').selectOption(theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  }
});
