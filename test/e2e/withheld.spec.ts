/** Cases that the model was not made for: the reason stands in the place of the verdict, and nothing says "above". */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dicomFile, mrElements } from '../fixtures/dicom/write-dicom.ts';
import { liverStudy } from '../fixtures/dicom/write-liver-study.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';
let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haicast-withheld-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noVerdict = async (page: Page) => {
  await expect(page.locator('body')).not.toContainText(/above|▲/i);
  await expect(page.getByTestId('probability')).toHaveCount(0);
  await expect(page.getByTestId('contributions')).toHaveCount(0);
  await expect(page.getByTestId('map-legend')).toBeHidden();
};

/** Pixels of pictures whose red and blue differ clearly. */
const coloured = (images: Locator): Promise<number> =>
  images.evaluateAll(async (all) => {
    let count = 0;
    for (const image of all) {
      if (!(image instanceof HTMLImageElement)) continue;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let at = 0; at < data.length; at += 4) if (Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)) > 40) count++;
    }
    return count;
  });

test('a case that the model was not made for, or whose entries are refused: no verdict, and the reason in its place', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('lesions');

  await test.step('a lesion of few millimetres is not measurable, so its number is withheld', async () => {
    await current.drawLesion('arterial', [0.4, 0.42], [0.42, 0.42]);
    await expect(current.lesions).toHaveCount(1);
    await current.predict.click();
    await expect(page.getByTestId('withheld')).toContainText(/measures \d(\.\d)? mm; below 10 mm/);
    await noVerdict(page);
  });

  await page.keyboard.press('Control+z');
  await expect(current.lesions).toHaveCount(0);
  await current.open('lesions');
  await test.step('refused entries: the step is red with their count, no prediction is made, and each is mended in one click', async () => {
    await page.getByTestId('demo-lesion').click();
    await current.open('factors');
    await current.fillFactor('albumin', '3.5 g/L');
    await current.fillFactor('platelets', '18 kg');
    await current.predict.click();
    await expect(current.step('factors').locator('h2')).toContainText('2 refused');
    const list = page.getByTestId('refused-factors');
    await expect(list).toContainText('2 entries are refused');
    await noVerdict(page);
    await list.getByRole('button', { name: 'Use 3.5 g/dL' }).click();
    await expect(list.locator('[data-refused]')).toHaveCount(1);
    await list.locator('[data-refused=platelets]').getByRole('button', { name: 'Take away' }).click();
    await expect(list).toHaveCount(0);
    await current.runPrediction();
  });

  await test.step('ECOG 4 with severe ascites: withheld on the page, in the list and in the report; the number only on request', async () => {
    await current.open('factors');
    await current.chooseFactor('ecog', '4');
    await current.chooseFactor('ascites', 'severe');
    await current.predict.click();

    const withheld = page.getByTestId('withheld');
    await expect(withheld).toContainText('ECOG 4');
    await expect(page.getByTestId('warnings-serious').or(page.getByTestId('warnings-moves')).first()).toBeVisible();
    await noVerdict(page);
    await expect(current.step('result').locator('h2')).toContainText('withheld');

    await current.saveFirstCase(PASSPHRASE);
    await page.getByTestId('show-anyway').click();
    await expect(page.getByTestId('not-to-be-used')).toBeVisible();
    await expect(page.getByTestId('probability')).toBeVisible();
    await expect(page.getByTestId('decision')).toHaveCount(0);
    await expect(page.getByTestId('map-bar')).toHaveCount(0);
    await expect(page.locator('body')).not.toContainText(/above threshold|▲/i);

    await page.getByRole('link', { name: 'Report' }).click();
    const report = page.getByTestId('report');
    await expect(report.getByTestId('report-result')).toContainText('ECOG 4');
    await expect(report.getByTestId('report-figure')).toHaveCount(0);
    // MR is grey: a coloured pixel would be the map of a number that is not in the report.
    const images = report.getByRole('img');
    await expect(images).toHaveCount(6);
    expect(await coloured(images)).toBe(0);

    await page.getByRole('link', { name: 'Cases', exact: true }).click();
    const list = page.getByTestId('case-list');
    await expect(list).toContainText('Withheld');
    await expect(list).toContainText('ECOG 3–4');
    await expect(list).not.toContainText('%');
  });
});

test('a study that has nothing to compute from says so in the place of the verdict', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const openFolder = async (study: string) => {
    await page.getByRole('navigation').getByRole('link').first().click();
    await expect(page.locator('[data-role]')).toHaveCount(0);
    const chooser = page.waitForEvent('filechooser');
    await page.getByTestId('bar-folder').or(page.getByTestId('open-folder')).first().click();
    await (await chooser).setFiles(study);
    await current.step('images').waitFor();
  };

  for (const modality of ['CT', 'PT']) {
    await test.step(`a ${modality} study has no roles to give, says so, and names its modality`, async () => {
      const study = join(folder, modality);
      mkdirSync(study);
      for (let instance = 1; instance <= 4; instance++) {
        const elements = mrElements({ instance, rows: 16, columns: 16, extra: [['0008,0060', 'CS', modality]] });
        writeFileSync(join(study, `IM${instance}`), dicomFile(elements));
      }
      await openFolder(study);
      await expect(page.getByTestId('patient-banner')).toContainText(`${modality} 2024-01-02`);
      const options = page.getByTestId('role-arterial').locator('option');
      await expect(options.last()).toBeDisabled();
      await current.open('result');
      await expect(page.getByTestId('withheld')).toContainText(`only ${modality}`);
      await expect(current.predict).toBeDisabled();
      await noVerdict(page);
    });
  }

  await test.step('a lesion that the arterial images do not reach: nothing to compute from, said in the place of the verdict', async () => {
    // The arterial phase lies a metre beside the T2 images, on which the lesion is measured.
    for (const { name, bytes } of liverStudy(['arterial', 't2'], { arterial: 1000 })) {
      mkdirSync(dirname(join(folder, 'apart', name)), { recursive: true });
      writeFileSync(join(folder, 'apart', name), bytes);
    }
    await openFolder(join(folder, 'apart'));
    for (const role of ['arterial', 't2']) {
      const choice = page.getByTestId(`role-${role}`).getByRole('combobox');
      const series = await choice.locator('option', { hasText: role }).first().getAttribute('value');
      await choice.selectOption(series);
      await expect(current.pane(role)).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
    }
    await current.drawLesion('t2', [0.4, 0.5], [0.6, 0.5]);
    await expect(current.step('lesions').locator('h2')).toContainText('one target');
    await current.predict.click();
    await expect(page.getByTestId('withheld')).toContainText(/outside the arterial images/i);
    await expect(current.step('result').locator('h2')).toContainText('Withheld');
    await noVerdict(page);
  });
});
