import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { effectScope } from 'vue';
import { useViewerKeys } from '../../../../../src/renderer/viewer/grid/use-viewer-keys.ts';

beforeAll(() => {
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('Element', class {});
});
afterAll(() => vi.unstubAllGlobals());

/** A window whose keys are pressed by the test; how often the map was switched. */
const viewer = () => {
  const heard = new Map<string, (event: object) => void>();
  const toggleMap = vi.fn();
  const others = { escape: () => false };
  const actions = new Proxy(
    { ...others, toggleMap },
    { get: (own, name) => Reflect.get(own, name) ?? (() => undefined) },
  );
  const scope = effectScope();
  scope.run(() =>
    useViewerKeys(actions as unknown as Parameters<typeof useViewerKeys>[0], {
      target: {
        addEventListener(type: string, listener: unknown) {
          const [before, added] = [heard.get(type), listener as (event: object) => void];
          heard.set(type, (event) => {
            before?.(event);
            added(event);
          });
        },
        removeEventListener: (type: string) => heard.delete(type),
      },
    }),
  );
  onTestFinished(() => scope.stop());
  const key = (type: 'keydown' | 'keyup' | 'blur', timeStamp: number) => heard.get(type)?.({ key: 'c', timeStamp });
  return { key, toggleMap };
};

describe('C', () => {
  it('tapped switches the map once, however late the page hears that it was let go', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { key, toggleMap } = viewer();
    key('keydown', 1000);
    // The page is busy: the events wait, and their times do not.
    vi.advanceTimersByTime(5000);
    key('keyup', 1080);
    expect(toggleMap).toHaveBeenCalledTimes(1);
  });

  it('held blinks: let go, the map is what it was', () => {
    const { key, toggleMap } = viewer();
    key('keydown', 1000);
    key('keyup', 1400);
    expect(toggleMap).toHaveBeenCalledTimes(2);
  });

  it('whose release a left window never hears of leaves the map as it was, too', () => {
    const { key, toggleMap } = viewer();
    key('keydown', 1000);
    key('blur', 1500);
    key('keyup', 9000);
    expect(toggleMap).toHaveBeenCalledTimes(2);
  });
});
