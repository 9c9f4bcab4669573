import { expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { CallOptions } from '../../../../src/main/workers/client.ts';
import { SharedWork } from '../../../../src/main/workers/shared-work.ts';

const SERIES = { place: 'series', what: 'decode' };

/** Work that ends when it is told to, and fails where it is cancelled. */
const held = () => {
  const shared = new SharedWork();
  const begun: { end(value: string): void; fail(error: Error): void; options: Required<CallOptions> }[] = [];
  const work = (options: Required<CallOptions>) =>
    new Promise<string>((end, fail) => {
      options.signal.addEventListener('abort', () => fail(new AppError('cancelled', 'Cancelled.')));
      begun.push({ end, fail, options });
    });
  const ask = (options: CallOptions = {}) => shared.do(SERIES, options, work);
  return { shared, begun, work, ask };
};

it('tells everybody who shares it how far it is, a late comer at once, and what came of it', async () => {
  const { begun, ask } = held();
  const [first, late] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const one = ask({ onProgress: first });
  begun[0]?.options.onProgress('decode', 8, 24);
  const two = ask({ onProgress: late });
  begun[0]?.options.onProgress('decode', 16, 24);
  begun[0]?.end('pixels');
  expect(await Promise.all([one, two, begun.length])).toEqual(['pixels', 'pixels', 1]);
  expect(first.mock.calls).toEqual([
    ['decode', 8, 24],
    ['decode', 16, 24],
  ]);
  expect(late.mock.calls).toEqual(first.mock.calls);
});

it('goes on where one of two cancels, and ends with the cancelling of the last', async () => {
  const { begun, ask } = held();
  const [one, two] = [new AbortController(), new AbortController()];
  const leaves = ask({ signal: one.signal });
  const stays = ask({ signal: two.signal });
  one.abort();
  await expect(leaves).rejects.toMatchObject({ code: 'cancelled' });
  expect(begun[0]?.options.signal.aborted).toBe(false);
  two.abort();
  await expect(stays).rejects.toMatchObject({ code: 'cancelled' });
  expect(begun[0]?.options.signal.aborted).toBe(true);
});

it('goes on for who comes as the last one leaves, and is begun anew for who comes after', async () => {
  const { begun, ask } = held();
  const [gone, soon] = [new AbortController(), new AbortController()];
  const left = ask({ signal: gone.signal });
  gone.abort();
  const joined = ask({ signal: soon.signal });
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  expect(begun[0]?.options.signal.aborted).toBe(false);
  soon.abort();
  await expect(joined).rejects.toMatchObject({ code: 'cancelled' });
  const after = ask();
  begun[1]?.end('pixels');
  expect(await after).toBe('pixels');
});

it('that was begun ahead is shared with who asks, and ends with the last of those who asked', async () => {
  const { shared, begun, work, ask } = held();
  shared.ahead(SERIES, work);
  shared.ahead(SERIES, work);
  begun[0]?.options.onProgress('decode', 8, 24);
  const progress = vi.fn<() => void>();
  const asked = new AbortController();
  const waiting = ask({ signal: asked.signal, onProgress: progress });
  expect([begun.length, progress.mock.calls]).toEqual([1, [['decode', 8, 24]]]);
  asked.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  expect(begun[0]?.options.signal.aborted).toBe(true);
});

it('that fails ahead of everybody is tried again where it is asked for, and told then', async () => {
  const { shared, begun, work, ask } = held();
  shared.ahead(SERIES, work);
  begun[0]?.fail(new AppError('cannot-decode', 'Image 1 cannot be shown.'));
  await shared.idle();
  const asked = ask();
  begun[1]?.fail(new AppError('cannot-decode', 'Image 1 cannot be shown.'));
  await expect(asked).rejects.toMatchObject({ code: 'cannot-decode' });
});

it('lets others wait until nothing is under way, and give that up', async () => {
  const { shared, begun, work } = held();
  await shared.idle();
  shared.ahead(SERIES, work);
  shared.ahead({ place: 'another', what: 'decode' }, work);
  const stop = new AbortController();
  const given = shared.idle(stop.signal);
  stop.abort();
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  const free = vi.fn<() => void>();
  const waiting = shared.idle().then(free);
  begun[0]?.end('pixels');
  await Promise.resolve();
  expect(free).not.toHaveBeenCalled();
  begun[1]?.fail(new Error('broken'));
  await waiting;
});
