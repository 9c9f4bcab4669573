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

test('the steps of a case come after its images, move nothing and keep their place in the order of the keyboard', async ({
  launch,
}) => {
  const { page } = await launch({ passphrase: 'a long enough passphrase' });
  await page.addInitScript(() => {
    // No moment is idle until the test says so, and a second does not pass.
    const later: (() => void)[] = [];
    Object.assign(globalThis, {
      requestIdleCallback: (work: () => void) => later.push(work),
      beIdle: () => {
        for (const work of later.splice(0)) work();
      },
    });
    const { setTimeout: wait } = globalThis;
    Object.assign(globalThis, {
      setTimeout: (work: () => void, ms?: number) => (ms === 1_000 ? 0 : wait(work, ms)),
    });
  });
  await page.reload();
  await new CasesPage(page).demo.click();
  const panes = page.locator('.panes');
  await expect(page.locator('.pane[data-state="ready"]')).toHaveCount(6);
  const before = await panes.boundingBox();
  await expect(page.getByTestId('step-images')).toHaveCount(0);
  const splitter = page.getByTestId('panel-splitter');
  await splitter.focus();
  await page.evaluate('beIdle()');
  await page.getByTestId('step-images').waitFor();
  expect(await panes.boundingBox()).toEqual(before);
  await expect(splitter).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('step-images').getByRole('button').first()).toBeFocused();
});
