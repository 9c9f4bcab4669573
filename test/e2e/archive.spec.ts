/** From an image archive to a prediction and back: Debian's Orthanc over TLS, or, where it is not installed, a small service of the tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  demoFiles,
  leftOutWithoutOpenssl,
  leftOutWithoutOrthanc,
  PASSWORD,
  selfSigned,
  startOrthanc,
  USER,
} from '../fixtures/pacs/orthanc.ts';
import { startSmallDicomweb } from '../fixtures/pacs/small-dicomweb.ts';
import { startSmallDimse } from '../fixtures/pacs/small-dimse.ts';
import { expect, test } from './fixtures.ts';
import { Looks } from './looks.ts';
import { CasePage } from './pages/case-page.ts';

interface StartedArchive {
  url: string;
  /** Undefined where no certificate could be made: it speaks plain http. */
  ca?: string;
  count(): Promise<number>;
  close(): Promise<void>;
}

/** As a hospital's would be: over https, believed by a certificate. Its password is Orthanc's alone. */
const startSmall = async (): Promise<StartedArchive> => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-archive-'));
  const tls = leftOutWithoutOpenssl === '' ? selfSigned(folder) : undefined;
  const small = await startSmallDicomweb(demoFiles(), tls);
  return {
    url: small.url,
    ...(tls ? { ca: tls.certificate } : {}),
    count: async () => small.instances().length,
    close: async () => {
      await small.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const startArchive = async (): Promise<StartedArchive> => {
  if (leftOutWithoutOrthanc !== '') return startSmall();
  const orthanc = await startOrthanc();
  await orthanc.fill(demoFiles());
  const { url, ca } = orthanc;
  return { url, ca, count: async () => (await orthanc.instances()).length, close: () => orthanc.close() };
};

let archive: StartedArchive;
test.beforeAll(async () => {
  archive = await startArchive();
});
test.afterAll(() => archive.close());

/** Over plain http an archive is warned of, which no reference shows. */
const withoutPictures = leftOutWithoutOrthanc && leftOutWithoutOpenssl && ' (left out: its pictures, no openssl)';

test(`a study is searched in an archive, previewed, fetched, opened, predicted and sent back as objects${withoutPictures}`, async ({
  launch,
  hostKind,
}) => {
  test.setTimeout(300_000);
  const { page } = await launch({ passphrase: 'correct horse battery', still: true });
  const looks = new Looks(page, hostKind);
  const look = (name: string) => (archive.ca === undefined ? looks.axe(name) : looks.both(name));
  const before = await archive.count();
  // Off until one is named.
  await expect(page.getByTestId('bar-archive')).toHaveCount(0);

  await page.getByTestId('settings').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('pacs')).toContainText('uses no network');
  await dialog.getByTestId('pacs-add').click();
  await dialog.getByTestId('pacs-name').fill('Radiology');
  await dialog.getByTestId('pacs-url').fill(archive.url);
  if (archive.ca !== undefined) {
    await dialog.getByTestId('pacs-ca').fill(archive.ca);
    await dialog.getByTestId('pacs-way').selectOption('basic');
    await dialog.getByTestId('pacs-user').fill(USER);
    await dialog.getByTestId('pacs-password').fill(PASSWORD);
  }
  await look('30-archive-new');
  await dialog.getByTestId('pacs-save').click();
  await dialog.getByTestId('pacs-test').click();
  await expect(dialog.getByTestId('pacs-answer')).toContainText('Radiology answers');
  await expect(page.locator('body')).not.toContainText(PASSWORD);
  await page.keyboard.press('Escape');

  await page.getByTestId('bar-archive').click();
  await page.getByTestId('archive-find').click();
  await expect(page.getByTestId('archive-search').getByRole('alert')).toBeVisible();
  await page.getByTestId('archive-name').fill('nobody of this name');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('archive-found')).toContainText('no study like this');
  await page.getByTestId('archive-name').fill('demo');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('archive-found').locator('tbody tr')).toHaveCount(1);
  await expect(page.getByTestId('archive-found')).toContainText('SIM-0007');
  await page.getByTestId('archive-look').click();
  await expect(page.getByTestId('archive-series')).toHaveCount(6);
  await expect(page.getByTestId('archive-plan')).toContainText('Images: 142');
  await look('32-archive-plan');
  await page.getByTestId('archive-fetch').click();

  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('lesions');
  await current.drawLesion('arterial', [0.42, 0.42], [0.52, 0.52]);
  await expect(current.lesions).toHaveCount(1);
  await current.runPrediction();

  await current.save.click();
  await page.getByTestId('export-case').click();
  await look('33-archive-send');
  await dialog.getByTestId('send-now').click();
  await expect(dialog.getByTestId('send-answer')).toContainText('Radiology has taken', { timeout: 60_000 });
  expect(await archive.count()).toBeGreaterThan(before + 2);
  await page.keyboard.press('Escape');
  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  await expect(dialog).toContainText('Objects sent to an image archive');
  await expect(dialog).toContainText('Study fetched from an image archive');
  expect(looks.found).toEqual([]);
});

