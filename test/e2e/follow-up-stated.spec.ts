/** A date whose response was read elsewhere: nothing is drawn there that would not count, and it is said why. */
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';
import { toolbarRows } from './pages/toolbar.ts';

test('a date with a response that was read elsewhere refuses a line, says why, and takes lines again once that is taken back', async ({
  launch,
  keepDemo,
}) => {
  test.slow();
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await new CasesPage(page).open();
  const course = new CoursePage(page);
  await course.open();
  await page.getByTestId('add-lesion').click();
  await page.getByTestId('save-lesion').click();
  await course.openDemoFollowUp(1);
  await expect(course.images('date-1')).toHaveCount(4, { timeout: 60_000 });
  // One row of tools in either language, and the images of both dates beside each other in one size.
  const topOf = async (date: string) => (await course.images(date).first().boundingBox())?.y;
  for (const language of ['zh-CN', 'en']) {
    await page.getByTestId('language').click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    expect(await toolbarRows(page)).toBe(1);
    expect(await topOf('date-0')).toBe(await topOf('date-1'));
  }
  const cell = course.cell('L1', 'whole', 'Follow-up 1');
  const setElsewhere = async (checked: boolean) => {
    await page.getByLabel('The response was read elsewhere').setChecked(checked);
    if (checked) await page.getByRole('combobox', { name: 'mRECIST' }).selectOption('PR');
    await page.getByTestId('save-time-point').click();
    await expect(page.getByTestId('save-time-point')).toBeHidden();
  };

  await page.getByTestId('to-course').click();
  await page.getByTestId('time-point-1').click();
  await setElsewhere(true);
  await page.getByTestId('images-1').click();
  await expect(page.getByTestId('stated')).toContainText('lengths that are measured here would not count');
  await expect(cell).not.toBeEditable();
  await expect(page.getByTestId('draw-L1-mm')).toHaveCount(0);
  await expect(course.images('date-1')).toHaveCount(4, { timeout: 60_000 });
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Measure/ })
    .click();
  const said = page.getByRole('status').filter({ hasText: 'would not count' });
  await expect(said).toHaveCount(0);
  await course.drawLine('date-1');
  await expect(said).toBeVisible();
  await expect(cell).toHaveValue('');

  await page.getByTestId('stated').getByRole('button').click();
  await setElsewhere(false);
  await course.draw('L1', 'mm', 'date-1');
  await expect(cell).toHaveValue(/\d/);
});
