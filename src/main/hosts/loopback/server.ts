import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Application } from '#shared/api.ts';
import { AppError, toErrorShape } from '#shared/errors.ts';
import type { Log } from '../../log/log.ts';
import { type Called, HandedOverUse } from '../../procedures/handed-over-use.ts';
import { pageHeaders } from '../page-headers.ts';
import { staticFileOf } from '../static-files.ts';
import { EventStream } from './event-stream.ts';
import type { Exports } from './exports.ts';
import { readJsonBody } from './json-body.ts';
import { judgeRequest } from './request-guard.ts';
import { newSecret, sessionCookie } from './session-token.ts';
import { statusOf } from './status-of.ts';
import { UPLOAD_PREFIX, type Uploads } from './uploads.ts';

export interface LoopbackOptions {
  application: Application;
  /** The built page. */
  rendererFolder: string;
  uploads: Uploads;
  exports: Exports;
  /** 0 takes a free one. */
  port?: number;
  /** A study that the first window is asked to open. */
  openAtStart?: string;
  log?: Pick<Log, 'failed'>;
}

export interface Loopback {
  /** A new address for a browser, good for one visit; the one before is void. */
  newAddress(): string;
  port: number;
  token: string;
  close(): Promise<void>;
}

const listenError = (error: Error, port: number): AppError => {
  const busy = 'code' in error && error.code === 'EADDRINUSE';
  return new AppError(
    busy ? 'port-in-use' : 'port-refused',
    busy
      ? `Port ${port} is in use by another program. Leave --port out to take a free one.`
      : `Port ${port} cannot be used. Leave --port out to take a free one.`,
    { detail: error.message, cause: error },
  );
};

/** Procedures that write into a folder which the browser then fetches. */
const EXPORTING = new Set([
  'cases.export',
  'records.export',
  'study.exportDeidentified',
  'audit.export',
  'support.save',
]);

/** The application and its page for a browser on this machine, and for nobody else. */
class LoopbackServer {
  readonly #application: Application;
  readonly #rendererFolder: string;
  readonly #uploads: Uploads;
  readonly #exports: Exports;
  readonly #token = newSecret();
  /** What the printed address holds: exchanged for the cookie once, since a command line is for all users to read. */
  #entrance: string | undefined;
  readonly #events = new EventStream();
  readonly #uploadUse: HandedOverUse;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  #port = 0;
  #openAtStart: string | undefined;

  readonly #log: Pick<Log, 'failed'> | undefined;

  constructor({ application, rendererFolder, uploads, exports, openAtStart, log }: LoopbackOptions) {
    this.#log = log;
    this.#openAtStart = openAtStart;
    this.#application = application;
    this.#rendererFolder = rendererFolder;
    this.#uploads = uploads;
    this.#uploadUse = new HandedOverUse({ prefix: UPLOAD_PREFIX, remove: (id) => uploads.remove(id) });
    this.#exports = exports;
    application.onEvent((name, payload) => this.#events.send(name, payload));
  }

  async listen(port: number): Promise<Loopback> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenError(error, port)));
      this.#server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    return {
      newAddress: () => {
        this.#entrance = newSecret();
        return `http://127.0.0.1:${this.#port}/?code=${this.#entrance}`;
      },
      port: this.#port,
      token: this.#token,
      close: () => this.#close(),
    };
  }

  async #close(): Promise<void> {
    this.#events.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    try {
      const { method = '', url = '', headers } = request;
      const verdict = judgeRequest({ method, url, headers }, this.#port, {
        token: this.#token,
        entrance: this.#entrance,
      });
      if (verdict.kind === 'refuse') {
        this.#json(response, verdict.status, { code: verdict.code, message: verdict.reason });
      } else if (verdict.kind === 'admit') {
        this.#entrance = undefined;
        response.writeHead(303, { location: '/', 'set-cookie': sessionCookie(this.#port, this.#token) }).end();
      } else {
        await this.#answer(request, response, new URL(url, 'http://localhost').pathname);
      }
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [, area = '', first = '', second = '', ...rest] = path.split('/');
    if (request.method === 'POST') {
      if (area === 'api' && second === '')
        this.#json(response, 200, await this.#call(first, await readJsonBody(request)));
      else if (area === 'uploads' && second === 'gone' && rest.length === 0) {
        await this.#uploadUse.letGo(first);
        this.#json(response, 200, { ok: true });
      } else if (area === 'uploads' && rest.length === 0) await this.#receive(request, response, first, second);
      else this.#notFound(response);
    } else if (path === '/events') {
      this.#listen(response);
    } else if (area === 'exports' && second === '') {
      await this.#download(response, first);
    } else if (area === 'volumes') {
      await this.#bytes(response, path);
    } else {
      await this.#file(response, path);
    }
  }

  #listen(response: ServerResponse): void {
    if (!this.#events.add(response)) {
      this.#json(response, 503, {
        code: 'too-many-windows',
        message: 'Too many windows are open. Close some of them.',
      });
      return;
    }
    const path = this.#openAtStart;
    this.#openAtStart = undefined;
    if (path !== undefined) this.#events.send('host.open', { path });
  }

  async #call(name: string, input: unknown): Promise<unknown> {
    const given = input as Called & { destination?: unknown };
    try {
      const result = await this.#application.call(name, input);
      await this.#uploadUse.answered(name, given, result as object);
      if (EXPORTING.has(name)) await this.#exports.finished(String(given.destination));
      return result;
    } catch (error) {
      await this.#uploadUse.failed(name, given);
      throw error;
    }
  }

  async #receive(request: IncomingMessage, response: ServerResponse, uploadId: string, index: string): Promise<void> {
    const path = request.headers['x-relative-path'];
    await this.#uploads.receive(
      uploadId,
      /^\d{1,9}$/.test(index) ? Number(index) : Number.NaN,
      Array.isArray(path) ? path[0] : path,
      request,
    );
    this.#json(response, 200, { ok: true });
  }

  async #bytes(response: ServerResponse, path: string): Promise<void> {
    const bytes = await this.#application.bytes(path);
    if (!bytes) {
      this.#notFound(response);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.byteLength });
    response.end(bytes);
  }

  /** What was exported as one file, under a name that says nothing of the patient. */
  async #download(response: ServerResponse, id: string): Promise<void> {
    const wasSent = await this.#exports.send(id, async (zip) => {
      response.writeHead(200, {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="haicast-export.zip"',
      });
      await pipeline(Readable.from(zip), response);
    });
    if (!wasSent) this.#notFound(response);
  }

  async #file(response: ServerResponse, path: string): Promise<void> {
    const file = staticFileOf(this.#rendererFolder, path);
    const body = file && (await readFile(file.path).catch(() => undefined));
    if (!file || !body) {
      this.#notFound(response);
      return;
    }
    response.writeHead(200, { 'content-type': file.contentType, 'content-length': body.byteLength }).end(body);
  }

  #notFound(response: ServerResponse): void {
    this.#json(response, 404, { code: 'not-found', message: 'There is nothing at this address.' });
  }

  #json(response: ServerResponse, status: number, value: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    // The application has written down itself what failed in a call.
    if (!(error instanceof AppError) && !request.url?.startsWith('/api/')) this.#log?.failed('http', error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const shape = toErrorShape(error);
    // What was not read of a refused body is not worth waiting for.
    if (!request.complete) response.setHeader('connection', 'close');
    this.#json(response, error instanceof AppError ? statusOf(shape.code) : 500, shape);
  }
}

export const startLoopback = (options: LoopbackOptions): Promise<Loopback> =>
  new LoopbackServer(options).listen(options.port ?? 0);
