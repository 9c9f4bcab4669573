import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('beside the result: other clinical values, cases that are like this one, and what the watch finds', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  const cases = new CasesPage(page);
  await cases.openDemo();
  await current.predictDemo();
  const own = await current.probability.innerText();
  const moved = page.getByTestId('what-if-probability');

  await test.step('cases that are like this one are not told while the case history is not open', async () => {
    await page.getByTestId('neighbours-open').click();
    await expect(current.step('result')).toContainText('The case history is not open');
  });

  await test.step('other clinical values move the number beside the patient’s own, by keyboard', async () => {
    await page.getByTestId('what-if-open').focus();
    await page.keyboard.press('Enter');
    const whatIf = page.getByTestId('what-if');
    await expect(whatIf).toContainText('Not this patient.');
    await expect(page.getByTestId('what-if-probability')).toHaveCount(0);

    await current.fillFactor('afp', '90000');
    await expect(moved).toContainText('%');
    const first = await moved.innerText();
    await expect(whatIf).toContainText('90000 ng/mL');
    await expect(page.getByTestId('what-if-along')).toContainText('all else as this patient');
    // The patient's own number stays where it was, and the case what it is.
    await expect(current.probability).toHaveText(own);
    await current.chooseFactor('pvtt', 'vp4');
    await expect(moved).not.toHaveText(first);
    // What the model was never meant for has no number here either.
    await current.fillFactor('bilirubin', 'unreadable');
    await expect(page.getByTestId('what-if-withheld')).toContainText('No number with these values');
    await expect(moved).toHaveCount(0);
    await page.getByTestId('what-if-reset').click();
    await expect(whatIf).not.toContainText('90000');
    await expect(page.getByTestId('factor-afp').getByRole('textbox')).not.toHaveValue('90000');
  });

  await current.fillFactor('afp', '90000');
  await expect(moved).toBeVisible();
  expect(await moved.innerText()).not.toBe(own);
  await current.saveFirstCase(PASSPHRASE);

  await test.step('closed cases that are like this one: too few say so and show none, whoever they are', async () => {
    await expect(page.getByTestId('neighbours-none')).toContainText(
      'Too few closed cases to compare with: 0, and 30 are needed',
    );
    await expect(page.getByTestId('neighbours')).toContainText('Not a prediction');
    await expect(page.getByTestId('neighbour')).toHaveCount(0);
  });

  await test.step('other values that are left changed are in no kept case and in no report', async () => {
    await page.getByRole('link', { name: 'Report' }).click();
    await expect(page.getByTestId('report')).toContainText(own);
    await expect(page.getByTestId('report')).not.toContainText('90000');
  });

  await test.step('once the case history is open the list says what the watch finds, without a visit to the evidence', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
    await expect(page.getByTestId('watch-in-list')).toHaveCount(0);
    await page.getByTestId('load-simulated').click();
    await expect(page.getByTestId('watch-in-list')).toContainText('simulated cohort · Fewer responses than predicted');
    await expect(page.getByTestId('watch-badge')).toBeVisible();
  });
});
