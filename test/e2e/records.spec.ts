/** Locking, unlocking and mending the case history, and its passphrase: by the window, as a person does it. */
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const OTHER = 'staple of another stable';
/** A passphrase is slow to try by design, here several times over. */
const SLOW = { timeout: 60_000 };

const DOES_NOT_FIT = 'The passphrase does not fit';

const unlock = async (page: Page, passphrase: string) => {
  await page.getByTestId('passphrase').fill(passphrase);
  await page.getByTestId('records-submit').click();
};

/** The clipboard gets the key whole; on paper it stands alone. */
const copiedAndPrinted = async (page: Page, key: string) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'true');
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'true');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('recovery-key')).toBeVisible();
  await expect(page.getByTestId('records-lock')).toBeHidden();
  await page.emulateMedia({ media: null });
};

test('the case history is begun, locked and opened by hand, by a changed passphrase, by a new recovery key and after a time', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const dialog = page.getByRole('dialog');

  await test.step('where a passphrase is asked for, its field has the focus, and a new one is told how long it must be', async () => {
    const field = page.getByTestId('passphrase');
    await new CasesPage(page).openDemo();
    await current.confirmRoles.click();
    await current.save.click();
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(/^At least 8 characters\./);
    await page.keyboard.press('Escape');
    await current.saveFirstCase(PASSPHRASE);

    await page.getByTestId('settings').click();
    await page.getByTestId('passphrase-change').click();
    await expect(page.getByTestId('passphrase-present')).toBeFocused();
    await expect(field).toHaveAccessibleDescription(/^At least 8 characters\./);
    await page.getByTestId('export-open').click();
    await expect(page.getByTestId('export-all').getByTestId('passphrase')).toBeFocused();
    await expect(page.getByTestId('export-all').getByTestId('passphrase')).toHaveAccessibleDescription(/^At least 12 /);
    await page.getByTestId('recovery-change').click();
    await expect(page.getByTestId('passphrase-present')).toBeFocused();

    await page.getByTestId('records-lock').click();
    await expect(field).toBeFocused();
    await page.getByRole('button', { name: 'Use the recovery key' }).click();
    await expect(page.getByTestId('recovery')).toBeFocused();
    await page.getByRole('button', { name: 'Use the passphrase' }).click();
    await expect(field).toBeFocused();
  });

  await unlock(page, PASSPHRASE);
  await expect(dialog).toHaveCount(0, SLOW);
  await test.step('locked by hand nothing of a patient is seen; a changed passphrase opens it, the old one does not; unsaved work stays', async () => {
    await current.open('factors');
    await current.fillFactor('afp', '321');

    await page.getByTestId('settings').click();
    await page.getByTestId('passphrase-change').click();
    await page.getByTestId('passphrase-present').fill('not this one');
    await page.getByTestId('passphrase').fill('short');
    await page.getByTestId('key-offer').click();
    await expect(dialog.getByRole('alert').filter({ hasText: 'at least 8 characters' })).toBeVisible();
    await page.getByTestId('passphrase').fill(OTHER);
    await page.getByTestId('passphrase-again').fill(OTHER);
    await page.getByTestId('key-offer').click();
    await expect(dialog.getByRole('alert').filter({ hasText: DOES_NOT_FIT })).toBeVisible(SLOW);
    await page.getByTestId('passphrase-present').fill(PASSPHRASE);
    await page.getByTestId('key-offer').click();
    await expect(page.getByTestId('recovery-key')).toHaveText(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/, SLOW);
    await page.getByTestId('recovery-kept').click();
    await expect(page.getByTestId('records-answer')).toContainText('The passphrase is set', SLOW);
    await expect(dialog.getByRole('alert').filter({ hasText: DOES_NOT_FIT })).toHaveCount(0);

    await page.getByTestId('records-lock').click();
    await expect(page.getByTestId('passphrase')).toBeFocused();
    // The dialog covers the window: what lies behind it is not painted.
    expect(await dialog.evaluate((element) => getComputedStyle(element, '::backdrop').backgroundColor)).toMatch(
      /^rgb\(/,
    );
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('passphrase')).toBeVisible();
    await unlock(page, PASSPHRASE);
    await expect(dialog.getByRole('alert').filter({ hasText: DOES_NOT_FIT })).toBeVisible(SLOW);
    await unlock(page, OTHER);
    await expect(dialog).toHaveCount(0, SLOW);
    await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('321');
    await expect(current.save).toBeEnabled();
  });

  await test.step('a new recovery key holds once it is kept, and the one before opens nothing', async () => {
    const offer = async () => {
      await page.getByTestId('recovery-change').click();
      await page.getByTestId('passphrase-present').fill(OTHER);
      await page.getByTestId('key-offer').click();
      return (await page.getByTestId('recovery-key').textContent(SLOW)) ?? '';
    };
    await page.getByTestId('settings').click();
    const given = await offer();
    await copiedAndPrinted(page, given);
    await page.getByTestId('recovery-kept').click();
    await expect(page.getByTestId('records-answer')).toContainText('new recovery key', SLOW);
    // One that is shown and not kept never holds.
    const unkept = await offer();
    await page.getByTestId('key-cancel').click();
    await page.getByTestId('records-lock').click();
    await page.getByRole('button', { name: 'Use the recovery key' }).click();
    await page.getByTestId('recovery').fill(unkept);
    await page.getByTestId('records-submit').click();
    await expect(dialog.locator('.failure')).toContainText('Enter the newest', SLOW);
    await page.getByTestId('recovery').fill(given);
    await page.getByTestId('records-submit').click();
    await expect(dialog).toHaveCount(0, SLOW);
  });

  await test.step('nobody at the window: the history is locked after the time that was set', async () => {
    await page.clock.install();
    await page.getByTestId('settings').click();
    await page.getByTestId('lock-after').selectOption('5');
    await expect(page.getByTestId('lock-after')).toHaveValue('5');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await page.clock.fastForward('04:00');
    await page.keyboard.press('Shift');
    await page.clock.fastForward('04:00');
    await expect(dialog).toHaveCount(0);
    await page.clock.fastForward('06:00');
    await expect(page.getByTestId('passphrase')).toBeFocused();

    await unlock(page, OTHER);
    await expect(dialog).toHaveCount(0, SLOW);
    await page.getByRole('navigation').locator('a[href="#/cases"]').click();
    await expect(page.getByTestId('case-list').locator('tbody tr')).toHaveCount(1);
  });
});

test('a damaged history says so, is mended from the settings, and keeps its case', async ({
  launch,
  dataFolder,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  // One bit in the middle of the file, as a failing disk turns it.
  const file = join(dataFolder, 'records.db');
  const at = Math.floor(statSync(file).size / 2);
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);

  const { page } = await launch({ passphrase: PASSPHRASE });
  await page.getByTestId('settings').click();
  await page.getByTestId('records-verify').click();
  await expect(page.getByTestId('records-answer')).toContainText('not as it was written');
  await page.getByTestId('records-mend').click();
  await expect(page.getByTestId('records-answer')).toContainText('Mended. Cases kept: 1');
  await page.getByTestId('records-verify').click();
  await expect(page.getByTestId('records-answer')).toContainText('Every page');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('case-list').locator('tbody tr')).toHaveCount(1);
});
