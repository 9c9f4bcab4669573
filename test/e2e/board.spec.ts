/** An hour of the tumour board: eight cases prepared, presented by keys alone, decided, and opened again without their studies. */
import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from './fixtures.ts';
import { BoardPage } from './pages/board-page.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { tap } from './pages/tap.ts';

const PASSPHRASE = 'correct horse battery';
const demoStudy = resolve(import.meta.dirname, '../../resources/demo/study');
const EIGHT = 8;

test('eight cases are prepared, presented by keys with the model covered, decided, and shown again without their studies @every-host', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(300_000);
  const study = join(dataFolder, 'study');
  cpSync(demoStudy, study, { recursive: true });
  const first = await launch({ arguments: [study] });
  const { page } = first;
  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.moveToLeft('delayed', 3);
  await current.open('lesions');
  await current.drawLesion('arterial', [0.35, 0.4], [0.5, 0.5]);
  await current.runPrediction();
  const number = (await current.probability.innerText()).trim();
  const patient = (await page.getByTestId('patient-banner').locator('strong').innerText()).trim();
  await current.saveFirstCase(PASSPHRASE);
  await page.locator('nav').getByRole('link', { name: 'Cases' }).click();
  await page.getByTestId('load-simulated').click();
  await expect(page.getByTestId('remove-simulated')).toBeVisible({ timeout: 60_000 });

  const board = new BoardPage(page);
  await board.open();
  await board.newMeeting('2026-11-26');
  await board.add('simulated', EIGHT - 1);
  await board.add(patient.split(' ')[0] ?? patient, 1);
  // From the last place to the first by keys.
  const own = board.cases.filter({ hasText: patient });
  await own.getByTestId('question').fill('HAIC alone, or with systemic treatment?');
  await own.getByTestId('presenter').fill('Dr Example');
  await expect(own.getByTestId('missing')).not.toContainText('question');
  for (let place = EIGHT; place > 1; place--) {
    await own.getByTestId('question').press('Alt+ArrowUp');
    await expect(board.cases.nth(place - 2)).toContainText(patient);
  }
  await page.getByTestId('prepare').click();
  await expect(page.getByTestId('prepared')).toContainText('Prepared 1 of 8 cases.', { timeout: 90_000 });
  await expect(page.getByRole('dialog')).toContainText('12 key images');
  await page.getByTestId('close-preparing').click();

  await board.present(EIGHT);
  await expect(page.getByTestId('simulated-banner')).toBeVisible();
  await expect(page.getByTestId('slide-question')).toHaveText('HAIC alone, or with systemic treatment?');
  await expect(page.getByTestId('covered')).toBeVisible();
  await expect(board.images).toHaveCount(6);
  // Covered means covered: not in the page, its title, what a screen reader says, or on paper.
  await page.emulateMedia({ media: 'print' });
  for (const text of [
    await page.locator('body').innerHTML(),
    await page.title(),
    await page.locator('body').ariaSnapshot(),
    await page.locator('body').innerText(),
  ]) {
    expect(text).not.toContain(number);
    expect(text).not.toContain('data-map="true"');
  }
  await page.emulateMedia({ media: null });

  await page.keyboard.press('v');
  await expect(board.probability).toHaveText(number);
  await expect(page.getByTestId('slide-result')).toContainText('shown after the vote');
  await expect(board.images.first()).toHaveAttribute('data-map', 'true');
  await tap(page, 'c');
  await expect(board.images.first()).toHaveAttribute('data-map', 'false');
  await tap(page, 'c');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('live-panes').locator('[data-state="ready"]')).toHaveCount(6, { timeout: 60_000 });
  await expect(page.getByTestId('live-panes').locator('[data-role="delayed"]')).toContainText('moved by 3.0');
  await board.escape(page.getByTestId('live-panes'));

  await page.keyboard.press('d');
  await expect(page.getByTestId('decision-form')).toBeVisible();
  await page.getByTestId('option-for').focus();
  await page.keyboard.type('large and arterial');
  await page.getByTestId('agreement').focus();
  await page.keyboard.press('a');
  await page.getByTestId('owner').focus();
  await page.keyboard.type('Dr Owner');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('decision-form')).toHaveCount(0);
  await expect(page.getByTestId('decision')).toContainText('large and arterial');
  await expect(page.getByTestId('decision')).toContainText(number);

  await page.keyboard.press('h');
  const aliases = new Set<string>();
  await expect(board.name).not.toHaveText(patient);
  await page.keyboard.press('Home');
  for (let n = 1; n <= EIGHT; n++) {
    await expect(page.getByTestId('slide-place')).toHaveText(`${n} / ${EIGHT}`);
    aliases.add(await board.name.innerText());
    await page.keyboard.press('ArrowRight');
  }
  expect(aliases.size).toBe(EIGHT);
  expect([...aliases].join()).not.toContain(patient);
  await page.keyboard.press('h');
  await expect(board.name).toContainText('SIMULATED');
  const before = await board.slides(EIGHT);
  expect(before[0]?.pictures).toHaveLength(6);
  await board.escape(page.getByTestId('slides'));
  await expect(page.getByTestId('open-action')).toContainText('Dr Owner');
  await first.close();
  rmSync(study, { recursive: true });

  const second = await launch({ passphrase: PASSPHRASE });
  const again = new BoardPage(second.page);
  await again.open();
  await again.present(EIGHT);
  expect(await again.slides(EIGHT)).toEqual(before);
  await second.page.keyboard.press('Home');
  await second.page.keyboard.press('Enter');
  await expect(second.page.getByText('The study of this case is not at hand.')).toBeVisible();
  await again.escape(second.page.getByTestId('slides'));
  await second.page.locator('nav').getByRole('link', { name: 'Cases' }).click();
  await second.page.getByRole('searchbox').fill('large and arterial');
  await expect(second.page.getByTestId('case-list').locator('tbody tr')).toHaveCount(1);
});

test('the report of a case that a board keeps covered holds no number of the model, on screen or on paper @every-host', async ({
  launch,
}) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  const number = (await current.probability.innerText()).trim();
  const patient = (await page.getByTestId('patient-banner').locator('strong').innerText()).trim();
  await current.saveFirstCase(PASSPHRASE);
  const report = page.getByTestId('report');
  const place = (name: string) => page.locator('nav').locator(`a[href$="/${name}"]`).first();
  await page.keyboard.press('r');
  await expect(report).toContainText(number, { timeout: 30_000 });

  const board = new BoardPage(page);
  await board.open();
  await board.newMeeting('2026-11-26');
  await board.add(patient.split(' ')[0] ?? patient, 1);
  await place('case').click();
  await page.keyboard.press('r');
  await expect(page.getByTestId('report-result')).toContainText('2026-11-26', { timeout: 30_000 });
  await expect(report.getByTestId('key-image')).toHaveCount(6);
  for (const media of ['print', null] as const) {
    await page.emulateMedia({ media });
    for (const text of [
      await page.locator('body').innerHTML(),
      await page.title(),
      await page.locator('body').ariaSnapshot(),
    ]) {
      expect(text).not.toContain(number);
      expect(text).not.toContain('data-map="true"');
      expect(text).not.toContain('data-testid="decision"');
      expect(text).not.toContain('data-testid="report-figure"');
      expect(text).not.toContain('data-testid="report-why"');
    }
  }
});
