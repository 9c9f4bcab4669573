/** A course without a single image of follow-up: treatment, its end, and an outcome that is entered by hand. */
import { addDays } from '#shared/clinical/response/timeline.ts';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';

test('events with their version, a conversion, what is missing in the list, an outcome marked as entered by hand, and its page on paper', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await new CasesPage(page).open();
  const course = new CoursePage(page);
  await course.open();
  const baseline = await course.baselineDay();

  await page.getByTestId('new-cycle').click();
  // What has not happened is not kept, and it is said why.
  await page.getByTestId('cycle-date').fill('2999-01-01');
  await expect(page.getByTestId('in-future')).toContainText('2999-01-01 is still to come');
  await expect(page.getByTestId('save-cycle')).toBeDisabled();
  await page.getByTestId('cycle-date').fill(addDays(baseline, 7));
  await page.getByTestId('given-0').fill('220');
  await page.getByTestId('add-event').fill('Platelet count decreased');
  await page.keyboard.press('Enter');
  const event = page.getByTestId('adverse-event');
  await event.getByLabel('Grade', { exact: true }).selectOption('3');
  await event.getByLabel('CTCAE version').selectOption('6.0');
  await page.getByTestId('save-cycle').click();
  await expect(page.getByTestId('cycle-0')).toContainText('Platelet count decreased grade 3 (CTCAE 6.0)');

  await page.getByTestId('end-treatment').click();
  await page.getByRole('combobox', { name: /^Conversion/ }).selectOption('resection');
  await page.getByRole('textbox', { name: 'Pathology' }).fill('no viable tumour');
  await page.getByTestId('save-end').click();
  await expect(page.getByTestId('missing-badge')).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await page.getByRole('button', { name: 'Outcome missing', exact: true }).click();
  await expect(page.getByTestId('case-list').locator('tbody tr')).toHaveCount(1);
  await course.open();

  await page.getByTestId('close-course').click();
  await expect(page.getByRole('dialog')).toContainText('marked as entered by hand');
  await page.getByTestId('best-recist-1.1').selectOption('PR');
  await page.getByTestId('save-outcome').click();
  await expect(page.getByTestId('outcome-recist-1.1')).toContainText('entered by hand');

  // On paper: time line and table, without what can only be pressed.
  await page.emulateMedia({ media: 'print' });
  await expect(course.table).toBeVisible();
  await expect(page.getByRole('img', { name: /^Time line/ })).toBeVisible();
  await expect(page.getByTestId('course-history')).toBeHidden();
});
