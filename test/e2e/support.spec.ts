/** The self-check in words, and a support bundle that is looked through before it leaves. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';

test('the self-check says how everything is, and a bundle leaves as it was shown, without the patient or the user', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });

  await page.getByTestId('settings').click();
  await page.getByLabel('Your name').fill('Dr Zyxwplant');
  await page.getByTestId('self-check-open').click();
  await expect(page.getByTestId('finding-records')).toContainText('The case history is open: 1 cases.');
  for (const subject of ['model', 'provider', 'disk', 'clock', 'versions'])
    await expect(page.getByTestId(`finding-${subject}`)).toHaveAttribute('data-state', /good|attention/);
  await expect(page.getByTestId('self-check-overall')).toBeVisible();

  await page.getByTestId('bundle-look').click();
  const text = page.getByTestId('bundle-text');
  await expect(text).toContainText('"findings"');
  const shown: string[] = [];
  for (const name of ['self-check.json', 'versions.json', 'settings.json', 'haicast.log']) {
    await page.getByTestId(`bundle-file-${name}`).click();
    await expect(page.getByTestId(`bundle-file-${name}`)).toHaveAttribute('aria-pressed', 'true');
    shown.push((await text.textContent()) ?? '');
  }
  expect(shown.join('\n')).not.toMatch(/Zyxwplant|DEMO|SIM-0007/);

  const started = page.waitForEvent('download');
  await page.getByTestId('bundle-save').click();
  const bytes = await readFile(await (await started).path());
  for (const one of shown) expect(bytes.includes(one.slice(0, 60))).toBe(true);
  await expect(page.getByTestId('bundle-answer')).toContainText('On its way to your browser');
});
