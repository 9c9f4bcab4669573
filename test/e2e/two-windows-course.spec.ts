/** A course that two windows have open, and one whose records are locked while somebody enters into it: nothing is lost. */
import type { Page } from '@playwright/test';
import { addDays } from '#shared/clinical/response/timeline.ts';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';

// A passphrase is slow to try by design.
const SLOW = { timeout: 30_000 };

/** The course of a kept case, with one lesion and one follow-up that is not measured. */
const begin = async (page: Page): Promise<{ course: CoursePage; baseline: string }> => {
  await new CasesPage(page).open();
  const course = new CoursePage(page);
  await course.open();
  const baseline = await course.baselineDay();
  await page.getByTestId('add-lesion').click();
  await page.getByTestId('save-lesion').click();
  await course.addFollowUp(addDays(baseline, 56));
  return { course, baseline };
};

const inAnotherWindow = async (page: Page): Promise<CoursePage> => {
  const other = await page.context().newPage();
  await other.goto(new URL('/', page.url()).href);
  await new CasesPage(other).open();
  const course = new CoursePage(other);
  await course.open();
  return course;
};

/**
 * What `save` sends is on its way when another window locks the records, and comes to them afterwards: refused. The window
 * asks for the passphrase by then.
 */
const lockedMeanwhile = async (page: Page, other: Page, save: () => Promise<void>): Promise<void> => {
  const locked = Promise.withResolvers<void>();
  const sent = Promise.withResolvers<void>();
  await page.route('**/api/course.write', async (route) => {
    sent.resolve();
    await locked.promise;
    await route.continue();
  });
  await save();
  await sent.promise;
  await other.getByTestId('settings').click();
  await other.getByTestId('records-lock').click();
  await expect(page.getByTestId('passphrase')).toBeVisible();
  const answer = page.waitForResponse('**/api/course.write');
  locked.resolve();
  expect((await answer).ok()).toBe(false);
  await page.unroute('**/api/course.write');
};

const unlock = async (page: Page): Promise<void> => {
  await page.getByTestId('passphrase').fill(PASSPHRASE);
  await page.getByTestId('records-submit').click();
  await expect(page.getByTestId('passphrase')).toHaveCount(0, SLOW);
};

test('two windows on one course: nothing of what both enter is lost, nor of what is entered while the records are locked', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const { course: first, baseline } = await begin(page);
  const second = await inAnotherWindow(page);

  const whole = (course: CoursePage) => course.cell('L1', 'whole', 'Follow-up 1');
  const enhancing = (course: CoursePage) => course.cell('L1', 'enhancing', 'Follow-up 1');

  await test.step('other parts are both kept, the same part is refused with what is there now and entered again beside it', async () => {
    // Each a cycle, of which the other window knows nothing.
    await first.addCycle(addDays(baseline, 7), '220');
    await second.addCycle(addDays(baseline, 28), '200');
    await expect(second.page.getByTestId('cycle-1')).toBeVisible();

    // Both measure the same visit; the second has not seen what the first entered.
    await whole(first).fill('40');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('course-undo')).toBeEnabled();
    // It has been kept once a reload shows it.
    await expect(async () => {
      await page.reload();
      await expect(whole(first)).toHaveValue('40');
    }).toPass();
    await enhancing(second).fill('20');
    await second.page.keyboard.press('Enter');
    await expect(second.page.getByText('This was changed elsewhere in the meantime.')).toBeVisible();
    await expect(whole(second)).toHaveValue('40');
    await expect(enhancing(second)).toHaveValue('');
    await second.page.getByRole('button', { name: 'Enter it again' }).click();
    await expect(enhancing(second)).toHaveValue('20');
    await expect(second.page.getByTestId('course-undo')).toBeEnabled();

    await expect(async () => {
      await page.reload();
      await expect(enhancing(first)).toHaveValue('20');
    }).toPass();
    await expect(whole(first)).toHaveValue('40');
    for (const number of [0, 1]) await expect(page.getByTestId(`cycle-${number}`)).toBeVisible();
  });

  await test.step('records that are locked while a cycle is entered: the form keeps what was typed, and it is kept after they are unlocked', async () => {
    await page.getByTestId('new-cycle').click();
    await page.getByTestId('cycle-date').fill(addDays(baseline, 49));
    await page.getByTestId('given-0').fill('180');
    await lockedMeanwhile(page, second.page, () => page.getByTestId('save-cycle').click());

    await unlock(page);
    await expect(page.getByText('Enter the passphrase of the case history.')).toBeVisible();
    await expect(page.getByTestId('cycle-date')).toHaveValue(addDays(baseline, 49));
    await expect(page.getByTestId('given-0')).toHaveValue('180');
    await page.getByTestId('save-cycle').click();
    await expect(page.getByTestId('cycle-2')).toContainText(addDays(baseline, 49));
    await page.reload();
    await first.table.waitFor();
    await expect(page.getByTestId('cycle-2')).toContainText('180');
  });

  await test.step('records that are locked while a diameter is kept: it is told, and entered again after they are unlocked', async () => {
    await lockedMeanwhile(page, second.page, async () => {
      await enhancing(first).fill('15');
      await page.keyboard.press('Enter');
    });

    await unlock(page);
    await page.getByRole('button', { name: 'Enter it again' }).click();
    await expect(page.getByTestId('course-undo')).toBeEnabled();
    await expect(enhancing(first)).toHaveValue('15');
    await page.reload();
    await expect(enhancing(first)).toHaveValue('15');
  });
});