test('an archive that is not there is said to be, with what to do', async ({ launch }) => {
  const { page } = await launch({ passphrase: 'correct horse battery' });
  await page.getByTestId('settings').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByTestId('pacs-add').click();
  await dialog.getByTestId('pacs-name').fill('Gone');
  await dialog.getByTestId('pacs-url').fill('http://127.0.0.1:9/dicom-web');
  // A password over an open line is not even taken.
  await dialog.getByTestId('pacs-way').selectOption('basic');
  await dialog.getByTestId('pacs-user').fill('reader');
  await dialog.getByTestId('pacs-password').fill('planted');
  await expect(dialog.getByTestId('pacs-save')).toBeDisabled();
  await dialog.getByTestId('pacs-way').selectOption('none');
  await dialog.getByTestId('pacs-save').click();
  await dialog.getByTestId('pacs-test').click();
  await expect(dialog.getByRole('alert')).toContainText('does not answer');
  await dialog.getByTestId('pacs-remove').click();
  await expect(dialog.getByTestId('pacs')).toContainText('uses no network');
});

test('an archive of the DICOM network is named by its AE titles, searched, and its study fetched and opened', async ({
  launch,
  hostKind,
}) => {
  const small = await startSmallDimse(demoFiles());
  try {
    const { page } = await launch({ passphrase: 'correct horse battery', still: true });
    const looks = new Looks(page, hostKind);
    // The list does not wait for the models.
    await expect(page.getByTestId('simulated-banner')).toContainText('Demonstration model');
    await page.getByTestId('settings').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('pacs-add').click();
    await dialog.getByTestId('pacs-name').fill('Old archive');
    await dialog.getByTestId('pacs-kind').selectOption('dimse');
    await dialog.getByTestId('pacs-host').fill('127.0.0.1');
    await dialog.getByTestId('pacs-port').fill(String(small.port));
    await dialog.getByTestId('pacs-called').fill('SMALL');
    await expect(dialog.getByTestId('pacs-new')).toContainText('without encryption');
    await dialog.getByTestId('pacs-retrieve').selectOption('move');
    await dialog.getByTestId('pacs-move-host').fill('127.0.0.1');
    await dialog.getByTestId('pacs-tls').check();
    // Sent here over TLS, the archive sees a certificate.
    await expect(dialog.getByTestId('pacs-save')).toBeDisabled();
    await looks.both('34-archive-dimse');
    await dialog.getByTestId('pacs-tls').uncheck();
    await dialog.getByTestId('pacs-retrieve').selectOption('get');
    await dialog.getByTestId('pacs-save').click();
    await dialog.getByTestId('pacs-test').click();
    await expect(dialog.getByTestId('pacs-answer')).toContainText('Old archive answers');
    await page.keyboard.press('Escape');

    await page.getByTestId('bar-archive').click();
    await page.getByTestId('archive-name').fill('demo');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('archive-found')).toContainText('SIM-0007');
    await page.getByTestId('archive-look').click();
    await expect(page.getByTestId('archive-series')).toHaveCount(6);
    await page.getByTestId('archive-fetch').click();
    // Decoded and drawn it is like any other; here it counts that it was opened with its roles.
    await expect(page.locator('[data-role="arterial"]')).toBeVisible({ timeout: 60_000 });
    await expect(new CasePage(page).confirmRoles).toBeVisible();
    expect(looks.found).toEqual([]);
  } finally {
    await small.close();
  }
});
