import type { ServerResponse } from 'node:http';
import type { EventName } from '#shared/api.ts';

/** Keeps intermediaries and browsers from taking a quiet connection for a dead one. */
const HEARTBEAT_MS = 20_000;
/** One for each window of the page; more is a fault. */
const MOST_LISTENERS = 32;

/** The application's events as Server-Sent Events (HTML Standard 9.2): one JSON `{name, payload}` a message. */
export class EventStream {
  readonly #responses = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS);

  constructor() {
    this.#heartbeat.unref();
  }

  /** False where too many listen already. */
  add(response: ServerResponse): boolean {
    if (this.#responses.size >= MOST_LISTENERS) return false;
    this.#responses.add(response);
    response.on('close', () => this.#responses.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 1000\n\n');
    return true;
  }

  send(name: EventName, payload: unknown): void {
    this.#write(`data: ${JSON.stringify({ name, payload })}\n\n`);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#responses) response.end();
  }

  #write(text: string): void {
    for (const response of this.#responses) response.write(text);
  }
}
