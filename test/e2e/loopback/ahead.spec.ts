import { expect, test } from '../fixtures.ts';
import { CasesPage } from '../pages/cases-page.ts';

test('the viewer comes before a case is chosen, and never before the list', async ({ launch }) => {
  const { page } = await launch({ passphrase: 'a long enough passphrase' });
  await new CasesPage(page).demo.waitFor();
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route('**/api/cases.list', async (route) => {
    asked.resolve();
    await held.promise;
    await route.continue();
  });
  await page.reload();
  await asked.promise;
  const viewerBegan = () =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/CaseView-')));
  // An idle moment has been: the one that the page would have taken.
  await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
  expect(await viewerBegan()).toBe(false);
  held.resolve();
  await expect.poll(viewerBegan).toBe(true);
});
