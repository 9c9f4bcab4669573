/** Every public study, of any modality with pixels, shows an image within two clicks: one opens it, one picks it of several. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dicomFile, mrElements } from '../fixtures/dicom/write-dicom.ts';
import { dicomdir } from '../fixtures/dicom/write-dicomdir.ts';
import { publicStudies, testdataRoot } from '../fixtures/testdata.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ mode: 'parallel' });

/** Several in one window, one after the other: starting a window takes longer than opening most of them. */
const WINDOWS = 4;
const studies = publicStudies().filter(({ hasImages }) => hasImages);
const shares = Array.from({ length: WINDOWS }, (_, window) => studies.filter((_one, at) => at % WINDOWS === window));

test.describe('every public study shows an image within two clicks', () => {
  test.skip(testdataRoot() === undefined, 'the public files are not beside this checkout');

  for (const share of shares.filter(({ length }) => length > 0)) {
    test(share.map(({ name }) => name).join(', '), async ({ launch }) => {
      test.setTimeout(60_000 * share.length);
      const { page } = await launch();
      const image = page.locator('[data-role][data-state="ready"]').first();
      const choice = page.getByRole('dialog').getByRole('listitem').getByRole('button').first();
      for (const { name, path } of share) {
        await test.step(name, async () => {
          await page.getByRole('navigation').locator('a[href="#/cases"]').click();
          await expect(image).toHaveCount(0);
          const button = path.endsWith('.zip')
            ? page.getByRole('button', { name: 'Zip file…' })
            : page.getByTestId('bar-folder').or(page.getByTestId('open-folder'));
          const chooser = page.waitForEvent('filechooser');
          await button.first().click();
          await (await chooser).setFiles(path);
          await expect(image.or(choice).first()).toBeVisible({ timeout: 60_000 });
          if (await choice.isVisible()) await choice.click();
          await expect(image).toBeVisible({ timeout: 60_000 });
        });
      }
    });
  }
});

test('a DICOMDIR that does not find its files offers the folder that it lies in', async ({ launch }) => {
  const disc = mkdtempSync(join(tmpdir(), 'haicast-disc-'));
  try {
    for (const instance of [1, 2, 3]) {
      writeFileSync(join(disc, `renamed-${instance}`), dicomFile(mrElements({ instance, rows: 16, columns: 16 })));
    }
    writeFileSync(join(disc, 'DICOMDIR'), dicomdir(['IM1', 'IM2', 'IM3']));
    const { page } = await launch({ arguments: [join(disc, 'DICOMDIR')] });
    await expect(page.getByText('3 of the 3 files that the DICOMDIR lists are not there.')).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'Open the folder' }).click();
    await expect(page.locator('[data-role][data-state="ready"]').first()).toBeVisible({ timeout: 60_000 });
  } finally {
    rmSync(disc, { recursive: true, force: true });
  }
});
