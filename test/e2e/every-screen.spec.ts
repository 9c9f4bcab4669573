/** Every screen and dialog in one visit: it fits its window at both sizes in both languages, and axe finds nothing in it. */
import type { Page } from '@playwright/test';
import { addDays } from '#shared/clinical/response/timeline.ts';
import { expect, test } from './fixtures.ts';
import { Looks } from './looks.ts';
import { BoardPage } from './pages/board-page.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { walkCourseDialogs, walkPastPatients } from './pages/course-dialogs.ts';
import { CoursePage } from './pages/course-page.ts';
import { walkImageViews } from './pages/image-views.ts';
import { loadHistory } from './pages/load-history.ts';
import { ReadersPage } from './pages/readers-page.ts';
import { patients } from './patients-table.ts';
import { lettersAreOurs, OTHER_LETTERS } from './pictures/letters.ts';

const PASSPHRASE = 'correct horse battery';

// The longest visit of all: beside everything else, and not before it.
test.describe.configure({ mode: 'parallel' });

test('the pictures of this suite are compared with their references', async ({ launch }) => {
  const { page } = await launch();
  test.skip(!(await lettersAreOurs(page)), OTHER_LETTERS);
});

test('every screen and dialog in both languages: fits its window, and axe finds nothing in it', async ({
  launch,
  hostKind,
}) => {
  test.setTimeout(900_000);
  const { page } = await launch({ still: true });
  const looks = new Looks(page, hostKind);
  const current = new CasePage(page);
  const dialog = page.getByRole('dialog');

  await test.step('cases', async () => {
    // The list does not wait for the models.
    await expect(page.getByTestId('simulated-banner')).toContainText('Demonstration model');
    await expect(page.getByTestId('open-demo')).toBeVisible();
    await looks.both('1-cases-empty');
    await page.keyboard.press('Control+k');
    await expect(dialog).toBeVisible();
    await looks.axe('commands');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(dialog).toBeVisible();
    await looks.axe('keys');
    await page.keyboard.press('Escape');
  });

  await test.step('a case, step by step', async () => {
    await new CasesPage(page).openDemo();
    await current.imagesShown();
    await looks.both('2-images');
    const role = page.getByTestId('role-arterial').getByRole('button');
    await role.first().click();
    await looks.axe('images, with reasons');
    await role.last().click();
    await expect(dialog.locator('tbody tr').first()).toBeVisible();
    await looks.axe('tags');
    await page.keyboard.press('Escape');
    await page.getByTestId('series-toggle').click();
    await looks.axe('series strip');
    await page.getByTestId('series-toggle').click();
    await current.confirmRoles.click();
    await current.open('lesions');
    await page.getByTestId('demo-lesion').click();
    await expect(current.lesions).toHaveCount(1);
    await looks.both('3-lesions');
    await current.open('factors');
    await looks.both('4-factors');
    await page.getByTestId('paste-results').click();
    await expect(dialog).toBeVisible();
    await looks.axe('paste');
    await page.keyboard.press('Escape');
    await current.runPrediction();
    await expect(page.getByTestId('map-legend')).toBeVisible();
    await looks.both('5-result');
  });

  await test.step('a copy to leave', async () => {
    await page.getByTestId('deidentify').click();
    await expect(page.getByTestId('diff')).toBeVisible();
    await expect(page.getByTestId('deidentify-start')).toBeEnabled();
    await looks.both('9-deidentify');
    await page.getByTestId('deidentify-start').click();
    await expect(page.getByTestId('deidentify-write')).toBeVisible();
    await looks.both('9-deidentify-confirm');
    await page.keyboard.press('Escape');
    if (await dialog.isVisible()) await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('saving', async () => {
    await current.save.click();
    await expect(page.getByTestId('passphrase')).toBeVisible();
    await looks.axe('passphrase');
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByTestId('passphrase-again').fill(PASSPHRASE);
    await page.getByTestId('records-submit').click();
    await expect(page.getByTestId('recovery-key')).toBeVisible();
    await looks.axe('recovery key');
    await page.getByTestId('recovery-kept').click();
    await expect(current.save).toBeDisabled();
  });

  await test.step('objects for other systems', async () => {
    await page.getByTestId('export-case').click();
    await expect(page.getByTestId('export-case-write')).toBeVisible();
    await looks.both('21-export-case');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('report, models, settings, the list', async () => {
    await page.locator('a[href="#/report"]').click();
    await expect(page.getByTestId('report')).toBeVisible();
    await looks.both('6-report');
    await page.locator('a[href="#/models"]').first().click();
    await expect(page.getByTestId('model-card')).toBeVisible();
    await looks.both('7-models');
    await page.locator('a[href="#/evidence"]').first().click();
    await expect(page.locator('h1')).toBeVisible();
    await looks.both('10-evidence-empty');
    await page.getByRole('navigation').getByRole('link').first().click();
    await expect(page.getByTestId('case-list')).toBeVisible();
    await looks.both('11-list');
    await page.getByTestId('case-trash').click();
    await expect(page.getByTestId('case-trash')).toHaveCount(0);
    await looks.axe('an empty list with its trash');
    await page.getByRole('group').getByRole('button').last().click();
    await page.getByTestId('case-erase').click();
    await expect(dialog).toBeVisible();
    await looks.axe('erase a case');
    await page.keyboard.press('Escape');
    await page.getByTestId('case-restore').click();
  });

  await test.step('settings, and the records in them', async () => {
    await page.getByTestId('settings').click();
    await expect(dialog).toBeVisible();
    await looks.both('8-settings');
    await page.getByTestId('self-check-open').click();
    await expect(page.getByTestId('finding-versions')).toBeVisible();
    await page.getByTestId('bundle-look').click();
    await expect(page.getByTestId('bundle-text')).toBeVisible();
    await looks.both('17-self-check');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('passphrase-change')).toBeVisible();
    await page.getByTestId('import-all-open').click();
    await expect(page.getByTestId('import-choose')).toBeVisible();
    await looks.both('21-import-all');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('passphrase-change')).toBeVisible();
    await page.getByTestId('users-open').click();
    await expect(page.getByTestId('new-user')).toBeVisible();
    await looks.both('18-users-none');
    await page.getByTestId('new-user-name').fill('Ada');
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByTestId('passphrase-again').fill(PASSPHRASE);
    await page.getByTestId('new-user-add').click();
    await expect(page.getByTestId('user-Ada')).toBeVisible();
    await looks.both('19-users');
    await page.getByTestId('turn-off-open').click();
    await page.getByTestId('turn-off-password').fill(PASSPHRASE);
    await looks.both('22-turn-off');
    await page.getByTestId('turn-off').click();
    await expect(page.getByTestId('turn-on-form')).toBeVisible();
    await looks.both('23-turn-on');
    await page.getByTestId('turn-on-password').fill(PASSPHRASE);
    await page.getByTestId('turn-on').click();
    await expect(page.getByTestId('user-Ada')).toBeVisible();
    await page.getByTestId('new-user-name').fill('Rui');
    await page.getByTestId('passphrase').first().fill(PASSPHRASE);
    await page.getByTestId('passphrase-again').first().fill(PASSPHRASE);
    await page.getByTestId('new-user-add').click();
    await expect(page.getByTestId('user-Rui')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('passphrase-change')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByTestId('identity-lock').click();
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await looks.both('20-sign-in');
    await page.getByTestId('sign-in-name').fill('Rui');
    await page.getByTestId('sign-in-password').fill(PASSPHRASE);
    await page.getByTestId('sign-in-submit').click();
    await expect(page.getByTestId('first-password')).toBeVisible();
    await looks.both('24-first-password');
    await page.getByTestId('first-password-leave').click();
    await page.getByTestId('sign-in-name').fill('Ada');
    await page.getByTestId('sign-in-password').fill(PASSPHRASE);
    await page.getByTestId('sign-in-submit').click();
    await expect(page.getByTestId('sign-in')).toHaveCount(0);
    await page.getByTestId('settings').click();
    await page.getByTestId('passphrase-change').click();
    await expect(page.getByTestId('passphrase-present')).toBeVisible();
    await looks.both('12-passphrase');
    await page.getByTestId('records-lock').click();
    await expect(page.getByTestId('passphrase')).toBeVisible();
    await looks.both('13-locked');
    await page.getByTestId('passphrase').fill(PASSPHRASE);
    await page.getByTestId('records-submit').click();
    await expect(page.getByTestId('passphrase')).toBeHidden();
    await page.getByTestId('sign-in-password').fill(PASSPHRASE);
    await page.getByTestId('sign-in-submit').click();
    await expect(page.getByTestId('sign-in')).toHaveCount(0);
  });

  await test.step('questions', async () => {
    await page.locator('a[href="#/case"]').click();
    await current.open('factors');
    await current.fillFactor('afp', '77');
    await page.getByRole('navigation').getByRole('link').first().click();
    await page.getByTestId('bar-demo').click();
    await expect(dialog).toBeVisible();
    await looks.both('14-unsaved');
    await page.getByTestId('unsaved-discard').click();
    await current.imagesShown();
    await current.confirmRoles.click();
    await current.save.click();
    await expect(page.getByTestId('kept-into')).toBeVisible();
    await looks.both('15-kept');
    await page.keyboard.press('Escape');
  });

  expect(looks.found).toEqual([]);
});

/** A predicted case of the demonstration patient, kept, and its course on screen; `beforehand` has it before it is kept. */
const withCourse = async (page: Page, beforehand?: (current: CasePage) => Promise<void>): Promise<CoursePage> => {
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  // Pictures of the lesion are kept with the case, windowed by what of each series is there.
  await expect(page.getByTestId('pane-rest')).toHaveCount(0, { timeout: 60_000 });
  await beforehand?.(current);
  await current.saveFirstCase(PASSPHRASE);
  const course = new CoursePage(page);
  await course.open();
  return course;
};

test('other views of images, every dialog of a course and of past patients in both languages: nothing leaves its window, and axe finds nothing', async ({
  launch,
  hostKind,
}) => {
  test.setTimeout(600_000);
  const { page } = await launch({ still: true });
  const looks = new Looks(page, hostKind);
  await withCourse(page, (current) => walkImageViews(current, looks));
  await walkCourseDialogs(page, (what) => looks.axe(what));
  await page.getByRole('navigation').getByRole('link').first().click();
  await walkPastPatients(page, (what) => looks.axe(what));
  expect(looks.found).toEqual([]);
});

test('course, follow-up, pictures, history, board, presentation, evidence, closed courses and audit log in both languages: nothing leaves its window, and axe finds nothing', async ({
  launch,
  hostKind,
}) => {
  test.setTimeout(900_000);
  const { page } = await launch({ still: true });
  const looks = new Looks(page, hostKind);
  const course = await withCourse(page);
  const current = new CasePage(page);
  const board = new BoardPage(page);
  const dialog = page.getByRole('dialog');
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  /** A dialog that a button opens, looked at and left. */
  const dialogOf = async (button: string) => {
    await page.getByTestId(button).click();
    await expect(dialog).toBeVisible();
    await looks.axe(button);
    await closeDialog();
  };

  await test.step('a follow-up', async () => {
    await course.addCycle(addDays(await course.baselineDay(), 7), '220');
    await course.openDemoFollowUp(1);
    await expect(course.images('date-1')).toHaveCount(4, { timeout: 90_000 });
    // Kept as a version of its own, before or after what is drawn meanwhile.
    await expect(page.getByTestId('position')).toContainText('Found from the liver', { timeout: 90_000 });
    await looks.both('21-follow-up');
    await course.draw('L1', 'mm', 'date-1');
    await expect(course.cell('L1', 'whole', 'Follow-up 1')).toHaveValue(/\d/);
    await page
      .getByTestId('date-1')
      .locator('.pane[data-role="arterial"]')
      .click({ position: { x: 20, y: 120 } });
    await page.keyboard.press('k');
  });

  await test.step('the course, with what stays of it', async () => {
    await page.getByTestId('to-course').click();
    await course.table.waitFor();
    await page.getByTestId('course-images').getByRole('button').last().click();
    await expect(dialog.getByTestId('kept-images').getByTestId('key-image')).toHaveCount(1);
    await looks.both('26-pictures');
    await dialog.getByTestId('pictures-table').getByRole('button').first().click();
    await looks.axe('one picture, large');
    await closeDialog();
    await page.getByTestId('pictures-L1').click();
    await expect(dialog.getByTestId('pictures-table').locator('tbody tr')).toHaveCount(2);
    await looks.axe('pictures of a lesion');
    await closeDialog();
    await page.getByTestId('course-history').click();
    await expect(dialog.getByTestId('course-history-table').locator('tbody tr').first()).toBeVisible();
    await looks.both('27-course-history');
    await closeDialog();
    await course.cell('L1', 'whole', 'Follow-up 1').fill('20');
    await page.keyboard.press('Enter');
    await expect(course.response(1, 'recist-1.1')).toContainText('PR');
    await looks.both('22-course');
  });

  await test.step('the board', async () => {
    await board.open();
    await dialogOf('new-meeting');
    await board.newMeeting('2026-11-26');
    await dialogOf('add-cases');
    await board.add('SIM', 1);
    await looks.both('23-board');
    await page.getByTestId('prepare').click();
    await expect(page.getByTestId('prepared')).toBeVisible({ timeout: 90_000 });
    await looks.axe('prepared');
    await page.getByTestId('close-preparing').click();
    await board.present(1);
    await looks.headless('a slide, covered');
    await page.keyboard.press('v');
    await expect(board.probability).toBeVisible();
    await looks.headless('a slide');
    await page.keyboard.press('d');
    await expect(page.getByTestId('decision-form')).toBeVisible();
    await looks.headless('a decision');
    await page.getByTestId('cancel').click();
    await board.escape(page.getByTestId('slides'));
  });

  await test.step('evidence', async () => {
    await page.getByRole('link', { name: 'Evidence' }).click();
    await page.getByTestId('evidence-file').setInputFiles(patients);
    await page.getByTestId('column-event').selectOption('progressed');
    await expect(page.getByTestId('chart-survival')).toContainText('log-rank P');
    await looks.both('24-evidence');
  });

  await test.step('closed courses', async () => {
    await page.getByRole('navigation').getByRole('link').first().click();
    await new CasesPage(page).open();
    await page.getByRole('navigation').getByRole('link').first().click();
    await page.getByTestId('load-simulated').click();
    await expect(page.getByTestId('remove-simulated')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByTestId('watch-in-list')).toBeVisible();
    await looks.both('41-list-with-watch');
    await page.locator('a[href="#/case"]').click();
    await current.open('result');
    await page.getByTestId('neighbours-open').click();
    await expect(page.getByTestId('neighbours').getByRole('note')).toBeVisible();
    await looks.both('42-neighbours');
    await page.getByTestId('neighbours-open').click();
    await page.getByRole('navigation').getByRole('link').first().click();
    await page.getByTestId('export-table').click();
    await expect(dialog.getByTestId('export-run')).toBeVisible();
    await looks.both('28-export-courses');
    await closeDialog();
    await page.getByRole('navigation').getByRole('link', { name: 'Evidence' }).click();
    await expect(page.getByTestId('watch-alarms')).toBeVisible();
    for (const criterion of ['recist-1.1', 'mrecist']) {
      await page.getByTestId(`waterfall-${criterion}`).click();
      const chart = page.getByTestId(`chart-waterfall-${criterion}`);
      await expect(chart.locator('rect.patient').first()).toBeVisible();
      await looks.both(`29-waterfall-${criterion}`, chart);
    }
    await page.getByRole('navigation').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Closed', exact: true }).click();
    await new CasesPage(page).list.locator('tbody tr').first().getByRole('button').first().click();
    await expect(page.getByTestId('course-closed')).toBeVisible();
    await looks.both('30-course-closed');
    await page.getByTestId('amend').click();
    await expect(dialog).toBeVisible();
    await looks.axe('amend');
    await closeDialog();
  });

  await test.step('the audit log', async () => {
    await page.getByTestId('settings').click();
    await page.getByTestId('audit-open').click();
    await expect(page.getByTestId('audit').locator('tbody tr').first()).toBeVisible();
    await looks.both('25-audit');
  });

  expect(looks.found).toEqual([]);
});

test('a reader study in both languages: nothing leaves its window, and axe finds nothing', async ({
  launch,
  hostKind,
}) => {
  test.setTimeout(600_000);
  const { page } = await launch({ still: true });
  const looks = new Looks(page, hostKind);
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: 'Evidence' }).click();
  await loadHistory(page);
  await expect(page.getByTestId('watch-alarms')).toBeVisible();
  await looks.both('43-hospital-evidence');
  await looks.both('44-watch', page.getByTestId('watch'));
  const readers = new ReadersPage(page);
  await readers.open();
  await looks.axe('no reader study');
  await page.getByTestId('new-reader-study').click();
  await page.getByTestId('which-chosen').check();
  await expect(page.getByTestId('study-case').first()).toBeVisible();
  await looks.both('31-begin-study');
  await page.keyboard.press('Escape');
  await readers.begin({ name: 'Readers and model', cases: 1 });
  await looks.both('32-reader-studies');
  await page.getByTestId('study-leave').click();
  await looks.axe('leave a study');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByTestId('study-close').click();
  await looks.axe('close a study');
  await page.keyboard.press('Escape');
  await readers.read();
  await looks.both('33-read');
  await readers.lock('40', 2);
  await looks.both('34-read-with-the-model');
  await readers.lock('55', 3);
  await expect(page.getByTestId('reading-through')).toBeVisible();
  await looks.axe('through');
  await readers.open();
  await page.getByTestId('study-results').click();
  await expect(page.getByTestId('results-flow')).toBeVisible();
  await looks.both('35-reader-results');
  expect(looks.found).toEqual([]);
});

test('the appearance that is chosen in the settings is shown at once', async ({ launch }) => {
  const { page } = await launch();
  await page.getByTestId('settings').click();
  for (const theme of ['light', 'dark']) {
    await page.getByRole('dialog').getByLabel('Appearance').selectOption(theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  }
});

test('text grows with the window from 1280 pixels to 4K and by the setting, which is kept', async ({ launch }) => {
  const { page } = await launch();
  const heading = page.getByRole('heading', { level: 1 });
  const pixels = () => heading.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  const at = async (width: number, height: number) => {
    await page.setViewportSize({ width, height });
    return pixels();
  };
  expect(await at(1280, 800)).toBeCloseTo(15, 1);
  expect(await at(1920, 1080)).toBeCloseTo(17.5, 1);
  expect(await at(3840, 2160)).toBeCloseTo(25, 1);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByTestId('settings').click();
  await page.getByTestId('text-size').selectOption('150');
  await expect.poll(pixels).toBeCloseTo(22.5, 1);
  await page.reload();
  await expect.poll(pixels).toBeCloseTo(22.5, 1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});
