/** A backup, and the way back: what would be lost is said before anything is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('a backup is made and checked, and restored after it was said what that costs', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);

  const settings = page.getByTestId('settings');
  await settings.click();
  await expect(page.getByTestId('backup')).toContainText('There is no backup yet.');
  await page.getByTestId('backup-make').click();
  await expect(page.getByTestId('backup-answer')).toContainText('Backed up and checked: 1 cases.');
  await expect(page.getByTestId('backup-last')).toContainText('1 cases');
  await page.keyboard.press('Escape');

  await current.open('factors');
  await current.fillFactor('afp', '77');
  await current.save.click();
  // The message of the first saving may still stand there.
  await expect(current.save).toBeDisabled();
  await settings.click();
  await page.getByTestId('backup-look').click();
  await expect(page.getByTestId('backup-loss')).toContainText('gives up 0 cases');
  await expect(page.getByTestId('backup-loss')).toContainText('puts 1 cases back');
  await page.getByTestId('backup-restore').click();
  await expect(page.getByTestId('backup-answer')).toContainText('Restored.');
  await page.getByTestId('audit-open').click();
  await expect(page.getByTestId('audit').locator('tbody tr').first()).toContainText('Records restored from a backup');
});

test('a backup that failed is told where everybody works, with the way to the settings, until one is made', async ({
  launch,
  dataFolder,
  keepDemo,
}) => {
  const blocked = join(dataFolder, 'blocked');
  writeFileSync(blocked, 'no folder');
  writeFileSync(join(dataFolder, 'backup.json'), JSON.stringify({ folder: blocked }));
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await page.getByTestId('settings').click();
  await page.getByTestId('backup-make').click();
  await expect(page.getByTestId('backup').locator('.warning')).toContainText(
    'No backup has been made as it should be.',
  );
  await page.keyboard.press('Escape');
  const told = page.locator('.notice').filter({ hasText: 'No backup has been made as it should be.' });
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByTestId('backup')).toBeVisible();
});
