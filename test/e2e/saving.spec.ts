/** "Saved" means stored: what the page says after a save is what the records answer. */
import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const demoStudy = resolve(import.meta.dirname, '../../resources/demo/study');

test('a case whose images are gone takes a factor, is saved by key, and has it at the next start', {
  tag: '@every-host',
}, async ({ launch, dataFolder }) => {
  const study = join(dataFolder, 'study');
  cpSync(demoStudy, study, { recursive: true });
  const first = await launch({ arguments: [study] });
  const before = new CasePage(first.page);
  await before.step('images').waitFor();
  await before.confirmRoles.click();
  await before.saveFirstCase(PASSPHRASE);
  await first.close();
  rmSync(study, { recursive: true });

  const second = await launch({ passphrase: PASSPHRASE });
  const gone = new CasePage(second.page);
  await new CasesPage(second.page).open();
  await expect(second.page.getByRole('heading', { name: /no longer where they were/ })).toBeVisible();
  await gone.open('factors');
  await gone.fillFactor('afp', '321');
  await expect(gone.save).toBeEnabled();
  await second.page.keyboard.press('Control+s');
  await expect(second.page.getByRole('status').filter({ hasText: 'Case saved.' })).toBeVisible();
  await expect(gone.save).toBeDisabled();
  await second.close();

  const third = await launch({ passphrase: PASSPHRASE });
  const again = new CasePage(third.page);
  await new CasesPage(third.page).open();
  await again.open('factors');
  await expect(third.page.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('321');
});

test('a case in the trash: saved into the trash is said to be so, and one click takes it back; a second save of its study asks', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const cases = new CasesPage(page);
  await cases.open();
  const current = new CasePage(page);

  await page.getByRole('navigation').getByRole('link').first().click();
  await page.getByTestId('case-trash').click();
  await expect(page.getByRole('status').filter({ hasText: 'moved to the trash' })).toBeVisible();
  // Nothing is left outside the trash, and the way into it is still there.
  const show = page.getByRole('group', { name: 'Show' });
  await show.getByRole('button', { name: 'Trash' }).click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  await show.getByRole('button', { name: 'All' }).click();
  await page.getByRole('navigation').getByRole('link').nth(1).click();
  await current.open('factors');
  await current.fillFactor('afp', '99');
  await current.save.click();
  const notice = page.getByRole('status').filter({ hasText: 'Saved, but this case is in the trash' });
  await notice.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Case restored.' })).toBeVisible();

  await page.getByRole('navigation').getByRole('link').first().click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  await cases.openDemo();
  await current.confirmRoles.click();
  await current.save.click();
  await page.getByTestId('kept-into').click();
  // Both say something of AFP, and not the same.
  await page.getByTestId('conflict-mine').click();
  // Not by its message: that of the first saving may still stand there.
  await expect(current.save).toBeDisabled();
  await page.getByRole('navigation').getByRole('link').first().click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
});

test('a setting that cannot be kept says so and holds until the end', async ({ launch, dataFolder }) => {
  const { page } = await launch();
  await expect(page.getByTestId('language')).toHaveText('中文');
  // A folder where the file should be: no right in the world makes it writable.
  cpSync(demoStudy, join(dataFolder, 'settings.json'), { recursive: true });
  await page.getByTestId('language').click();
  await expect(page.getByRole('alert')).toContainText(/设置/);
  await expect(page.getByTestId('language')).toHaveText('EN');
});
