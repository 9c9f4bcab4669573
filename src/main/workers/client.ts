import { setTimeout as pause } from 'node:timers/promises';
import { AppError, fromErrorShape } from '#shared/errors.ts';
import { cancelled } from './abortable.ts';
import type { DiskAccess, FromWorker, SpawnWorker, ToWorker, WorkerConnection, WorkerKind } from './connection.ts';

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (phase: string, done: number, total: number) => void;
}

/** For work that a third party's code can hold for ever, where nothing but the end of the process stops it. */
export interface Watchdog {
  /** The process is ended where it says nothing at all for so long, milliseconds. */
  limitMs: number;
  /** The same once the call was cancelled, where that shall end what heeds no message; as before where it is absent. */
  cancelledLimitMs?: number;
  /** What the call fails with that the process was working on. */
  error: () => AppError;
}

export interface WatchedCallOptions extends CallOptions {
  watchdog?: Watchdog;
}

/** `message` is for the user, `description` (how the process ended) for the log. */
export type OnRestart = (kind: WorkerKind, message: string, description: string) => void;

interface Pending extends WatchedCallOptions {
  timer?: NodeJS.Timeout | undefined;
  limitMs?: number | undefined;
  resolve: (value: unknown) => void;
  reject: (error: AppError) => void;
}

const closing = () => new AppError('closed', 'The application is closing.');

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;
/** A worker that lived this long is healthy: the next death starts again at the first back-off. */
const HEALTHY_AFTER_MS = 30_000;

/**
 * Calls a worker process by method name. The process starts with the first call; when it dies, its calls are rejected
 * with `worker-died`, `onRestart` is told, and the next call starts another one (after a back-off if deaths repeat).
 * A process that its watchdog ends rejects the call that held it with that call's own error, and the others with
 * `worker-died` whose params say `heldByAnother`.
 */
export class WorkerClient {
  readonly #kind: WorkerKind;
  readonly #spawn: SpawnWorker;
  readonly #onRestart: OnRestart;
  readonly #access: DiskAccess;
  readonly #pending = new Map<number, Pending>();
  #connection: WorkerConnection | undefined;
  #nextId = 1;
  /** The call that the process spoke of last: where it then falls silent, it is this call that holds it. */
  #lastHeard = 0;
  #deathsInARow = 0;
  #notBefore = 0;
  #startedAt = 0;
  #isReady = false;
  #closed: AppError | undefined;

  constructor(kind: WorkerKind, spawn: SpawnWorker, onRestart: OnRestart, access: DiskAccess = { read: [] }) {
    this.#kind = kind;
    this.#spawn = spawn;
    this.#onRestart = onRestart;
    this.#access = access;
  }

  get pid(): number | undefined {
    return this.#connection?.pid;
  }

