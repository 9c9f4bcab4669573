/** From the prediction to the outcome, and back to it months later. */
import { addDays } from '#shared/clinical/response/timeline.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';

const PASSPHRASE = 'correct horse battery';
/** Ten series of two dates are decoded and compared: on a busy computer that takes longer than one of them. */
const DECODED = { timeout: 60_000 };

test('predict → save → two cycles → follow-up → both criteria → confirmed → outcome → closed → found → read only → amended', {
  tag: '@every-host',
}, async ({ launch }) => {
  // Two dates of images, twice.
  test.slow();
  const first = await launch();
  const { page } = first;
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);

  const course = new CoursePage(page);
  await course.open();
  const baseline = await course.baselineDay();
  const whole = Number(await course.cell('L1', 'whole', 'Baseline').inputValue());
  expect(whole).toBeGreaterThan(10);

  await course.addCycle(addDays(baseline, 7), '220');
  await course.addCycle(addDays(baseline, 28), '200');
  await expect(page.getByTestId('cycle-1')).toContainText('200 mg');
  await course.describeInfusion(1, { day: addDays(baseline, 30) });

  // The later study of the same patient, beside the baseline: the whole diameter drawn, then as the report has it.
  await course.openDemoFollowUp(1);
  await expect(course.images('date-1')).toHaveCount(4, DECODED);
  await expect(course.images('date-0')).toHaveCount(6, DECODED);
  await expect(page.getByTestId('prior-L1-mm')).toHaveText(String(whole));
  await expect(page.getByTestId('position')).toContainText('Found from the liver', DECODED);
  // The simulator moved the patient by 11 mm to the head.
  await expect(page.getByTestId('moved-z')).toHaveValue(/^(8|9|1[0-4])(\.\d+)?$/);
  await course.draw('L1', 'mm', 'date-1');
  await expect(course.cell('L1', 'whole', 'Follow-up 1')).toHaveValue(/\d/);
  await course.cell('L1', 'whole', 'Follow-up 1').fill(String(whole));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sum-recist-1.1')).toContainText(`${whole.toFixed(1)} mm`);
  await page.getByTestId('phase').selectOption('arterial');
  await expect(course.images('date-1')).toHaveCount(1, DECODED);
  await expect(course.images('date-0')).toHaveCount(1, DECODED);
  await page.getByTestId('to-course').click();
  await course.table.waitFor();
  await expect(page.getByTestId('time-point-1')).toContainText(addDays(baseline, 56));

  // By keyboard alone: the enhancing part at the baseline, then both of the follow-up.
  await course.cell('L1', 'enhancing', 'Baseline').focus();
  await page.keyboard.type('50');
  await page.keyboard.press('ArrowRight');
  await expect(course.cell('L1', 'whole', 'Follow-up 1')).toBeFocused();
  await page.keyboard.type(String(whole));
  await page.keyboard.press('Tab');
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  await expect(course.response(1, 'recist-1.1')).toContainText('SD');
  await expect(course.response(1, 'mrecist')).toContainText('PR');
  await page.getByTestId('course-undo').click();
  await expect(course.response(1, 'mrecist')).toContainText('NE');
  await course.cell('L1', 'enhancing', 'Follow-up 1').fill('20');
  await page.keyboard.press('Enter');

  await course.confirm(1, 'recist-1.1');
  await course.response(1, 'mrecist').click();
  await expect(page.getByRole('dialog')).toContainText('60 % under the baseline of 50 mm');
  await page.getByTestId('reader-response').selectOption('SD');
  await expect(page.getByTestId('confirm-response')).toBeDisabled();
  await page.getByTestId('override-reason').fill('motion in the arterial phase');
  await page.getByTestId('confirm-response').click();
  await expect(course.response(1, 'mrecist')).toHaveClass(/overridden/);
  await course.response(1, 'mrecist').click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await course.confirm(1, 'mrecist');

  await page.getByTestId('end-treatment').click();
  await page.getByTestId('save-end').click();
  await expect(page.getByTestId('missing-badge')).toBeVisible();
  await page.getByTestId('close-course').click();
  await expect(page.getByTestId('best-mrecist')).toHaveValue('PR');
  await page.getByTestId('day-lastContact').fill(addDays(baseline, 107));
  await expect(page.getByTestId('endpoint-os')).toContainText('100 days');
  await page.getByTestId('save-outcome').click();
  await expect(page.getByTestId('course-closed')).toBeVisible();
  await expect(page.getByTestId('outcome-mrecist')).toContainText('PR');
  await first.close();

  const second = await launch({ passphrase: PASSPHRASE });
  const again = second.page;
  const cases = new CasesPage(again);
  await again.getByRole('button', { name: 'Closed', exact: true }).click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  await expect(cases.list).toContainText('Closed · RECIST 1.1 SD · mRECIST PR');
  await cases.list.locator('tbody tr').first().getByRole('button').first().click();
  const reopened = new CoursePage(again);
  await reopened.table.waitFor();
  await expect(reopened.cell('L1', 'enhancing', 'Follow-up 1')).toHaveValue('20');
  await expect(reopened.cell('L1', 'enhancing', 'Follow-up 1')).not.toBeEditable();
  await again.getByTestId('amend').click();
  await again.getByTestId('amend-reason').fill('measured again');
  await again.getByTestId('amend-confirm').click();
  await reopened.cell('L1', 'enhancing', 'Follow-up 1').fill('25');
  await again.keyboard.press('Enter');
  await expect(reopened.response(1, 'mrecist')).toHaveClass(/outdated/);
  await expect(again.getByTestId('course-closed')).toBeVisible();
});
