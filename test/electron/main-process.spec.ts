import { expect, test } from './fixtures.ts';

/** Collects garbage after the answer is there and before the inspector has read it: the moment in which it used to be lost. */
test('what the main process answers is not lost to a garbage collection, and nothing runs twice', async ({
  launch,
}) => {
  const { app } = await launch({ switches: ['--js-flags=--expose-gc'] });
  const count = (at: 'plain' | 'promised') =>
    app.evaluate((_, name) => {
      const state = globalThis as { gc?: () => void; runs?: number };
      if (!state.gc) throw new Error('no garbage collection to ask for');
      state.runs = (state.runs ?? 0) + 1;
      queueMicrotask(state.gc);
      return name === 'plain' ? state.runs : Promise.resolve(state.runs);
    }, at);
  expect(await count('plain')).toBe(1);
  expect(await count('promised')).toBe(2);
  await expect(
    app.evaluate(() => {
      throw new Error('as it was thrown');
    }),
  ).rejects.toThrow('as it was thrown');
});
