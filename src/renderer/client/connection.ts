/** Whether the host that this page came from is still there, and finding it again when it is not. */
import { type ShallowRef, shallowRef } from 'vue';
import { AppError } from '#shared/errors.ts';

/** `other-session`: a host answers, but it was started anew and does not know this page. */
export type ConnectionState = 'there' | 'lost' | 'other-session';

export interface HostConnection {
  readonly state: Readonly<ShallowRef<ConnectionState>>;
  /** Looks for the host now, instead of when its turn comes. */
  retry(): void;
}

/** A host that lives and dies with the page. */
export const alwaysThere = (): HostConnection => ({ state: shallowRef('there'), retry: () => undefined });

/** What a request is rejected with that no host answered. */
export const hostGone = (cause?: unknown): AppError =>
  new AppError('host-gone', 'haicast does not answer. What is on this page is kept.', { cause });

/** No host answered, or one that does not know this page: the connection notice tells of it. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'host-gone' || error.code === 'wrong-token');

/**
 * The value of a request, or `host-gone` where the connection failed: `fetch` and the reading of a body reject with a
 * TypeError for a network error and for nothing else (Fetch Standard, 5.6 and 6.1).
 */
export const answered = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TypeError ? hostGone(error) : error;
  }
};

/** Seconds between two looks: quick at first, for a host that is being started anew, and never more than this. */
const WAITS_S = [1, 2, 4, 8, 15] as const;
const waitMs = (failures: number): number => 1000 * (WAITS_S[failures] ?? WAITS_S[WAITS_S.length - 1] ?? 15);

export interface ConnectionOptions {
  /** Opens the stream of events, on which a host that ends is noticed at once. */
  openStream(told: { opened(): void; failed(): void }): { close(): void };
  /** Asks the host for anything. */
  probe(): Promise<ConnectionState>;
}

export interface KeptConnection extends HostConnection {
  /** A request had no answer, or one from a stranger. */
  missed(): void;
}

export const keepConnection = ({ openStream, probe }: ConnectionOptions): KeptConnection => {
  const state = shallowRef<ConnectionState>('there');
  let stream: { close(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let looking = false;

  const later = (work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, waitMs(failures));
    failures += 1;
  };
  const listen = (): void => {
    stream?.close();
    stream = openStream({
      opened() {
        failures = 0;
        state.value = 'there';
      },
      failed() {
        stream?.close();
        stream = undefined;
        void look();
      },
    });
  };
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    clearTimeout(timer);
    const before = state.value;
    state.value = await probe();
    looking = false;
    if (state.value !== 'there') {
      later(() => void look());
      return;
    }
    if (before !== 'there') failures = 0;
    if (stream) return;
    // Once at once; a host that answers and refuses the stream is asked for it again, but not without end.
    if (failures > 0) later(listen);
    else {
      failures = 1;
      listen();
    }
  };

  listen();
  return { state, retry: () => void look(), missed: () => void look() };
};
