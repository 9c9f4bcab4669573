import { describe, expect, it } from 'vitest';
import type { DecodedVolume } from '../../../../../src/main/study/records.ts';
import { VolumeCache } from '../../../../../src/main/study/volumes/volume-cache.ts';

const volume = (bytes: number): DecodedVolume => ({
  info: {
    openId: 'o',
    seriesId: 's',
    shape: [1, 1, bytes / 2],
    dtype: 'int16',
    sopInstanceUIDs: [],
    window: { center: 0, width: 1 },
    range: { min: 0, max: 0 },
    invert: false,
    url: '/',
    bytes,
  },
  data: new Int16Array(bytes / 2),
});

describe('VolumeCache', () => {
  it('drops what was not used for longest', () => {
    const cache = new VolumeCache(() => 100);
    cache.set('o', 'a', volume(40));
    cache.set('o', 'b', volume(40));
    expect(cache.get('o', 'a')).toBeDefined();
    cache.set('o', 'c', volume(40));
    expect(cache.get('o', 'b')).toBeUndefined();
    expect(cache.get('o', 'a')).toBeDefined();
    expect(cache.get('o', 'c')).toBeDefined();
  });

  it('counts a replaced volume once and keeps none that is larger than the cache', () => {
    const cache = new VolumeCache(() => 100);
    cache.set('o', 'a', volume(60));
    cache.set('o', 'a', volume(60));
    cache.set('o', 'b', volume(40));
    expect(cache.get('o', 'a')).toBeDefined();
    cache.set('o', 'huge', volume(200));
    expect(cache.get('o', 'huge')).toBeUndefined();
    expect(cache.get('o', 'b')).toBeDefined();
  });

  it('forgets all volumes of a closed input and no others', () => {
    const cache = new VolumeCache(() => 100);
    cache.set('one', 'a', volume(20));
    cache.set('two', 'a', volume(20));
    cache.deleteAll('one');
    expect(cache.get('one', 'a')).toBeUndefined();
    expect(cache.get('two', 'a')).toBeDefined();
  });

  it('tells a slice from its series and from the other slices', () => {
    const cache = new VolumeCache(() => 100);
    cache.set('o', 'a', volume(10), 3);
    expect(cache.get('o', 'a')).toBeUndefined();
    expect(cache.get('o', 'a', 2)).toBeUndefined();
    expect(cache.get('o', 'a', 3)).toBeDefined();
  });

  it('holds no more than it may at any time, and less as soon as it may hold less', () => {
    let most = 100;
    const cache = new VolumeCache(() => most);
    for (const [i, bytes] of [40, 40, 40, 10, 90, 60].entries()) {
      cache.set('o', `series ${i}`, volume(bytes));
      expect(cache.bytes).toBeLessThanOrEqual(100);
    }
    most = 50;
    cache.trim();
    expect(cache.bytes).toBe(0);
  });
});