  async call<T>(method: string, params: unknown, options: WatchedCallOptions = {}): Promise<T> {
    const connection = await this.#connected(options.signal);
    // Cancelled meanwhile: nobody would ever hear of it again.
    if (options.signal?.aborted) throw cancelled();
    // Closed or dead before this call could be sent: nobody would ever answer it.
    if (this.#connection !== connection) return await this.call(method, params, options);
    const id = this.#nextId++;
    return await new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        const pending = this.#pending.get(id);
        if (!pending) return;
        // Stays until the process answers: one that is held by what nobody waits for any more is ended all the same.
        pending.onProgress = () => {};
        pending.limitMs = options.watchdog?.cancelledLimitMs ?? pending.limitMs;
        this.#watch(connection, id, pending);
        this.#post(connection, { type: 'cancel', id });
        reject(cancelled());
      };
      options.signal?.addEventListener('abort', onAbort, { once: true });
      const settle = () => {
        clearTimeout(this.#pending.get(id)?.timer);
        this.#pending.delete(id);
        options.signal?.removeEventListener('abort', onAbort);
      };
      const call: Pending = {
        ...options,
        limitMs: options.watchdog?.limitMs,
        resolve: (value) => {
          settle();
          resolve(value as T);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      this.#pending.set(id, call);
      this.#watch(connection, id, call);
      this.#post(connection, { type: 'request', id, method, params });
    });
  }

  /** Ends the process. What is under way, and what comes later, fails with `reason`. */
  close(reason: AppError = closing()): void {
    this.#closed = reason;
    this.#connection?.kill();
    this.#connection = undefined;
    this.#rejectAll(reason);
  }

  async #connected(signal: AbortSignal | undefined): Promise<WorkerConnection> {
    if (signal?.aborted) throw cancelled();
    if (this.#closed) throw this.#closed;
    if (this.#connection) return this.#connection;
    const wait = this.#notBefore - Date.now();
    if (wait > 0) {
      await pause(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
      // This call was cancelled, another one has started it, or the application has closed: all of it is asked again.
      return this.#connected(signal);
    }
    const connection = this.#spawn(this.#kind, this.#access);
    this.#startedAt = Date.now();
    this.#isReady = false;
    this.#connection = connection;
    connection.onMessage((message) => {
      // What a process says that was given up is no sign of life of the next one.
      if (this.#connection === connection) this.#receive(connection, message as FromWorker);
    });
    connection.onExit((description) => this.#died(connection, description));
    return connection;
  }

  #post(connection: WorkerConnection, message: ToWorker): void {
    // A dead process reports itself through onExit, which rejects what is pending.
    if (this.#connection === connection) connection.send(message);
  }

  /** From when the process has started: how long that takes says nothing of the work. */
  #watch(connection: WorkerConnection, id: number, call: Pending): void {
    clearTimeout(call.timer);
    const { limitMs } = call;
    if (limitMs === undefined || !this.#isReady) return;
    call.timer = setTimeout(() => this.#silent(connection, id, limitMs), limitMs);
  }

  #receive(connection: WorkerConnection, message: FromWorker): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      for (const [id, call] of this.#pending) this.#watch(connection, id, call);
      return;
    }
    this.#lastHeard = message.id;
    for (const { timer } of this.#pending.values()) timer?.refresh();
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === 'progress') {
      pending.onProgress?.(message.phase, message.done, message.total);
      return;
    }
    if (message.type === 'result') pending.resolve(message.value);
    else pending.reject(fromErrorShape(message.error));
  }

  /** Ends a process that is held by one call, fails that call with its own error, and the others as a death does. */
  #silent(connection: WorkerConnection, id: number, limitMs: number): void {
    if (this.#connection !== connection) return;
    const holder = this.#pending.has(this.#lastHeard) ? this.#lastHeard : id;
    const held = this.#pending.get(holder);
    // A cancelled call that is not even begun has no right to end what is at work before it.
    if (holder !== id && limitMs !== this.#pending.get(id)?.watchdog?.limitMs) {
      this.#pending.get(id)?.timer?.refresh();
      return;
    }
    if (held?.watchdog) held.reject(held.watchdog.error());
    connection.kill();
    // A process that does not even heed being ended must not be waited for.
    this.#died(connection, `no sign of life for ${limitMs} ms`, { heldByAnother: 1 });
  }

  #rejectAll(error: AppError): void {
    for (const call of [...this.#pending.values()]) call.reject(error);
  }

  #died(connection: WorkerConnection, description: string, params: Record<string, number> = {}): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    const lived = Date.now() - this.#startedAt;
    this.#deathsInARow = lived > HEALTHY_AFTER_MS ? 1 : this.#deathsInARow + 1;
    const backOff = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (this.#deathsInARow - 1));
    this.#notBefore = Date.now() + backOff;
    const error = new AppError(
      'worker-died',
      'The part of the application that did this work stopped unexpectedly and is being started again. Nothing that was saved is lost. Try again.',
      { params: { worker: this.#kind, ...params }, detail: description },
    );
    this.#rejectAll(error);
    if (!this.#closed) this.#onRestart(this.#kind, error.message, description);
  }
}
