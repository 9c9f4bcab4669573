/** A case lives on without its study: key images in the panes' place and in the report, and a way back to the study. */
import { cpSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { tap } from './pages/tap.ts';

const demoStudy = resolve(import.meta.dirname, '../../resources/demo/study');

test('a case without its study shows its key images, is edited, reported and saved, and is linked to its study again', async ({
  launch,
  dataFolder,
}) => {
  const study = join(dataFolder, 'study');
  cpSync(demoStudy, study, { recursive: true });
  const first = await launch({ arguments: [study] });
  const before = new CasePage(first.page);
  await before.imagesShown();
  await before.confirmRoles.click();
  await before.open('lesions');
  await before.drawLesion('arterial', [0.35, 0.4], [0.5, 0.5]);
  await before.runPrediction();
  // One that a person wants: kept, undone, kept again.
  await first.page.keyboard.press('k');
  await expect(first.page.getByRole('status').filter({ hasText: 'Image kept with the case: Arterial' })).toBeVisible();
  await before.open('images');
  await expect(first.page.getByTestId('kept-images').getByTestId('key-image')).toHaveCount(1);
  await first.page.keyboard.press('Control+z');
  await expect(first.page.getByTestId('kept-images')).toHaveCount(0);
  await first.page.keyboard.press('k');
  await expect(first.page.getByTestId('kept-images').getByTestId('key-image')).toHaveCount(1);
  await before.saveFirstCase(PASSPHRASE);
  await first.close();
  const moved = join(dataFolder, 'moved');
  renameSync(study, moved);

  const { page } = await launch({ passphrase: PASSPHRASE });
  const gone = new CasePage(page);
  await new CasesPage(page).open();
  await expect(page.getByRole('heading', { name: /no longer where they were/ })).toBeVisible();
  const pictures = page.locator('.panes').getByTestId('key-image');
  await expect(pictures).toHaveCount(6);
  await expect(pictures.first()).toHaveAttribute('data-map', 'true');
  await tap(page, 'c');
  await expect(pictures.first()).toHaveAttribute('data-map', 'false');
  await tap(page, 'c');
  await expect(page.getByTestId('kept-images').getByTestId('key-image')).toHaveCount(1);

  // The number cannot be made again here, and everything else can.
  await expect(gone.predict).toBeDisabled();
  await page.getByRole('link', { name: 'Report' }).click();
  const report = page.getByTestId('report');
  // Six roles without the map and with it; the one that a person kept has no room on the page.
  await expect(report.getByTestId('key-image')).toHaveCount(13);
  await expect(report.getByTestId('report-appendix').getByTestId('key-image')).toHaveCount(1);
  await page.getByRole('link', { name: 'Back' }).click();
  await gone.open('factors');
  await gone.fillFactor('afp', '321');
  await expect(page.locator('.panes').locator('[data-map="true"]')).toHaveCount(0);
  await expect(gone.save).toBeEnabled();
  await page.keyboard.press('Control+s');
  await expect(gone.save).toBeDisabled();

  await test.step('linked to its study again, with what was changed meanwhile; another study is refused in words', async () => {
    const part = join(dataFolder, 'part');
    mkdirSync(part);
    const [name = ''] = readdirSync(moved, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    cpSync(name, join(part, 'one.dcm'));

    await gone.fillFactor('afp', '322');
    const choose = async (folder: string) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByTestId('relink').click();
      await (await chooser).setFiles(folder);
    };
    await choose(part);
    await expect(page.getByText(/Nothing was linked/)).toBeVisible();
    await choose(moved);
    await gone.imagesShown();
    await gone.open('factors');
    await expect(page.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('322');
    await expect(gone.save).toBeEnabled();
  });
});
