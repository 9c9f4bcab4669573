/** Any series seen: the strip, and what opens without a role. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dicomFile, type ElementSpec, mrElements } from '../fixtures/dicom/write-dicom.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const ready = (page: Page): Locator => page.locator('[data-role][data-state="ready"]');

test('a series of the strip is seen in any pane, plays a role by its menu, and is taken back', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.imagesShown();
  const strip = page.getByTestId('series-strip');
  await expect(strip).toHaveCount(0);
  await page.getByTestId('series-toggle').click();
  const thumbs = strip.getByRole('listitem');
  await expect(strip.locator('canvas').first()).toBeVisible();
  await expect(thumbs.first()).toContainText('MR');

  // The series of the delayed phase, dropped on the T2 image: seen there, and no longer said to be T2.
  const delayed = thumbs
    .filter({ has: page.locator('select') })
    .filter({ has: page.locator('option:checked', { hasText: 'Delayed' }) });
  await expect(delayed).toContainText(/MR · \d+/);
  await expect(delayed).toContainText(/\d s\b/);
  await delayed.getByRole('button').dragTo(current.pane('t2'));
  await expect(current.pane('t2')).toContainText('Shown here');
  await expect(current.pane('t2')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
  await expect(page.getByTestId('role-delayed')).toContainText('Suggested');

  await delayed.getByRole('combobox').selectOption('t2');
  await expect(page.getByTestId('role-t2')).toContainText('Confirmed by');
  await expect(current.pane('t2')).not.toContainText('Shown here');
  await expect(page.getByTestId('role-delayed')).toContainText('No series was found');
});

test('a study that nothing is recognised in opens with its largest series and the strip; a CT may be seen only; of two studies one is chosen by what it is', async ({
  launch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-ct-'));
  try {
    for (let instance = 1; instance <= 3; instance++) {
      const elements = mrElements({ instance, rows: 16, columns: 16, extra: [['0008,0060', 'CS', 'CT']] });
      writeFileSync(join(folder, `IM${instance}`), dicomFile(elements));
    }
    // Beside it a study that nobody asks for here: which is which is told by modality, date and number of series.
    const other: ElementSpec[] = [
      ['0008,0020', 'DA', '20231224'],
      ['0020,000D', 'UI', '1.2.3.9'],
      ['0020,000E', 'UI', '1.2.3.9.1'],
    ];
    writeFileSync(
      join(folder, 'OTHER'),
      dicomFile(mrElements({ uid: '1.2.3.9.2', rows: 16, columns: 16, extra: other })),
    );
    const { page } = await launch({ arguments: [folder] });
    const studies = page.getByRole('dialog').getByRole('listitem');
    await expect(studies).toHaveText([/2024-01-02.*CT.*1 series/, /2023-12-24.*MR.*1 series/], { timeout: 30_000 });
    await studies.filter({ hasText: 'CT' }).getByRole('button').click();
    await expect(ready(page)).toHaveCount(1, { timeout: 30_000 });
    const strip = page.getByTestId('series-strip');
    await expect(strip.getByRole('listitem')).toHaveCount(1);
    await expect(strip.getByRole('combobox')).toBeDisabled();
    await expect(page.getByTestId('role-arterial').getByRole('combobox').locator('option:enabled')).toHaveCount(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
