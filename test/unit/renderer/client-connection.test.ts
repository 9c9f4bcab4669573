import { beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { answered, type ConnectionState, keepConnection } from '../../../src/renderer/client/connection.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A host that can be taken away, with a count of how often it was looked for. */
const host = () => {
  const streams: { opened(): void; failed(): void }[] = [];
  const seen = { state: 'there' as ConnectionState, looks: 0 };
  const connection = keepConnection({
    openStream(told) {
      streams.push(told);
      return { close: () => undefined };
    },
    probe: async () => {
      seen.looks += 1;
      return seen.state;
    },
  });
  return { connection, seen, streams };
};

it('looks for a host that is gone less and less often, at once when asked, and listens again when it is back', async () => {
  const { connection, seen, streams } = host();
  streams[0]?.opened();
  seen.state = 'lost';
  streams[0]?.failed();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.state.value).toBe('lost');
  const looksAfter = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    return seen.looks;
  };
  expect(await looksAfter(1)).toBe(2);
  expect(await looksAfter(2)).toBe(3);
  expect(await looksAfter(4)).toBe(4);
  expect(await looksAfter(8)).toBe(5);
  // Never slower than every 15 seconds, however long it takes.
  expect(await looksAfter(60)).toBe(9);

  connection.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.looks).toBe(10);
  seen.state = 'other-session';
  connection.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.state.value).toBe('other-session');
  seen.state = 'there';
  await vi.advanceTimersByTimeAsync(15_000);
  expect(connection.state.value).toBe('there');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(streams).toHaveLength(2);
  streams[1]?.opened();
  const looks = seen.looks;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen.looks).toBe(looks);
});

it('does not ask without end for a stream that a host refuses', async () => {
  const { streams } = host();
  let refused = 0;
  for (let second = 0; second < 60; second++) {
    if (streams.length > refused) streams[refused++]?.failed();
    await vi.advanceTimersByTimeAsync(1000);
  }
  // At once, then after 2, 4, 8 and ever 15 seconds.
  expect(streams.length).toBe(8);
});

it('tells of a request that nobody answered by a code, and of nothing else', async () => {
  await expect(answered(() => Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({
    code: 'host-gone',
  });
  const other = new AppError('disk-full', 'The disk is full.');
  await expect(answered(() => Promise.reject(other))).rejects.toBe(other);
});
