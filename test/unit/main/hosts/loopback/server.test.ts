import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Application, EventName } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { Exports } from '../../../../../src/main/hosts/loopback/exports.ts';
import { type Loopback, startLoopback } from '../../../../../src/main/hosts/loopback/server.ts';
import { type UploadLimits, Uploads } from '../../../../../src/main/hosts/loopback/uploads.ts';

/** For what another end of a connection does; the usual second is a race on a busy machine. */
const PATIENCE = { timeout: 30_000 };
const UPLOAD = '11111111-2222-3333-4444-555555555555';

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Plain `node:http`, because `fetch` forbids the headers that a hostile client would forge. */
const ask = (
  { port }: Loopback,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

const setUp = async (limits?: UploadLimits) => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-loopback-'));
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true });
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html>');
  writeFileSync(join(rendererFolder, 'assets', 'index-1.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '"secret"');
  let listener: (name: EventName, payload: unknown) => void = () => {};
  const calls: [string, unknown][] = [];
  const application: Application = {
    async call(name, input) {
      calls.push([name, input]);
      if (name === 'boom') throw new TypeError('a bug that names Muster^Erika');
      if (name === 'study.open' && (input as { fails?: boolean }).fails) throw new AppError('cancelled', 'Cancelled.');
      if (name === 'study.open' && (input as { empty?: boolean }).empty) return { openId: 'none', studies: [] };
      if (name === 'cases.save') return { id: 'case-1' };
      if (name === 'cases.openImages') return { openId: 'open-2', studies: [{}] };
      if (name === 'refused') throw new AppError('not-open', 'Not open.', { params: { a: 1 } });
      return name === 'study.open' ? { openId: 'open-1' } : { ok: true };
    },
    onEvent: (added) => {
      listener = added;
      return () => {};
    },
    bytes: async (path) => (path === '/volumes/a/b' ? new Uint8Array([1, 2, 3]) : undefined),
    close: async () => {},
  };
  const uploads = new Uploads(folder, limits);
  const exports = new Exports(folder);
  const loopback = await startLoopback({ application, rendererFolder, uploads, exports, openAtStart: '/images' });
  onTestFinished(async () => {
    await loopback.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const bearer = { authorization: `Bearer ${loopback.token}` };
  return {
    loopback,
    bearer,
    calls,
    uploads,
    exports,
    folder,
    tell: (name: EventName, payload: unknown) => listener(name, payload),
  };
};

const json = { 'content-type': 'application/json' };

describe('the loopback server', () => {
  test('listens on 127.0.0.1 alone, with a token of 256 bits', async () => {
    const { loopback } = await setUp();
    expect(new URL(loopback.newAddress()).hostname).toBe('127.0.0.1');
    expect(Buffer.from(loopback.token, 'base64url')).toHaveLength(32);
  });

  test('sends a de-identified copy once it is written, and keeps it where the browser goes away half-way', async () => {
    const { loopback, bearer, exports } = await setUp();
    const destination = `download:${UPLOAD}`;
    const folder = exports.folderOf(destination);
    mkdirSync(folder);
    // More than a connection buffers.
    writeFileSync(join(folder, 'IM00001.dcm'), Buffer.alloc(32 * 1024 ** 2, 'x'));
    expect((await ask(loopback, 'GET', `/exports/${UPLOAD}`, bearer)).status).toBe(404);
    const called = JSON.stringify({ destination });
    await ask(loopback, 'POST', '/api/study.exportDeidentified', { ...bearer, ...json }, called);

    await new Promise<void>((resolve, reject) => {
      const path = `/exports/${UPLOAD}`;
      const sent = request({ host: '127.0.0.1', port: loopback.port, path, headers: bearer, agent: false }, (half) => {
        half.on('error', () => undefined);
        half.once('data', () => sent.destroy());
        half.on('close', resolve);
      });
      sent.on('error', reject);
      sent.end();
    });
    // The server learns of the end of the connection a little later.
    const again = await vi.waitUntil(async () => {
      const answer = await ask(loopback, 'GET', `/exports/${UPLOAD}`, bearer);
      return answer.status === 200 && answer;
    }, PATIENCE);
    expect(again.body.length).toBeGreaterThan(32 * 1024 ** 2);
    await vi.waitUntil(() => !existsSync(folder), PATIENCE);
    expect((await ask(loopback, 'GET', `/exports/${UPLOAD}`, bearer)).status).toBe(404);
  });

  test('takes the code of an address once, for a cookie that scripts and other sites do not get', async () => {
    const { loopback } = await setUp();
    const addressOf = () => loopback.newAddress().slice(`http://127.0.0.1:${loopback.port}`.length);
    const replaced = addressOf();
    const address = addressOf();
    expect(address).not.toContain(loopback.token);
    expect((await ask(loopback, 'GET', replaced)).status).toBe(401);
    const entrance = await ask(loopback, 'GET', address);
    expect(entrance.status).toBe(303);
    expect(entrance.headers.location).toBe('/');
    const [cookie = ''] = entrance.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    const page = await ask(loopback, 'GET', '/', { cookie: cookie.split(';')[0] ?? '' });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toBe('<!doctype html>');
    // Whoever read the address from a list of processes comes too late.
    const late = await ask(loopback, 'GET', address);
    expect(late.status).toBe(401);
    expect(late.headers).not.toHaveProperty('set-cookie');
    expect((await ask(loopback, 'GET', addressOf())).status).toBe(303);
  });

  test('sends its protecting headers with every answer, refusals too, and shares nothing across origins', async () => {
    const { loopback, bearer } = await setUp();
    for (const headers of [bearer, {}]) {
      const answer = await ask(loopback, 'GET', '/', headers);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test.each(['/', '/api/app.info', '/events', '/volumes/a/b', '/assets/index-1.js'])(
    'answers nothing at %s without the token',
    async (path) => {
      const { loopback, calls } = await setUp();
      expect((await ask(loopback, 'GET', path)).status).toBe(401);
      expect((await ask(loopback, 'POST', path, json, '{}')).status).toBe(403);
      expect(calls).toStrictEqual([]);
    },
  );

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets//index-1.js',
    '/.hidden.json',
    '/assets',
    '/missing.js',
    '/index.html.map',
  ])('has no file at %s', async (path) => {
    const { loopback, bearer } = await setUp();
    const answer = await ask(loopback, 'GET', path, bearer);
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).not.toContain('secret"');
  });

  test('serves the files of the page by their kind', async () => {
    const { loopback, bearer } = await setUp();
    const answer = await ask(loopback, 'GET', '/assets/index-1.js', bearer);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('serves raw bytes of volumes', async () => {
    const { loopback, bearer } = await setUp();
    const answer = await ask(loopback, 'GET', '/volumes/a/b', bearer);
    expect([...answer.body]).toStrictEqual([1, 2, 3]);
    expect((await ask(loopback, 'GET', '/volumes/a/c', bearer)).status).toBe(404);
  });
});

describe('calls over the loopback server', () => {
  test('reach the application and come back', async () => {
    const { loopback, bearer, calls } = await setUp();
    const answer = await ask(loopback, 'POST', '/api/app.info', { ...bearer, ...json }, '{"a":"ü"}');
    expect(JSON.parse(answer.body.toString())).toStrictEqual({ ok: true });
    expect(calls).toStrictEqual([['app.info', { a: 'ü' }]]);
  });

  test('that fail carry the error, and of a bug only what may be shown', async () => {
    const { loopback, bearer } = await setUp();
    const refused = await ask(loopback, 'POST', '/api/refused', { ...bearer, ...json }, '{}');
    expect(refused.status).toBe(404);
    expect(JSON.parse(refused.body.toString())).toStrictEqual({
      code: 'not-open',
      message: 'Not open.',
      params: { a: 1 },
    });
    const bug = await ask(loopback, 'POST', '/api/boom', { ...bearer, ...json }, '{}');
    expect(bug.status).toBe(500);
    expect(JSON.parse(bug.body.toString()).message).not.toContain('Muster');
  });

  test.each([
    ['is not JSON', json, '{"a":', 415],
    ['says that it is something else', { 'content-type': 'text/plain' }, '{}', 415],
    ['is larger than 4 MiB', json, JSON.stringify('x'.repeat(4 * 2 ** 20)), 413],
  ])('are refused where the body %s', async (_what, headers, body, status) => {
    const { loopback, bearer, calls } = await setUp();
    // The server may hang up before a too large body was sent: that is a refusal as well.
    const answer = await ask(loopback, 'POST', '/api/app.info', { ...bearer, ...headers }, body).catch(
      (error: { code?: string }) => ({ status: error.code === 'EPIPE' || error.code === 'ECONNRESET' ? status : 0 }),
    );
    expect(answer.status).toBe(status);
    expect(calls).toStrictEqual([]);
  });
});

describe('events', () => {
  test('reach the page, after the study named at the start', async () => {
    const { loopback, bearer, tell } = await setUp();
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const sent = request(
        { host: '127.0.0.1', port: loopback.port, path: '/events', headers: bearer, agent: false },
        (response) => {
          expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
          response.on('data', (chunk: Buffer) => {
            received += chunk.toString();
            if (received.includes('host.open') && !received.includes('records.changed')) tell('records.changed', {});
            if (received.includes('records.changed')) {
              resolve(received);
              sent.destroy();
            }
          });
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    const messages = text.split('\n').filter((line) => line.startsWith('data: '));
    expect(messages.map((line) => JSON.parse(line.slice(6)))).toStrictEqual([
      { name: 'host.open', payload: { path: '/images' } },
      { name: 'records.changed', payload: {} },
    ]);
  });
});

describe('files handed over by the browser', () => {
  const send = (
    context: Awaited<ReturnType<typeof setUp>>,
    path: string,
    { id = UPLOAD, index = '0', body = 'DICM' }: { id?: string; index?: string; body?: string } = {},
  ) =>
    ask(
      context.loopback,
      'POST',
      `/uploads/${id}/${index}`,
      { ...context.bearer, 'x-relative-path': encodeURIComponent(path) },
      body,
    );

  const files = ({ folder }: { folder: string }): string[] =>
    existsSync(join(folder, 'uploads'))
      ? readdirSync(join(folder, 'uploads'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
          .map(({ name }) => name)
      : [];

  test('lie under their names in a folder for their owner only, and go when the study is closed', async () => {
    const context = await setUp();
    expect((await send(context, 'study/张三/IM 1')).status).toBe(200);
    const folder = context.uploads.folderOf(UPLOAD) ?? '';
    expect(readFileSync(join(folder, 'study', '张三', 'IM 1'), 'utf8')).toBe('DICM');
    if (process.platform !== 'win32') {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'study', '张三', 'IM 1')).mode & 0o777).toBe(0o600);
    }
    const post = (name: string, body: unknown) =>
      ask(context.loopback, 'POST', `/api/${name}`, { ...context.bearer, ...json }, JSON.stringify(body));
    await post('study.open', { path: `upload:${UPLOAD}`, jobId: 'job' });
    expect(existsSync(folder)).toBe(true);
    await post('study.close', { openId: 'open-1' });
    expect(existsSync(folder)).toBe(false);
    expect(context.uploads.folderOf(UPLOAD)).toBeUndefined();
  });

  test('that are two of one name are both kept', async () => {
    const context = await setUp();
    await send(context, 'a:b', { index: '0' });
    await send(context, 'a?b', { index: '1' });
    expect(readdirSync(context.uploads.folderOf(UPLOAD) ?? '').toSorted()).toStrictEqual(['1-a_b', 'a_b']);
  });

  test.each([
    ['leads out', '../../secret.json', {}],
    ['leads out by back slashes', '..\\..\\secret.json', {}],
    ['is empty', '', {}],
    ['is only dots', './.', {}],
    ['is too deep', 'a/'.repeat(40), {}],
    ['belongs to no proper upload', 'a', { id: '..' }],
    ['belongs to an upload of another spelling', 'a', { id: UPLOAD.replaceAll('-', '%2F') }],
  ])('are refused where the path %s', async (_what, path, options) => {
    const context = await setUp();
    expect((await send(context, path, options)).status).toBeGreaterThanOrEqual(400);
    expect(existsSync(join(context.folder, 'uploads'))).toBe(false);
    expect(readFileSync(join(context.folder, 'secret.json'), 'utf8')).toBe('"secret"');
  });

  test('stay below their limits of number and size; one that is refused takes all of its study along', async () => {
    const context = await setUp({ files: 2, bytes: 10 });
    expect((await send(context, 'a', { body: '12345' })).status).toBe(200);
    expect((await send(context, 'b', { body: '123456' })).status).toBe(400);
    expect(context.uploads.folderOf(UPLOAD)).toBeUndefined();
    expect(files(context)).toStrictEqual([]);
    expect((await send(context, 'c', { body: '1' })).status).toBe(400);
    expect(files(context)).toStrictEqual([]);
  });

  test('that break off leave nothing, nor do those beside them that are still under way', async () => {
    const context = await setUp();
    await send(context, 'whole');
    const half = (index: number) => {
      const headers = { ...context.bearer, 'x-relative-path': `half-${index}`, 'content-length': '100' };
      const path = `/uploads/${UPLOAD}/${index}`;
      const sent = request({
        host: '127.0.0.1',
        port: context.loopback.port,
        method: 'POST',
        path,
        headers,
        agent: false,
      });
      sent.on('error', () => undefined);
      sent.write('DICM');
      return sent;
    };
    const [first] = [half(1), half(2)];
    await vi.waitUntil(() => files(context).length === 3, PATIENCE);
    first?.destroy();
    await vi.waitUntil(() => files(context).length === 0, PATIENCE);
    expect(context.uploads.folderOf(UPLOAD)).toBeUndefined();
  });

  const post = (context: Awaited<ReturnType<typeof setUp>>, name: string, body: object) =>
    ask(context.loopback, 'POST', `/api/${name}`, { ...context.bearer, ...json }, JSON.stringify(body));
  const path = `upload:${UPLOAD}`;

  test.each([
    ['in which nothing was found', { empty: true }],
    ['whose opening was cancelled or failed', { fails: true }],
  ])('%s are gone', async (_what, how) => {
    const context = await setUp();
    await send(context, 'a');
    await post(context, 'study.open', { path, ...how });
    expect(files(context)).toStrictEqual([]);
  });

  test('stay while a case that was saved from them may be opened again', async () => {
    const context = await setUp();
    await send(context, 'a');
    await post(context, 'study.open', { path });
    await post(context, 'cases.save', { openId: 'open-1' });
    await post(context, 'study.close', { openId: 'open-1' });
    expect(files(context)).toHaveLength(1);
    await post(context, 'cases.openImages', { id: 'case-1' });
    await post(context, 'study.close', { openId: 'open-2' });
    expect(files(context)).toHaveLength(1);
    // A case is saved without its images, too.
    await post(context, 'cases.save', { caseId: 'case-1' });
    expect(files(context)).toHaveLength(1);
    // Saved again from a folder of this machine.
    await post(context, 'cases.save', { openId: 'of a path' });
    expect(files(context)).toStrictEqual([]);
  });
});
