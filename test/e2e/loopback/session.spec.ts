import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { CasePage } from '../pages/case-page.ts';
import { CasesPage } from '../pages/cases-page.ts';

// How a host lets its first page in: each test meets one that has just started.
test.use({ freshHost: true });

/** What the page asked for, and what its security policy refused. */
const watch = (page: Page) => {
  const asked: string[] = [];
  const refused: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(error.message));
  return { asked, refused };
};

/** Another web server of this machine, whose page is up to no good. */
const otherServer = async (html: string): Promise<{ url: string; close: () => void }> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
};

test('the code leaves the address at once; reload and a second tab go on, another browser does not', async ({
  launch,
}) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await expect(cases.demo).toBeVisible();
  expect(page.url()).not.toContain('code');
  await page.reload();
  await expect(cases.demo).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await expect(new CasesPage(tab).demo).toBeVisible();

  const stranger = await page.context().browser()?.newContext();
  const answer = await stranger?.request.get(new URL('/', page.url()).href);
  expect(answer?.status()).toBe(401);
  await stranger?.close();
});

test('the whole way from the demonstration study to its images asks nobody else and breaks no rule of the policy', async ({
  launch,
}) => {
  const { page } = await launch();
  const { asked, refused } = watch(page);
  await page.reload();
  await new CasesPage(page).openDemo();
  await new CasePage(page).imagesShown();
  const origin = new URL(page.url()).origin;
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== origin)).toStrictEqual([]);
  expect(refused).toStrictEqual([]);
});

test('a page of another local server changes nothing and learns nothing', async ({ launch }) => {
  const { page } = await launch();
  await expect(new CasesPage(page).demo).toBeVisible();
  const { origin } = new URL(page.url());
  // A form, because it needs no leave of the browser; its body reads as JSON.
  const evil = await otherServer(`
    <form method="post" enctype="text/plain" action="${origin}/api/settings.set">
      <input name='{"userName":"intruder","x":"' value='"}'></form>`);
  try {
    const tab = await page.context().newPage();
    await tab.goto(evil.url);
    const learned = await tab.evaluate(async (api) => {
      const attempt = (init: RequestInit) =>
        fetch(`${api}/api/settings.get`, { ...init, credentials: 'include' }).then(
          (response) => response.text(),
          () => 'blocked',
        );
      return [
        await attempt({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
        await attempt({ method: 'POST', body: '{}', mode: 'no-cors' }),
        await attempt({ method: 'GET' }),
      ];
    }, origin);
    expect(learned).toStrictEqual(['blocked', expect.stringMatching(/^(blocked)?$/), 'blocked']);
    const [answer] = await Promise.all([
      tab.waitForResponse((response) => response.url().endsWith('/api/settings.set')),
      tab.evaluate(() => document.forms[0]?.submit()),
    ]);
    expect(answer.status()).toBe(403);
  } finally {
    evil.close();
  }
  const name = await page.evaluate(async () => {
    const response = await fetch('/api/settings.get', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    return ((await response.json()) as { userName: string }).userName;
  });
  expect(name).not.toBe('intruder');
});
