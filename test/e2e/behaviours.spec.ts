import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const openDemo = async (page: import('@playwright/test').Page): Promise<CasePage> => {
  await new CasesPage(page).openDemo();
  return new CasePage(page);
};

test('a case from its roles to its report: reasons and undo, leaving asked about, what follows a change, and the banner all the way', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const banner = page.getByTestId('simulated-banner');
  const result = current.step('result');

  await test.step('the banner of a simulated model is there before a case is', async () => {
    await expect(banner).toContainText('Research use only');
    // Before the models are known it must not say that there are none.
    await expect(banner).not.toContainText('No model', { timeout: 1 });
    await expect(banner).toContainText('trained on simulated patients');
  });
  await new CasesPage(page).openDemo();
  await expect(banner).toBeVisible();

  await test.step('a suggested role shows its reasons; one given by hand is confirmed by the picking, and undo takes it back', async () => {
    const row = page.getByTestId('role-delayed');
    await row.getByRole('button', { name: 'Why' }).click();
    await expect(row.locator('dl')).toContainText(/3 min/);
    await current.confirmRoles.click();
    await current.open('images');
    await expect(row).toContainText(/Confirmed by/);

    const choice = row.getByRole('combobox');
    const portal = await choice.locator('option', { hasText: 'Portal' }).getAttribute('value');
    await choice.selectOption(portal);
    await expect(row).toContainText(/suggested as Portal venous/);
    // A series plays one role at a time.
    await expect(page.getByTestId('role-portal-venous').getByRole('combobox')).toHaveValue('');
    await expect(row).toContainText(/Confirmed by/);
    await expect(current.confirmRoles).toBeDisabled();
    await page.keyboard.press('Control+z');
    await expect(row).not.toContainText(/suggested as Portal venous/);
  });

  await test.step('leaving unsaved work asks first', async () => {
    await page.getByRole('navigation').getByRole('link').first().click();
    await new CasesPage(page).demo.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).first().click();
    await page.getByRole('navigation').getByRole('link').nth(1).click();
    await current.open('images');
    await expect(current.confirmRoles).toBeDisabled();
  });

  await current.open('lesions');
  await page.getByTestId('demo-lesion').click();
  await current.runPrediction();

  await test.step('PPV and NPV follow the base rate that the user sets', async () => {
    const rate = page.getByTestId('base-rate').getByRole('spinbutton');
    const ppv = page.getByTestId('ppv');
    await rate.fill('46');
    await rate.press('Tab');
    const common = Number.parseInt((await ppv.textContent()) ?? '', 10);
    await rate.fill('14');
    await rate.press('Tab');
    await expect.poll(async () => Number.parseInt((await ppv.textContent()) ?? '', 10)).toBeLessThan(common);
  });

  await test.step('every change after a prediction makes it out of date, and undo makes it good again', async () => {
    await current.open('factors');
    await current.fillFactor('afp', '12');
    await current.open('result');
    await expect(result).toContainText('Predict again');
    await expect(page.getByTestId('map-legend')).toHaveCount(0);
    await page.getByTestId('predict').focus();
    await page.keyboard.press('Control+z');
    await expect(result).not.toContainText('Something changed');
  });

  await test.step('the banner is on every screen and on the report', async () => {
    await page.getByTestId('model-card-link').press('Enter');
    await expect(page.getByTestId('model-card')).toBeVisible();
    await expect(banner).toBeVisible();
    await page.goBack();
    await page.locator('a[href="#/report"]').click();
    // A report is of what is kept: from here it is saved and shown.
    await expect(page.getByTestId('report-unsaved')).toBeVisible();
    await expect(page.getByTestId('report')).toHaveCount(0);
    await page.getByTestId('report-unsaved').getByRole('button').click();
    await current.createRecords(PASSPHRASE);
    await expect(page.getByTestId('report')).toContainText('Not for clinical use');
  });

  await test.step('the banner is at the head of every sheet that is printed, wherever from', async () => {
    await page.emulateMedia({ media: 'print' });
    for (const place of ['cases', 'case', 'course', 'evidence', 'models', 'report']) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${place}`);
      await page.waitForURL(new RegExp(`#/${place}$`));
      await expect(page.locator('main').getByRole('heading').first(), place).toBeVisible();
      if (place === 'report') {
        // It has its own, on every sheet of it, and nothing of the window around it.
        await expect(page.getByTestId('report-banner')).toBeVisible();
        await expect(banner).toBeHidden();
        await expect(page.locator('.report-place > .bar').first()).toBeHidden();
        continue;
      }
      await expect(banner, place).toBeVisible();
      // What is repeated over the sheets is the head of the table that the page is on paper.
      await expect(banner, place).toHaveCSS('display', 'table-header-group');
      await expect(page.locator('.app'), place).toHaveCSS('display', 'table');
    }
  });
});

test('a reloaded window comes back to the same unsaved case', { tag: '@every-host' }, async ({ launch }) => {
  const { page } = await launch();
  const current = await openDemo(page);
  await current.predictDemo();
  const numbers = await current.numbers();
  await page.reload();
  await current.imagesShown();
  expect(await current.numbers()).toBe(numbers);
  await current.open('lesions');
  await expect(current.lesions).toHaveCount(1);
});

test('a killed inference process is told, and the next prediction works', { tag: '@every-host' }, async ({
  launch,
}) => {
  const app = await launch();
  const { page } = app;
  const current = await openDemo(page);
  await current.predictDemo();
  await app.killWorker('inference');
  await expect(page.getByRole('status').filter({ hasText: 'stopped unexpectedly' })).toBeVisible();
  await current.runPrediction();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a killed DICOM process is told, and the open study goes on without being opened again', {
  tag: '@every-host',
}, async ({ launch }) => {
  const app = await launch();
  const { page } = app;
  const current = await openDemo(page);
  await current.imagesShown();
  await app.killWorker('dicom');
  await expect(page.getByRole('status').filter({ hasText: 'stopped unexpectedly' })).toBeVisible();
  // The attributes are read from the files anew: by the next process, under the same handle.
  await page.getByTestId('role-arterial').getByRole('button', { name: 'Tags' }).click();
  await expect(page.getByRole('dialog').locator('tbody')).toContainText('PatientID');
  await page.keyboard.press('Escape');
  await current.predictDemo();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('by keyboard alone: palette, confirm, predict, language, keys', { tag: '@every-host' }, async ({ launch }) => {
  const { page } = await launch();
  await expect(new CasesPage(page).demo).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('demonstration');
  await page.keyboard.press('Enter');
  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.focus();
  await page.keyboard.press('Enter');
  await current.open('lesions');
  await page.getByTestId('demo-lesion').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('p');
  await expect(current.probability).toBeVisible();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog');
  await expect(keys).toContainText('Predict');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('h');
  await expect(page.getByTestId('patient-banner')).not.toContainText('SIM-0007');
});
