/** Everything of the history as one file: behind a passphrase, or plain after a yes. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';

test('everything is exported behind a passphrase, and plain only after a yes of its own', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await page.getByTestId('settings').click();
  const section = page.getByTestId('export-all');
  const written = async (): Promise<string> => {
    const started = page.waitForEvent('download');
    await section.getByTestId('export-write').click();
    return (await readFile(await (await started).path())).toString('latin1');
  };

  await section.getByTestId('export-open').click();
  await section.getByTestId('passphrase').fill('too short');
  await section.getByTestId('export-write').click();
  await expect(section.locator('.failure')).toContainText('at least 12 characters');
  await section.getByTestId('passphrase').fill(PASSPHRASE);
  await section.getByTestId('passphrase-again').fill(PASSPHRASE);
  const encrypted = await written();
  expect(encrypted).toMatch(/haicast-export-[0-9TZ-]+\.zip\.enc/);
  expect(encrypted).toContain('Salted__');
  expect(encrypted).toContain('openssl enc -d');
  expect(encrypted).not.toContain('case.json');
  await expect(section.getByTestId('export-answer')).toContainText('1 cases');

  await section.getByTestId('export-open').click();
  await section.getByTestId('export-plain').check();
  await expect(section.getByTestId('export-write')).toBeDisabled();
  await section.getByTestId('export-sure').check();
  const plain = await written();
  expect(plain).toContain('THIS ARCHIVE NAMES PATIENTS');
  expect(plain).toContain('case.json');
});
