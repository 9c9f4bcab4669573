/** Who is at the workstation: nobody has to say so, until there is an administrator; then everybody signs in. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const ADA = { name: 'Dr Ada', password: 'ada ada ada' };
const RUI = { name: 'Rui', password: 'rui rui rui' };
/** A password is slow to try by design. */
const SLOW = { timeout: 60_000 };

const addUser = async (page: Page, { name, password }: typeof ADA, role?: string) => {
  await page.getByTestId('new-user-name').fill(name);
  if (role) await page.getByTestId('new-user-role').selectOption(role);
  await page.getByTestId('new-user').getByTestId('passphrase').fill(password);
  await page.getByTestId('new-user').getByTestId('passphrase-again').fill(password);
  await page.getByTestId('new-user-add').click();
  await expect(page.getByTestId('users-answer')).toContainText(`${name} is added.`, SLOW);
};

const trySignIn = async (page: Page, { name, password }: typeof ADA) => {
  await page.getByTestId('sign-in-name').fill(name);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
};

const signIn = async (page: Page, who: typeof ADA) => {
  await trySignIn(page, who);
  await expect(page.getByTestId('sign-in')).toHaveCount(0, SLOW);
  await expect(page.getByTestId('settings')).toContainText(who.name);
};

/** What the page cannot do by its buttons, a page that was tampered with asks all the same. */
const ask = (page: Page, name: string, input: object) =>
  page.evaluate(
    async ({ name, input }) => {
      const { haicast } = window as unknown as { haicast?: { call: (n: string, i: object) => Promise<unknown> } };
      if (haicast) return haicast.call(name, input);
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })).json();
    },
    { name, input },
  );

test('nobody signs in by default; with the first administrator everybody does, each may do what their role may, and the audit log shows who @every-host', async ({
  launch,
}) => {
  test.setTimeout(300_000);
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);
  await expect(page.getByTestId('sign-in')).toHaveCount(0);
  await expect(page.getByTestId('identity-lock')).toHaveCount(0);

  await page.getByTestId('settings').click();
  await page.getByTestId('users-open').click();
  await addUser(page, ADA);
  await addUser(page, RUI, 'reader');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('settings')).toContainText(ADA.name);
  await current.open('factors');
  await current.fillFactor('afp', '321');
  await expect(current.save).toBeEnabled();

  // Locked: nothing of the patient is there to be seen, and no key opens anything over the question.
  await page.getByTestId('identity-lock').click();
  await expect(page.getByTestId('sign-in-password')).toBeFocused();
  await expect(page.getByTestId('patient-banner')).toBeHidden();
  await expect(page.locator('main')).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  expect(JSON.stringify(await ask(page, 'cases.list', {}))).toContain('sign-in-needed');

  // Somebody else, whose password an administrator knows: nothing goes before they have chosen their own.
  await trySignIn(page, RUI);
  const first = page.getByTestId('first-password');
  await expect(first).toContainText(RUI.name, SLOW);
  await expect(page.locator('main')).toBeHidden();
  expect(JSON.stringify(await ask(page, 'cases.list', {}))).toContain('password-must-change');
  await expect(first.getByTestId('own-present')).toBeFocused();
  await first.getByTestId('own-present').fill(RUI.password);
  RUI.password = 'rui’s own one';
  await first.getByTestId('passphrase').fill(RUI.password);
  await first.getByTestId('passphrase-again').fill(RUI.password);
  await first.getByTestId('own-change').click();
  await expect(first).toHaveCount(0, SLOW);

  // Their own window, without the work of the one before.
  await expect(page.getByTestId('settings')).toContainText(RUI.name);
  await expect(page.getByTestId('patient-banner')).toHaveCount(0);
  await page.getByRole('navigation').getByRole('link').first().click();
  const list = page.getByTestId('case-list');
  await expect(list.locator('tbody tr')).toHaveCount(1);
  await expect(list.getByRole('button', { name: 'Move to trash' })).toBeDisabled();
  for (const [name, input] of [
    ['cases.trash', { id: 'any' }],
    ['cases.erase', { id: 'any' }],
    ['models.install', { path: '/any', jobId: 'any' }],
    ['users.list', {}],
    ['draft.others', { window: 'any' }],
  ] as const) {
    const answer = JSON.stringify(await ask(page, name, input));
    if (name === 'draft.others') expect(answer).toContain('"others":[]');
    else expect(answer, name).toContain('not-allowed');
  }

  // Back again, to the work that was left.
  await page.getByTestId('identity-lock').click();
  await signIn(page, ADA);
  await current.open('factors');
  await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('321');
  await expect(current.save).toBeEnabled();
  await current.save.click();
  await expect(current.save).toBeDisabled();

  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  const rows = page.getByTestId('audit').locator('tbody tr');
  await expect(rows.first()).toContainText('Dr Ada');
  await expect(rows.filter({ hasText: 'Signed in' }).filter({ hasText: 'Rui' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'Case kept' })).toContainText('(not signed in)');
  await expect(rows.filter({ hasText: 'Case saved' })).not.toContainText('(not signed in)');
});

