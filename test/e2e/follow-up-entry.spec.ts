/** How much a person does to enter one follow-up: three lesions on both criteria, by keyboard alone and by mouse. */
import type { Page } from '@playwright/test';
import { addDays } from '#shared/clinical/response/timeline.ts';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasesPage } from './pages/cases-page.ts';
import { CoursePage } from './pages/course-page.ts';

const WHOLE = ['42', '31', '25'];
const ENHANCING = ['20', '12', '0'];

interface Work {
  keys: number;
  clicks: number;
}

/** Counts what a person does from now on: keys but for the modifiers, and clicks. */
const counting = async (page: Page): Promise<() => Promise<Work>> => {
  await page.evaluate(() => {
    const work = { keys: 0, clicks: 0 };
    Object.assign(globalThis, { work });
    const listen = (name: string, count: (event: Event) => void) => addEventListener(name, count, { capture: true });
    listen('keydown', (event) => {
      if (!['Control', 'Shift', 'Alt', 'Meta'].includes((event as KeyboardEvent).key)) work.keys += 1;
    });
    listen('pointerdown', () => {
      work.clicks += 1;
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { work: Work }).work);
};

/** A kept case with three lesions that were measured at the baseline. */
const withThreeLesions = async (page: Page): Promise<CoursePage> => {
  await new CasesPage(page).open();
  const course = new CoursePage(page);
  await course.open();
  for (const lesion of ['L2', 'L3']) {
    await page.getByTestId('add-lesion').click();
    await page.getByTestId('save-lesion').click();
    await expect(course.cell(lesion, 'whole', 'Baseline')).toBeVisible();
  }
  for (const [index, mm] of ['60', '45', '30'].entries()) {
    await course.cell(`L${index + 1}`, 'enhancing', 'Baseline').fill(mm);
    await page.keyboard.press('Enter');
    if (index > 0) await course.cell(`L${index + 1}`, 'whole', 'Baseline').fill(mm);
    await page.keyboard.press('Enter');
  }
  return course;
};

const expectEntered = async (page: Page, course: CoursePage, followUp: number): Promise<void> => {
  for (const [index, mm] of WHOLE.entries()) {
    await expect(course.cell(`L${index + 1}`, 'whole', `Follow-up ${followUp}`)).toHaveValue(mm);
    await expect(course.cell(`L${index + 1}`, 'enhancing', `Follow-up ${followUp}`)).toHaveValue(
      ENHANCING[index] ?? '',
    );
  }
  await expect(page.getByTestId('course-undo')).toBeEnabled();
};

test('one follow-up with three lesions on both criteria: by keyboard alone, without a click, and by mouse', async ({
  launch,
  keepDemo,
}, info) => {
  await keepDemo('predicted');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const course = await withThreeLesions(page);
  const baseline = await course.baselineDay();

  // By keyboard alone: nothing has the focus that a mouse gave it.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const byKeys = await counting(page);
  const began = Date.now();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new fol');
  await page.keyboard.press('Enter');
  // The day is today's already.
  await expect(page.getByTestId('time-point-date')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(course.cell('L1', 'whole', 'Follow-up 1')).toBeFocused();
  for (const mm of WHOLE) {
    await page.keyboard.type(mm);
    await page.keyboard.press('Enter');
  }
  await expect(course.cell('L3', 'whole', 'Follow-up 1')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  for (const mm of ENHANCING.toReversed()) {
    await page.keyboard.type(mm);
    await page.keyboard.press('ArrowUp');
  }
  await expectEntered(page, course, 1);
  const keyboard = { ...(await byKeys()), ms: Date.now() - began };
  expect(keyboard.clicks).toBe(0);
  // Digits, one key to go on for each, and what opens and keeps the visit.
  expect(keyboard.keys).toBeLessThanOrEqual(30);

  const byMouse = await counting(page);
  const started = Date.now();
  await course.addFollowUp(addDays(baseline, 56));
  for (const [index, mm] of WHOLE.entries()) {
    await course.cell(`L${index + 1}`, 'whole', 'Follow-up 2').click();
    await page.keyboard.type(mm);
    await course.cell(`L${index + 1}`, 'enhancing', 'Follow-up 2').click();
    await page.keyboard.type(ENHANCING[index] ?? '');
  }
  await page.getByRole('heading', { name: 'Lesions over time' }).click();
  await expectEntered(page, course, 2);
  const mouse = { ...(await byMouse()), ms: Date.now() - started };
  expect(mouse.clicks).toBeLessThanOrEqual(10);
  const figures = `keyboard ${JSON.stringify(keyboard)} mouse ${JSON.stringify(mouse)}`;
  info.annotations.push({ type: 'figures', description: figures });
});
