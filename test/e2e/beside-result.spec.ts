import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

const predicted = async (current: CasePage, cases: CasesPage): Promise<void> => {
  await cases.openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('lesions');
  await current.page.getByTestId('demo-lesion').click();
  await current.runPrediction();
};

test('other clinical values move the number beside the patient’s own, by keyboard, and nothing of it is kept', async ({
  launch,
}) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await predicted(current, new CasesPage(page));
  const own = await current.probability.innerText();
  await page.getByTestId('what-if-open').focus();
  await page.keyboard.press('Enter');
  const whatIf = page.getByTestId('what-if');
  await expect(whatIf).toContainText('Not this patient.');
  await expect(page.getByTestId('what-if-probability')).toHaveCount(0);

  await current.fillFactor('afp', '90000');
  const moved = page.getByTestId('what-if-probability');
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

  // Left changed, it is in no kept case and in no report.
  await current.fillFactor('afp', '90000');
  await expect(moved).toBeVisible();
  const changed = await moved.innerText();
  await current.saveFirstCase(PASSPHRASE);
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByTestId('report')).toContainText(own);
  await expect(page.getByTestId('report')).not.toContainText('90000');
  expect(changed).not.toBe(own);
});

test('closed cases that are like this one: too few say so and show none, whoever they are', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  await predicted(current, new CasesPage(page));
  await page.getByTestId('neighbours-open').click();
  await expect(current.step('result')).toContainText('The case history is not open');
  await current.saveFirstCase(PASSPHRASE);
  await expect(page.getByTestId('neighbours-none')).toContainText(
    'Too few closed cases to compare with: 0, and 30 are needed',
  );
  await expect(page.getByTestId('neighbours')).toContainText('Not a prediction');
  await expect(page.getByTestId('neighbour')).toHaveCount(0);
});

test('once the case history is open the list says what the watch finds, without a visit to the evidence', async ({
  launch,
}) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await predicted(new CasePage(page), cases);
  await new CasePage(page).saveFirstCase(PASSPHRASE);
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await expect(page.getByTestId('watch-in-list')).toHaveCount(0);
  await page.getByTestId('load-simulated').click();
  await expect(page.getByTestId('watch-in-list')).toContainText('simulated cohort · Fewer responses than predicted');
  await expect(page.getByTestId('watch-badge')).toBeVisible();
});
