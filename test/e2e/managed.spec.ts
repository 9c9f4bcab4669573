/** What the administrator of a workstation has set is shown, and not to be changed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

const PACS = [
  {
    name: 'Archive',
    kind: 'dimse',
    host: 'pacs.example',
    port: 104,
    calledAETitle: 'ARCHIVE',
    callingAETitle: 'HAICAST',
  },
];

test('a managed setting is shown, cannot be changed, and says why; the others can', async ({ launch }) => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-managed-'));
  const file = join(folder, 'managed.json');
  writeFileSync(
    file,
    JSON.stringify({ schema: 1, settings: { lockAfterMinutes: 15, theme: 'light' }, pacs: PACS, ownArchives: false }),
  );
  const before = process.env.HAICAST_MANAGED;
  process.env.HAICAST_MANAGED = file;
  try {
    const { page } = await launch({ passphrase: 'correct horse battery' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.getByTestId('settings').click();
    await expect(page.getByTestId('settings-managed')).toContainText('set for this workstation by its administrator');
    await expect(page.getByLabel('Appearance')).toBeDisabled();
    const idle = page.getByLabel('Lock when nobody has touched haicast for');
    await expect(idle).toBeDisabled();
    await expect(idle).toHaveValue('15');
    await expect(page.getByLabel('Language')).toBeEnabled();
    await expect(page.getByTestId('pacs')).toContainText('DICOM network');
    await expect(page.getByTestId('pacs-locked')).toBeVisible();
    await expect(page.getByTestId('pacs-add')).toHaveCount(0);
    await expect(page.getByTestId('pacs')).toContainText('ARCHIVE@pacs.example:104');
  } finally {
    if (before === undefined) delete process.env.HAICAST_MANAGED;
    else process.env.HAICAST_MANAGED = before;
    rmSync(folder, { recursive: true, force: true });
  }
});
