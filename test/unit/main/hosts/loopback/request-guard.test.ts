import { describe, expect, test } from 'vitest';
import { judgeRequest, type RequestFacts } from '../../../../../src/main/hosts/loopback/request-guard.ts';

const PORT = 40_000;
const TOKEN = 'the-token';
const HOST = `127.0.0.1:${PORT}`;

const CODE = 'the-code';
const judge = (method: string, url: string, headers: RequestFacts['headers'], entrance: string | undefined = CODE) =>
  judgeRequest({ method, url, headers: { host: HOST, ...headers } }, PORT, { token: TOKEN, entrance });

const cookie = `other=1; haicast-${PORT}=${TOKEN}`;

describe('a request is answered', () => {
  test.each<[string, string, string, RequestFacts['headers']]>([
    ['of the page itself', 'GET', '/assets/index.js', { cookie, 'sec-fetch-site': 'same-origin' }],
    ['typed by the person', 'GET', '/', { cookie, 'sec-fetch-site': 'none' }],
    ['of the page to the application', 'POST', '/api/app.info', { cookie, origin: `http://${HOST}` }],
    ['of a program with the token', 'POST', '/api/app.info', { authorization: `Bearer ${TOKEN}` }],
    ['under the name localhost', 'GET', '/', { host: `localhost:${PORT}`, cookie }],
  ])('%s', (_what, method, url, headers) => {
    expect(judge(method, url, headers)).toStrictEqual({ kind: 'answer' });
  });

  test('and the code taken from the address, even where a page of another site led there', () => {
    expect(judge('GET', `/?code=${CODE}`, { 'sec-fetch-site': 'cross-site' })).toStrictEqual({ kind: 'admit' });
  });

  test('at an address that was used, for the browser that used it', () => {
    expect(judge('GET', `/?code=${CODE}`, { cookie }, '')).toStrictEqual({ kind: 'answer' });
  });
});

describe('a request is refused', () => {
  test.each<[string, number, string, string, RequestFacts['headers']]>([
    ['without a token', 401, 'GET', '/', {}],
    ['with a wrong code in the address', 401, 'GET', '/?code=wrong', {}],
    ['with an empty code in the address', 401, 'GET', '/?code=', {}],
    ['with the token in the address', 401, 'GET', `/?token=${TOKEN}`, {}],
    ['with the token for a code', 401, 'GET', `/?code=${TOKEN}`, {}],
    ['with a wrong cookie', 401, 'GET', '/', { cookie: `haicast-${PORT}=wrong` }],
    ['with the cookie of another instance', 401, 'GET', '/', { cookie: `haicast-1=${TOKEN}` }],
    ['with a wrong bearer, though the cookie is right', 401, 'GET', '/', { cookie, authorization: 'Bearer wrong' }],
    ['with the code in the address of something else', 401, 'GET', `/volumes/a/b?code=${CODE}`, {}],
    ['with the code in a posted address', 403, 'POST', `/?code=${CODE}`, {}],
    ['for another host (a rebound name)', 421, 'GET', '/', { cookie, host: 'evil.example:40000' }],
    ['for another port', 421, 'GET', '/', { cookie, host: '127.0.0.1:1' }],
    ['for no host', 421, 'GET', '/', { cookie, host: undefined }],
    ['of another origin', 403, 'POST', '/api/app.info', { cookie, origin: 'https://evil.example' }],
    ['of another local server', 403, 'POST', '/api/app.info', { cookie, origin: 'http://127.0.0.1:1' }],
    ['of an opaque origin', 403, 'POST', '/api/app.info', { cookie, origin: 'null' }],
    ['posted with a cookie but no origin', 403, 'POST', '/api/app.info', { cookie }],
    ['for a volume by another site', 403, 'GET', '/volumes/a/b', { cookie, 'sec-fetch-site': 'cross-site' }],
    ['for a volume by another port', 403, 'GET', '/volumes/a/b', { cookie, 'sec-fetch-site': 'same-site' }],
    ['by an absolute address', 403, 'GET', 'http://evil.example/', { cookie }],
    ['with another method', 405, 'PUT', '/', { cookie }],
    ['with OPTIONS: nothing is shared across origins', 405, 'OPTIONS', '/api/app.info', { cookie }],
  ])('%s', (_what, status, method, url, headers) => {
    expect(judge(method, url, headers)).toMatchObject({ kind: 'refuse', status });
  });
});
