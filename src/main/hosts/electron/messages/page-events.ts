import type { WebContents } from 'electron';
import type { EventName, EventPayload } from '#shared/api.ts';
import { EVENT_CHANNEL } from './channels.ts';

/** Sends events to the page; requests of the host to the page wait until the page listens. */
export class PageEvents {
  readonly #contents: () => WebContents | undefined;
  #listening = false;
  #waiting: { name: EventName; payload: unknown }[] = [];

  constructor(contents: () => WebContents | undefined) {
    this.#contents = contents;
  }

  /** News of the application: of no use to a page that is not there yet. */
  tell(name: EventName, payload: unknown): void {
    if (this.#listening) this.#post(name, payload);
  }

  /** Something the page must do; kept for the next page where there is none now. */
  ask<N extends EventName>(name: N, payload: EventPayload<N>): void {
    if (this.#listening) this.#post(name, payload);
    else this.#waiting.push({ name, payload });
  }

  pageReady(): void {
    this.#listening = true;
    for (const { name, payload } of this.#waiting.splice(0)) this.#post(name, payload);
  }

  pageGone(): void {
    this.#listening = false;
  }

  #post(name: EventName, payload: unknown): void {
    const contents = this.#contents();
    if (contents && !contents.isDestroyed()) contents.send(EVENT_CHANNEL, name, payload);
  }
}