test('an administrator turns signing in off with their password, and on again; users stay, and the audit log says both @every-host', async ({
  launch,
}) => {
  test.setTimeout(300_000);
  const { page } = await launch();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);
  await page.getByTestId('settings').click();
  await page.getByTestId('users-open').click();
  await addUser(page, ADA);

  await page.getByTestId('turn-off-open').click();
  await page.getByTestId('turn-off-password').fill('not this one');
  await page.getByTestId('turn-off').click();
  await expect(page.getByTestId('users-failure')).toContainText('do not fit', SLOW);
  await page.getByTestId('turn-off-password').fill(ADA.password);
  await page.getByTestId('turn-off').click();
  await expect(page.getByTestId('users-answer')).toHaveText('Signing in is off.', SLOW);
  await expect(page.getByTestId('identity-lock')).toHaveCount(0);
  await expect(page.getByTestId('turn-on-form')).toContainText('Dr Ada (Administrator)');

  // Nobody has to sign in: a page that is loaded anew shows the case at once.
  await page.reload();
  await expect(page.getByTestId('patient-banner')).toBeVisible();
  await expect(page.getByTestId('sign-in')).toHaveCount(0);

  await page.getByTestId('settings').click();
  await page.getByTestId('users-open').click();
  await page.getByTestId('turn-on-password').fill(ADA.password);
  await page.getByTestId('turn-on').click();
  await expect(page.getByTestId('user-Dr Ada')).toBeVisible(SLOW);
  await page.keyboard.press('Escape');
  await page.getByTestId('audit-open').click();
  const rows = page.getByTestId('audit').locator('tbody tr');
  await expect(rows.filter({ hasText: 'Signing in turned off' })).toContainText('Dr Ada');
  await expect(rows.filter({ hasText: 'Signing in turned on again' })).toContainText('(not signed in)');
});

test('an idle window hides the patient and keeps the work; wrong passwords wait longer and longer, and are told nothing', async ({
  launch,
  keepDemo,
}) => {
  test.setTimeout(300_000);
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const current = new CasePage(page);
  await new CasesPage(page).open();
  await page.clock.install();
  await page.getByTestId('settings').click();
  await page.getByTestId('users-open').click();
  await addUser(page, ADA);
  await page.keyboard.press('Escape');
  await page.getByLabel('Lock when nobody has touched haicast for').selectOption('5');
  await page.keyboard.press('Escape');
  await current.open('factors');
  await current.fillFactor('afp', '321');

  await page.clock.fastForward('05:01');
  const failure = page.getByTestId('sign-in-failure');
  await expect(page.getByTestId('sign-in')).toBeVisible();
  await expect(page.getByTestId('patient-banner')).toBeHidden();
  await expect(page.getByTestId('sign-in')).toContainText('Dr Ada has unsaved work here');

  await trySignIn(page, { ...ADA, name: 'Nobody' });
  await expect(failure).toHaveText('Name or password do not fit. Check the keyboard layout, then try again.', SLOW);
  for (const password of ['wrong one', 'wrong two', 'wrong three']) {
    await trySignIn(page, { ...ADA, password });
    await expect(page.getByTestId('sign-in-password')).toHaveValue('');
    await expect(page.getByTestId('sign-in-submit')).toBeDisabled();
    await expect(failure).toHaveText('Name or password do not fit. Check the keyboard layout, then try again.', SLOW);
  }
  // The right one is heard again after the pause, and not before it.
  await expect(async () => {
    await trySignIn(page, ADA);
    await expect(page.getByTestId('sign-in')).toHaveCount(0, { timeout: 10_000 });
  }).toPass(SLOW);
  await expect(page.getByTestId('factor-afp').getByRole('textbox').first()).toHaveValue('321');
  await expect(current.save).toBeEnabled();

  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  const failures = page.getByTestId('audit').locator('tbody tr').filter({ hasText: 'Sign-in failed' });
  await expect(failures.filter({ hasText: 'reason: unknown' })).toHaveCount(1);
  await expect(failures.filter({ hasText: 'reason: password' })).toHaveCount(3);
});
