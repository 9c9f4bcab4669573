/** Every screen and dialog once, in the packed application and in both languages, without a word of complaint. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { CasePage } from '../../e2e/pages/case-page.ts';
import { CasesPage } from '../../e2e/pages/cases-page.ts';
import { walkCourseDialogs, walkPastPatients } from '../../e2e/pages/course-dialogs.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../fixtures/dicom/write-dicom.ts';
import { demoFiles } from '../../fixtures/pacs/orthanc.ts';
import { startSmallDicomweb } from '../../fixtures/pacs/small-dicomweb.ts';
import { expect, test } from '../fixtures.ts';
import { twinExecutable } from './packed-app.ts';

const choose = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);

const clickMenu = (app: ElectronApplication, id: string) =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);

/** Errors, and the warnings by which Vue and its translations say that something is missing. */
const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || /\[(Vue|intlify)/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
};

for (const locale of ['en', 'zh-CN'] as const) {
  test(`every screen and dialog opens in the packed application, ${locale}`, async ({ launch, dataFolder }) => {
    test.setTimeout(300_000);
    const [nothing, two, copy, later, objects] = ['nothing', 'two', 'copy', 'later', 'objects'].map((name) =>
      join(dataFolder, `models-${name}`),
    );
    if (!nothing || !two || !copy || !later || !objects) throw new Error('unreachable');
    for (const folder of [nothing, two, copy, later, objects]) await mkdir(folder);
    await writeFile(join(nothing, 'letter.txt'), 'no image');
    for (const instance of [1, 2]) {
      const own: Record<string, string> = { '0010,0020': `patient ${instance}`, '0020,000D': `1.2.3.${instance}` };
      const elements = mrElements({ instance }).map(([tag, vr, value]): ElementSpec => [tag, vr, own[tag] ?? value]);
      await writeFile(join(two, `IM${instance}`), dicomFile(elements));
    }

    // The demonstration patient by number and name, of another birth date: a question.
    const extra: ElementSpec[] = [
      ['0008,0020', 'DA', '20260601'],
      ['0010,0010', 'PN', 'DEMO^LIVER'],
      ['0010,0020', 'LO', 'SIM-0007'],
      ['0010,0030', 'DA', '19500101'],
      ['0020,000D', 'UI', '1.2.3.9'],
    ];
    await writeFile(join(later, 'IM1'), dicomFile(mrElements({ extra })));

    const { app, page } = await launch({ executable: twinExecutable(), locale });
    const complaints = complaintsOf(page);
    const dialog = page.getByRole('dialog');
    const opened = async (what: string) => {
      await expect(dialog, what).toBeVisible();
      await expect(dialog, what).toContainText(/\p{L}{2,}/u);
    };
    /** Of several in front of each other, the last. */
    const spoken = async (what: string) => {
      await expect(dialog.last(), what).toContainText(/\p{L}{2,}/u);
    };
    const shut = async () => {
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    };

    await page.getByTestId('settings').click();
    await opened('settings');
    await dialog.getByTestId('self-check-open').click();
    await expect(dialog.getByTestId('finding-clock')).toBeVisible();
    await dialog.getByTestId('bundle-look').click();
    await expect(dialog.getByTestId('bundle-text')).toContainText('findings');
    await page.keyboard.press('Escape');
    await opened('settings again');
    await shut();
    const archive = await startSmallDicomweb(demoFiles());
    await page.getByTestId('settings').click();
    await dialog.getByTestId('pacs-add').click();
    await dialog.getByTestId('pacs-name').fill('Archive');
    await dialog.getByTestId('pacs-url').fill(archive.url);
    await dialog.getByTestId('pacs-save').click();
    await dialog.getByTestId('pacs-test').click();
    await expect(dialog.getByTestId('pacs-answer')).toContainText('Archive');
    await shut();
    await page.getByTestId('bar-archive').click();
    await page.getByTestId('archive-name').fill('demo');
    await page.getByTestId('archive-find').click();
    await page.getByTestId('archive-look').click();
    await expect(page.getByTestId('archive-series')).toHaveCount(6);
    await clickMenu(app, 'view.cases');
    for (const [what, key] of [
      ['commands', 'Control+k'],
      ['keys', '?'],
    ] as const) {
      await page.keyboard.press(key);
      await opened(what);
      await shut();
    }
    await choose(app, nothing);
    await clickMenu(app, 'file.openFolder');
    await expect(page.getByTestId('skipped-files')).toContainText('letter.txt');
    await shut();
    await choose(app, two);
    await clickMenu(app, 'file.openFolder');
    await opened('which study');
    await shut();

    const current = new CasePage(page);
    await new CasesPage(page).openDemo();
    await current.imagesShown();
    await page.getByTestId('role-arterial').getByRole('button').last().click();
    await expect(dialog.locator('tbody tr').first()).toBeVisible();
    await expect(dialog).toContainText('PatientName');
    await shut();
    await choose(app, copy);
    await page.getByTestId('deidentify').click();
    await expect(dialog.getByTestId('diff')).toContainText('PatientID');
    await dialog.getByTestId('choose-destination').click();
    await dialog.getByTestId('deidentify-start').click();
    await dialog.getByTestId('deidentify-write').click();
    await expect(dialog.getByTestId('deidentify-result')).toBeVisible({ timeout: 60_000 });
    await shut();

    await current.confirmRoles.click();
    for (const step of ['lesions', 'factors'] as const) await current.open(step);
    await current.open('lesions');
    await page.getByTestId('demo-lesion').click();
    await current.runPrediction();
    await clickMenu(app, 'view.cases');
    await new CasesPage(page).demo.click();
    await expect(page.getByTestId('unsaved-discard')).toBeVisible();
    await shut();
    await clickMenu(app, 'view.case');
    await current.saveFirstCase('correct horse battery');
    await choose(app, objects);
    await page.getByTestId('export-case').click();
    await opened('objects for other systems');
    await dialog.getByTestId('export-case-write').click();
    await expect(dialog.getByTestId('export-case-answer')).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByTestId('export-case-not-made')).toHaveCount(0);
    await dialog.getByTestId('send-now').click();
    await expect(dialog.getByTestId('send-answer')).toBeVisible({ timeout: 60_000 });
    await archive.close();
    await shut();
    await page.locator('nav a[href="#/course"]').click();
    await choose(app, later);
    await page.getByTestId('open-follow-up').click();
    await expect(dialog.getByTestId('same-person')).toBeVisible();
    await shut();
    await walkCourseDialogs(page, spoken);
    await page.getByTestId('settings').click();
    await page.getByTestId('import-all-open').click();
    await expect(dialog.getByTestId('import-choose')).toBeVisible();
    await page.keyboard.press('Escape');
    await opened('settings after the import');
    await page.getByTestId('users-open').click();
    await expect(dialog.getByTestId('new-user-name')).toBeVisible();
    await dialog.getByTestId('new-user-name').fill('Ada');
    await dialog.getByTestId('passphrase').fill('ada ada ada');
    await dialog.getByTestId('passphrase-again').fill('ada ada ada');
    await dialog.getByTestId('new-user-add').click();
    await expect(dialog.getByTestId('user-Ada')).toBeVisible();
    await page.keyboard.press('Escape');
    await opened('settings after users');
    await shut();
    await page.getByTestId('settings').click();
    await page.getByTestId('users-open').click();
    await dialog.getByTestId('turn-off-open').click();
    await dialog.getByTestId('turn-off-password').fill('ada ada ada');
    await dialog.getByTestId('turn-off').click();
    await expect(dialog.getByTestId('turn-on-form')).toBeVisible();
    await dialog.getByTestId('turn-on-password').fill('ada ada ada');
    await dialog.getByTestId('turn-on').click();
    await expect(dialog.getByTestId('user-Ada')).toBeVisible();
    await dialog.getByTestId('new-user-name').fill('Rui');
    await dialog.getByTestId('new-user').getByTestId('passphrase').fill('rui rui rui');
    await dialog.getByTestId('new-user').getByTestId('passphrase-again').fill('rui rui rui');
    await dialog.getByTestId('new-user-add').click();
    await expect(dialog.getByTestId('user-Rui')).toBeVisible();
    await page.keyboard.press('Escape');
    await opened('settings after users again');
    await shut();
    await page.getByTestId('identity-lock').click();
    await dialog.getByTestId('sign-in-name').fill('Rui');
    await dialog.getByTestId('sign-in-password').fill('rui rui rui');
    await dialog.getByTestId('sign-in-submit').click();
    await expect(dialog.getByTestId('first-password')).toBeVisible();
    await dialog.getByTestId('first-password-leave').click();
    await expect(dialog.getByTestId('sign-in-password')).toBeFocused();
    await dialog.getByTestId('sign-in-name').fill('Ada');
    await dialog.getByTestId('sign-in-password').fill('ada ada ada');
    await dialog.getByTestId('sign-in-submit').click();
    await expect(dialog).toHaveCount(0);
    await clickMenu(app, 'case.report');
    await expect(page.getByTestId('report')).toBeVisible();
    await clickMenu(app, 'view.case');
    await page.locator('nav a[href$="/board"]').click();
    await page.getByTestId('new-meeting').click();
    await opened('meeting');
    await page.getByTestId('save-meeting').click();
    await page.getByTestId('change-meeting').click();
    await opened('meeting, to be changed');
    await shut();
    await page.getByTestId('add-cases').click();
    await page.getByTestId('add-case').click();
    await opened('cases to add');
    await shut();
    await page.getByTestId('prepare').click();
    await opened('preparing');
    await expect(page.getByTestId('prepared')).toBeVisible({ timeout: 60_000 });
    await page.getByTestId('close-preparing').click();
    await page.getByTestId('present').click();
    await expect(page.getByTestId('covered')).toBeVisible();
    await page.keyboard.press('d');
    await opened('decision');
    // By its button: what Escape leaves first, of a window that fills the screen, is the system's to say.
    await page.getByTestId('cancel').click();
    await expect(dialog).toHaveCount(0);
    await clickMenu(app, 'view.cases');
    await page.locator('nav a[href$="/evidence"]').click();
    await page.getByTestId('reader-studies').click();
    await page.getByTestId('new-reader-study').click();
    await opened('a reader study to begin');
    await dialog.getByTestId('study-name').fill('Readers and model');
    await dialog.getByTestId('which-all').check();
    await dialog.getByTestId('study-reader').first().check();
    await dialog.getByTestId('begin-study').click();
    await page.getByTestId('study-leave').click();
    await opened('a reader study to leave');
    await shut();
    await page.getByTestId('study-close').click();
    await opened('a reader study to close');
    await dialog.getByTestId('end-study').click();
    await expect(dialog).toHaveCount(0);
    await clickMenu(app, 'view.cases');
    const list = page.getByTestId('case-list');
    await list.locator('td.end button').last().click();
    await page.locator('.chips button').last().click();
    await list.getByTestId('case-erase').click();
    await opened('erase');
    await dialog.getByTestId('erase-patient').click();
    await expect(dialog.getByTestId('patient-cases').locator('tbody tr')).toHaveCount(1);
    await shut();
    // After the trash: the history that is loaded would stand in front of the case there.
    await page.locator('.chips button').first().click();
    await walkPastPatients(page, spoken);
    await clickMenu(app, 'view.models');
    await expect(page.getByTestId('model-card')).toContainText(/\p{L}{2,}/u);

    const licences = app.waitForEvent('window');
    await clickMenu(app, 'help.licences');
    const notices = await licences;
    // A document of a megabyte: what is there before it was read to its end is a part.
    await notices.waitForLoadState();
    const text = await notices.evaluate<string>('document.body.textContent');
    for (const name of ['Electron', 'vue 3', 'OpenJPEG 2.5.0', 'dcmjs-codecs']) expect(text).toContain(name);
    expect(complaints).toEqual([]);
  });
}
