import { expect, type Page } from '@playwright/test';
import { addDays } from '#shared/clinical/response/timeline.ts';
import { CoursePage } from './course-page.ts';

/** Whoever is shown a dialog, by what it is called in a report. */
export type Looking = (what: string) => Promise<void>;

/** Opens every dialog of a course by test names alone, so in any language, shows each to `look` and leaves the course closed. */
export const walkCourseDialogs = async (page: Page, look: Looking): Promise<void> => {
  const course = new CoursePage(page);
  const dialog = page.getByRole('dialog');
  const shown = async (what: string) => {
    await expect(dialog.last(), what).toBeVisible();
    await look(what);
  };
  const left = async (others = 0) => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(others);
  };
  const lookAt = async (button: string) => {
    await page.getByTestId(button).click();
    await shown(button);
    await left();
  };

  const baseline = await course.baselineDay();
  for (const button of [
    'new-follow-up',
    'add-lesion',
    'lesion-L1',
    'time-point-0',
    'add-therapy',
    'edit-plan',
    'end-treatment',
  ])
    await lookAt(button);
  await page.getByTestId('new-cycle').click();
  await page.getByTestId('add-event').fill('Fever');
  await page.getByTestId('add-event').press('Enter');
  await expect(page.getByTestId('adverse-event')).toBeVisible();
  await shown('new-cycle');
  await page.getByTestId('edit-regimens').click();
  await expect(dialog).toHaveCount(2);
  await shown('edit-regimens');
  await left(1);
  await left();

  await course.addCycle(addDays(baseline, 7), '220');
  await course.addFollowUp(addDays(baseline, 56));
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  await expect(course.response(1, 'recist-1.1')).toContainText('PR');
  await course.response(1, 'recist-1.1').click();
  await page.getByTestId('reader-response').selectOption('PD');
  await expect(page.getByTestId('override-reason')).toBeVisible();
  await shown('a response that is overridden');
  await left();
  await course.confirm(1, 'recist-1.1');
  await lookAt('course-history');

  await page.getByTestId('close-course').click();
  await shown('close-course');
  await page.getByTestId('save-outcome').click();
  await expect(page.getByTestId('course-closed')).toBeVisible();
  await lookAt('amend');
};

/** The dialogs of past patients, from the list of cases: the simulated history is loaded and taken away again. */
export const walkPastPatients = async (page: Page, look: Looking): Promise<void> => {
  const dialog = page.getByRole('dialog');
  const lookAt = async (button: string) => {
    await page.getByTestId(button).click();
    await expect(dialog, button).toBeVisible();
    await look(button);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  await page.getByTestId('import-table').click();
  const buffer = Buffer.from('id,date,response\nA-1,2024-03-14,PR\n');
  await page.getByTestId('import-file').setInputFiles({ name: 'past.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByTestId('import-preview')).toBeVisible();
  await look('import-table');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByTestId('load-simulated').click();
  await expect(page.getByTestId('remove-simulated')).toBeVisible({ timeout: 60_000 });
  await lookAt('export-table');
  await page.getByTestId('remove-simulated').click();
  await expect(page.getByTestId('load-simulated')).toBeVisible({ timeout: 60_000 });
};
