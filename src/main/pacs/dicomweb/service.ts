/** Requests to one DICOMweb service (PS3.18 8): TLS, what lets in, bounds and time. Nothing is followed elsewhere. */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PacsCredential } from '#shared/pacs/node.ts';
import { bounded } from '../bounded.ts';
import { networkError, pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';

export interface ServiceOptions {
  url: string;
  credential?: PacsCredential | undefined;
  ca?: string | undefined;
  limits: PacsLimits;
  /** Connections at once. */
  connections: number;
}

export interface ServiceRequest {
  /** Below the service, each part as it is: encoded here. */
  path: readonly string[];
  query?: readonly (readonly [name: string, value: string])[];
  /** Media types, as `Accept` has them. */
  accept: string;
  body?: { type: string; stream: Readable };
  /** Statuses, beside 2xx, whose body is an answer as well. */
  also?: readonly number[];
  mostBytes: number;
  signal: AbortSignal;
}

export interface ServiceAnswer {
  status: number;
  contentType: string;
  /** Held to its bounds. Whoever does not read it to its end destroys it. */
  body: Readable;
}

const authorization = (credential: PacsCredential | undefined): Record<string, string> => {
  if (!credential) return {};
  if (credential.kind === 'bearer') return { authorization: `Bearer ${credential.token}` };
  return { authorization: `Basic ${Buffer.from(`${credential.user}:${credential.password}`).toString('base64')}` };
};

const refusalOf = (status: number) => {
  const params = { status };
  if (status === 401 || status === 403 || status === 407) return pacsError('pacs-denied', { params });
  if (status >= 300 && status < 400) return pacsError('pacs-redirect', { params });
  if (status === 404 || status === 410) return pacsError('pacs-not-there', { params });
  return pacsError('pacs-status', { params });
};

/** The head of an answer. Fails with `pacs-broken-off` where none will come, as after 101, which ends a request without an error. */
const responseOf = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Heard to the end: a failure after the answer's head shows where its body is read, and is no crash here.
    request.on('error', reject);
    request.once('close', () => reject(pacsError('pacs-broken-off')));
  });

export class DicomwebService {
  readonly #options: ServiceOptions;
  readonly #base: URL;
  readonly #agent: HttpAgent;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#base = new URL(options.url.endsWith('/') ? options.url : `${options.url}/`);
    const kept = { keepAlive: true, maxSockets: options.connections };
    this.#agent =
      this.#base.protocol === 'https:'
        ? new HttpsAgent({ ...kept, minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) })
        : new HttpAgent(kept);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Throws any of `errors.ts` that a network, a certificate or a status stands for. */
  async ask(asked: ServiceRequest): Promise<ServiceAnswer> {
    asked.signal.throwIfAborted();
    try {
      const response = await this.#answer(asked);
      const status = response.statusCode ?? 0;
      const encoding = response.headers['content-encoding'] ?? 'identity';
      if (!(status >= 200 && status < 300) && !asked.also?.includes(status)) {
        response.destroy();
        throw refusalOf(status);
      }
      if (encoding !== 'identity') {
        response.destroy();
        throw pacsError('pacs-content-type', { detail: 'content-encoding' });
      }
      return { status, contentType: response.headers['content-type'] ?? '', body: this.#bounded(response, asked) };
    } catch (error) {
      throw asked.signal.aborted ? error : networkError(error);
    }
  }

  #bounded(response: IncomingMessage, { mostBytes, signal }: ServiceRequest): Readable {
    const body = bounded(mostBytes, this.#options.limits);
    // A failure shows where `body` is read.
    pipeline(response, body, { signal }).catch(() => undefined);
    return body;
  }

  async #answer({ path, query = [], accept, body, signal }: ServiceRequest): Promise<IncomingMessage> {
    const { limits, credential } = this.#options;
    const url = new URL(path.map(encodeURIComponent).join('/'), this.#base);
    url.search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, {
      method: body ? 'POST' : 'GET',
      agent: this.#agent,
      signal,
      headers: {
        accept,
        'accept-encoding': 'identity',
        ...authorization(credential),
        ...(body ? { 'content-type': body.type } : {}),
      },
    });
    let timer = setTimeout(() => request.destroy(pacsError('pacs-unreachable')), limits.connectMs);
    const answerWithin = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.destroy(pacsError('pacs-slow')), limits.answerMs);
    };
    request.on('socket', (socket) => {
      const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect';
      if (socket.connecting || !request.reusedSocket) socket.once(ready, answerWithin);
      else answerWithin();
    });
    try {
      const answered = responseOf(request);
      if (body) {
        // What is sent may take long; the answer is waited for from its end on.
        body.stream.on('data', answerWithin);
        body.stream.on('error', (error) => request.destroy(error));
        body.stream.pipe(request);
      } else request.end();
      return await answered;
    } finally {
      clearTimeout(timer);
    }
  }
}
