import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('factors are read as they were written, pasted, refused, asked about and set against what was measured', async ({
  launch,
}) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.open('factors');

  await test.step('a value is read whole: unit and sign in the text, and a comma that is asked about', async () => {
    const afp = page.getByTestId('factor-afp');
    await current.fillFactor('afp', '＞６０５００ ng/mL');
    await expect(afp.getByRole('textbox')).toHaveValue('>60500');
    await expect(afp).toContainText('Only known to be > 60500');
    await current.fillFactor('afp', '1,234');
    await expect(afp).toContainText('can be read as 1234 or as 1.234');
    await afp.getByRole('button', { name: 'Use 1234 ng/mL' }).click();
    await expect(afp.getByRole('textbox')).toHaveValue('1234');

    // A factor that this patient does not have yet: no unit is chosen for it.
    const crp = page.getByTestId('factor-crp');
    await expect(crp.getByRole('combobox')).toHaveValue('');
    await current.fillFactor('crp', '8');
    await expect(crp).toContainText('No unit is assumed');
    await crp.getByRole('button', { name: 'Use 8 mg/L' }).click();
    await expect(crp.getByRole('combobox')).toHaveValue('mg/L');
  });

  await current.fillFactor('afp', '412');
  await current.fillFactor('crp', '');
  await test.step('pasted results are shown line by line and taken only when confirmed', async () => {
    await page.getByTestId('paste-results').click();
    const dialog = page.getByTestId('paste-dialog');
    await page
      .getByTestId('paste-text')
      .fill('C 反应蛋白\t8.1\tmg/L\t2026-03-14\n白蛋白\t3.5\tg/L\n直接胆红素\t5\tµmol/L\nAFP\t>60500\tng/mL');
    await expect(dialog.getByRole('row', { name: /CRP/ })).toContainText('8.1 mg/L');
    await expect(dialog.getByRole('row', { name: /Albumin/ })).toContainText('cannot be right');
    await expect(dialog.getByRole('row', { name: /AFP/ })).toContainText('412 ng/mL');
    await expect(dialog).toContainText('Not recognised, and not taken: 直接胆红素.');
    await dialog.getByRole('button', { name: 'Use 3.5 g/dL' }).click();
    await dialog.getByRole('checkbox', { name: 'Take AFP' }).uncheck();
    await expect(page.getByTestId('factor-crp').getByRole('textbox').first()).toHaveValue('');
    await page.getByTestId('paste-take').click();

    await expect(dialog).toHaveCount(0);
    await expect(page.getByTestId('factor-crp').getByRole('textbox').first()).toHaveValue('8.1');
    await expect(page.getByTestId('factor-albumin').getByRole('combobox')).toHaveValue('g/dL');
    await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('412');
  });

  await current.fillFactor('crp', '');
  await test.step('results that name another patient are taken only after that was confirmed', async () => {
    await page.getByTestId('paste-results').click();
    const message = (id: string, name: string) =>
      `MSH|^~\\&|LIS|LAB\nPID|1||${id}||${name}||19680101|F\nOBX|1|NM|1988-5^CRP^LN||8.1|mg/L`;
    await page.getByTestId('paste-text').fill(message('OTHER-7', 'ROE^RICHARD'));
    const note = page.getByTestId('paste-other-patient');
    await expect(note).toContainText('ID: OTHER-7 in the text');
    await expect(page.getByTestId('paste-take')).toBeDisabled();
    await page.getByTestId('paste-same-patient').check();
    await expect(page.getByTestId('paste-take')).toBeEnabled();
    await page.getByTestId('paste-text').fill(message('OTHER-8', 'ROE^RICHARD'));
    await expect(page.getByTestId('paste-take')).toBeDisabled();
    await page.getByTestId('paste-same-patient').check();
    await page.getByTestId('paste-take').click();
    await expect(page.getByTestId('factor-crp').getByRole('textbox').first()).toHaveValue('8.1');
  });

  await current.open('images');
  await current.confirmRoles.click();
  await current.open('lesions');
  await page.getByTestId('demo-lesion').click();
  await current.runPrediction();
  await current.open('factors');
  await current.fillFactor('albumin', '35 g/L');
  await test.step('a refused entry keeps its step red, stops the prediction with a list, and is mended in one click', async () => {
    const albumin = page.getByTestId('factor-albumin');
    await current.fillFactor('albumin', '3.5');
    await expect(albumin.getByRole('textbox')).toHaveValue('3.5');
    await expect(current.step('factors').getByRole('heading', { level: 2 })).toContainText('one refused');

    // Another step is opened and closed again: what was written is still there to be mended.
    await current.open('lesions');
    await current.predict.click();
    const list = page.getByTestId('refused-factors');
    await expect(list).toContainText('Albumin');
    await expect(list).toContainText('3.5 g/L cannot be right (10–70)');
    await expect(page.getByTestId('probability')).toHaveCount(0);

    await list.getByRole('button', { name: 'Use 3.5 g/dL' }).click();
    await expect(list).toHaveCount(0);
    await expect(albumin.getByRole('textbox')).toHaveValue('3.5');
    await expect(albumin.getByRole('combobox')).toHaveValue('g/dL');
    await current.runPrediction();
  });

  await test.step('a typed diameter that was measured otherwise is shown on both sides, and settled by the measured one', async () => {
    await current.open('factors');
    const diameter = page.getByTestId('factor-largestDiameter');
    await current.fillFactor('largestDiameter', '5 cm');
    await expect(diameter).toContainText('the largest measured lesion has 86.8 mm');
    await current.open('lesions');
    await expect(page.getByTestId('contradiction')).toContainText('86.8 mm');
    await page.getByRole('button', { name: 'Use the measured one: 86.8 mm' }).click();
    await expect(page.getByTestId('contradiction')).toHaveCount(0);
    await current.open('factors');
    await expect(diameter.getByRole('textbox')).toHaveValue('86.8');
  });
});
