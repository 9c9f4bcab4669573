import { afterEach, expect, it, vi } from 'vitest';
import { paneFont } from '../../../../../src/renderer/viewer/paint/pane-colours.ts';
import { paneLetters } from '../../../../../src/renderer/viewer/paint/pane-letters.ts';

afterEach(() => vi.unstubAllGlobals());

it('waits for the letters that panes are labelled with', async () => {
  const { promise, resolve } = Promise.withResolvers<FontFace[]>();
  const load = vi.fn(() => promise);
  vi.stubGlobal('document', { fonts: { load } });
  const settled = vi.fn();
  const letters = paneLetters().then(settled);
  await Promise.resolve();
  expect(load).toHaveBeenCalledWith(paneFont(1));
  expect(settled).not.toHaveBeenCalled();
  resolve([]);
  await letters;
  expect(settled).toHaveBeenCalled();
});

it('does without them where they cannot be had', async () => {
  vi.stubGlobal('document', { fonts: { load: () => Promise.reject(new Error('gone')) } });
  await expect(paneLetters()).resolves.toBeUndefined();
});
