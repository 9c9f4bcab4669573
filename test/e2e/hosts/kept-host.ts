import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, type Browser, type BrowserContext, request } from '@playwright/test';
import { openPage } from './browser.ts';
import type { LaunchOptions, RunningApp } from './host.ts';
import { end, hasEnded, type LoopbackProcess, startLoopback } from './loopback.ts';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

interface Kept {
  folder: string;
  server: LoopbackProcess;
  origin: string;
  /** The cookie of the first page: the address lets in only the first, or is told to nobody else. */
  session: Session;
  settings: object;
  /** What lay in the data folder before the first test. */
  names: string[];
}

/** The settings are put back; how fast the machine was found to compute is nothing of a test. */
const PUT_BACK_OR_HARMLESS = ['settings.json', 'providers.json'];

/** Calls a procedure as the page does. */
const call = async (api: APIRequestContext, origin: string, name: string, input: object): Promise<object> => {
  const answer = await api.post(`${origin}/api/${name}`, { data: input, headers: { origin } });
  if (!answer.ok()) throw new Error(`${name}: ${await answer.text()}`);
  return (await answer.json()) as object;
};

/**
 * One running host for test after test. Starting one, its workers and the model in them is most of a short test's work.
 * A test gets it only as fresh as a new one: after each, the work in the window and the settings are put back, and a host
 * whose process, workers or data folder a test has touched is thrown away.
 */
export class KeptHost {
  readonly #browser: Browser;
  #kept: Kept | undefined;
  #touched = false;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async launch(size: LaunchOptions['size']): Promise<RunningApp> {
    const app = this.#kept ? await this.#again(this.#kept, size) : await this.#first(size);
    const touching = <T>(work: () => Promise<T>) => {
      this.#touched = true;
      return work();
    };
    return {
      page: app.page,
      choosing: app.choosing,
      killWorker: (kind) => touching(() => app.killWorker(kind)),
      close: () => touching(app.close),
      kill: () => touching(app.kill),
    };
  }

  /** The folder of the running host, for a second launch of the same test. */
  get folder(): string | undefined {
    return this.#kept?.folder;
  }

  /** Ends a test: makes the host as good as new, or throws it away. */
  async settle(): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    const names = readdirSync(kept.folder).filter((name) => !PUT_BACK_OR_HARMLESS.includes(name));
    if (this.#touched || hasEnded(kept.server) || names.some((name) => !kept.names.includes(name))) {
      await this.discard();
      return;
    }
    // One that does not answer is not as good as new either.
    await this.#putBack(kept).catch(() => this.discard());
  }

  async discard(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    this.#touched = false;
    if (!kept) return;
    // Asked to, so that what was compiled for it is kept for the next one.
    await end(kept.server, 'SIGTERM');
    await rm(kept.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #putBack({ session, origin, settings }: Kept): Promise<void> {
    const api = await request.newContext({ storageState: session });
    try {
      const { others } = (await call(api, origin, 'draft.others', { window: 'none' })) as {
        others: { window: string }[];
      };
      for (const { window } of others) await call(api, origin, 'draft.keep', { window, draft: null, unsaved: false });
      await call(api, origin, 'settings.set', settings);
    } finally {
      await api.dispose();
    }
  }

  #again({ server, origin, session }: Kept, size: LaunchOptions['size']): Promise<RunningApp> {
    return openPage(this.#browser, server, { url: `${origin}/`, size, storageState: session });
  }

  async #first(size: LaunchOptions['size']): Promise<RunningApp> {
    const folder = await mkdtemp(join(tmpdir(), 'haicast-browser-'));
    const server = await startLoopback({ dataFolder: folder });
    const { origin } = new URL(server.url);
    const app = await openPage(this.#browser, server, { url: server.url, size });
    const session = await app.page.context().storageState();
    const api = await request.newContext({ storageState: session });
    const settings = await call(api, origin, 'settings.get', {});
    await api.dispose();
    this.#kept = { folder, server, origin, session, settings, names: readdirSync(folder) };
    return app;
  }
}
