import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { tap } from './pages/tap.ts';

const PASSPHRASE = 'correct horse battery';

test('the main job: demonstration study → roles → lesion → factors → prediction → map → save → restart → same numbers', {
  tag: '@every-host',
}, async ({ launch }) => {
  const first = await launch();
  const { page } = first;
  const cases = new CasesPage(page);
  const current = new CasePage(page);

  await expect(page.getByTestId('simulated-banner')).toBeVisible();
  await cases.openDemo();
  await current.imagesShown();

  // Roles: suggested with a reason, taken only after a person has confirmed them.
  await expect(current.predict).toBeDisabled();
  await expect(current.confirmRoles).toHaveText(/6/);
  await current.confirmRoles.click();
  await expect(current.predict).toBeDisabled();

  await current.open('lesions');
  await page.getByTestId('demo-lesion').click();
  await expect(current.lesions).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(current.lesions).toHaveCount(0);
  await current.drawLesion('arterial', [0.3, 0.42], [0.46, 0.42]);
  await expect(current.lesions).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await page.getByTestId('demo-lesion').click();
  await expect(current.lesions).toHaveCount(1);

  await current.open('factors');
  await current.fillFactor('afp', '650');

  await current.runPrediction();
  await expect(current.probability).toHaveText(/^[<>]?\d+%$/);
  await expect(current.interval).toBeVisible();
  await expect(page.getByTestId('map-legend')).toBeVisible();
  await tap(page, 'c');
  await expect(page.getByTestId('map-legend')).toBeHidden();
  await tap(page, 'c');
  await expect(page.getByTestId('map-legend')).toBeVisible();
  const numbers = await current.numbers();

  await current.saveFirstCase(PASSPHRASE);
  await first.close();

  const second = await launch({ passphrase: PASSPHRASE });
  const again = new CasePage(second.page);
  await new CasesPage(second.page).open();
  await again.imagesShown();
  expect(await again.numbers()).toBe(numbers);
  await again.open('lesions');
  await expect(again.lesions).toHaveCount(1);
  await expect(again.step('images')).toContainText(/6/);
});
