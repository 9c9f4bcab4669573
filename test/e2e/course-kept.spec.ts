/** What stays of a follow-up: its key images and its history. */
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';

const PASSPHRASE = 'correct horse battery';
const DECODED = { timeout: 60_000 };

test('a follow-up that was measured keeps its key images, by itself and by K; every version stands in the history', {
  tag: '@every-host',
}, async ({ launch }) => {
  test.slow();
  const first = await launch();
  const { page } = first;
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.imagesShown();
  await current.moveToLeft('delayed', 3);
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);
  const course = new CoursePage(page);
  await course.open();
  await course.openDemoFollowUp(1);
  await expect(course.images('date-1')).toHaveCount(4, DECODED);
  await expect(page.getByTestId('date-0').locator('[data-role="delayed"]')).toContainText('moved by 3.0');
  await expect(page.getByTestId('position')).toContainText('Found from the liver', DECODED);
  await course.draw('L1', 'mm', 'date-1');
  await expect(course.cell('L1', 'whole', 'Follow-up 1')).toHaveValue(/\d/);
  // From the cell to the images, and one picture of what they show.
  await page
    .getByTestId('date-1')
    .locator('.pane[data-role="arterial"]')
    .click({ position: { x: 20, y: 120 } });
  await page.keyboard.press('k');
  await expect(page.getByText('Key image kept with this time point: Arterial.')).toBeVisible();
  await page.getByTestId('to-course').click();
  await course.table.waitFor();

  const tile = page.getByTestId('course-images').getByRole('button', { name: /Follow-up 1 \(5\)/ });
  await tile.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('pictures-table').getByTestId('key-image')).toHaveCount(4);
  await expect(dialog.getByTestId('kept-images').getByTestId('key-image')).toHaveCount(1);
  await page.keyboard.press('Escape');
  // The lesion over time: the pictures of the case at the baseline, those of the follow-up beside them.
  await page.getByTestId('pictures-L1').click();
  await expect(dialog.getByRole('rowheader')).toHaveCount(2);
  await page.keyboard.press('Escape');

  // Undo takes back what a person did, and not what the page kept by itself.
  await page.getByTestId('course-undo').click();
  await expect(page.getByTestId('course-images').getByRole('button', { name: /Follow-up 1 \(4\)/ })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('history of this');
  await page.keyboard.press('Enter');
  const table = dialog.getByTestId('course-history-table');
  await expect(table).toContainText('Follow-up 1');
  await page.keyboard.press('t');
  await expect(dialog.getByTestId('history-kind')).toHaveValue('time-point');
  await expect(table.locator('tbody tr[data-state="superseded"]').first()).toContainText('superseded');
  await expect(table).toContainText('Measures · L1 · whole');
  await expect(table.locator('input, button')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await first.close();

  // They are in the records: another start of the program has them, and nothing is open.
  const second = await launch({ passphrase: PASSPHRASE });
  await new CasesPage(second.page).list.locator('tbody tr').first().getByRole('button').first().click();
  const reopened = new CoursePage(second.page);
  await reopened.open();
  await expect(second.page.getByTestId('course-images').getByTestId('key-image')).toHaveCount(2);
});
