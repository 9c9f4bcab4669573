/** The translation between two examinations, on what the simulator wrote with the patient moved by a known distance. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FoundTranslation,
  type PlacedVolume,
  searchTranslation,
  type Translation,
} from '#shared/registration/liver-translation.ts';
import { distance, subtract, type Vec3 } from '#shared/study/geometry.ts';
import { realServices, repositoryRoot } from '../inference/support.ts';

type Phase = 'arterial' | 'portal-venous' | 'delayed';

const volumes = new Map<string, PlacedVolume>();
const { studies, close } = realServices();

const load = async (visit: string, folder: string) => {
  const path = resolve(repositoryRoot, 'resources/demo', folder);
  const { openId, studies: found } = await studies.open({ kind: 'path', path });
  for (const series of found[0]?.series ?? []) {
    const { role } = series.suggestion;
    if (!['arterial', 'portal-venous', 'delayed'].includes(role)) continue;
    const { info, data } = await studies.volume(openId, series.id);
    if (info.geometry) volumes.set(`${visit} ${role}`, { pixels: data, shape: info.shape, geometry: info.geometry });
  }
};

const of = (visit: string, phase: Phase): PlacedVolume => {
  const volume = volumes.get(`${visit} ${phase}`);
  if (!volume) throw new Error(`no ${phase} of ${visit}`);
  return volume;
};

const search = (present: PlacedVolume, earlier: PlacedVolume): Translation | undefined => {
  const steps = searchTranslation(present, earlier);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
};

const findTranslation = (present: PlacedVolume, earlier: PlacedVolume): FoundTranslation | undefined => {
  const found = search(present, earlier);
  if (found === 'mirrored') throw new Error('taken for a mirror image');
  return found;
};

/** Each row the other way round, at the same coordinates. */
const inMirror = (volume: PlacedVolume): PlacedVolume => {
  const [, , columns] = volume.shape;
  const pixels = Float32Array.from(volume.pixels, (_, index) => {
    const column = index % columns;
    return volume.pixels[index - column + (columns - 1 - column)] ?? 0;
  });
  return { ...volume, pixels };
};

/** Of `simulator/follow_up.py`; each phase is breathed up to 3 mm elsewhere than the arterial one. */
const MOVED: Record<string, Vec3> = { baseline: [0, 0, 0], first: [6, -8, 11], second: [-5, 4, -9] };
const known = (present: string, earlier: string): Vec3 => {
  return subtract(MOVED[present] ?? [0, 0, 0], MOVED[earlier] ?? [0, 0, 0]);
};

describe('how far the patient lies from where they lay before', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await load('baseline', 'study');
    await load('first', 'follow-up-1/study');
    await load('second', 'follow-up-2/study');
  }, 120_000);
  afterAll(close);

  test.each<[string, string, Phase, number]>([
    ['first', 'baseline', 'arterial', 3],
    ['second', 'baseline', 'arterial', 3],
    ['second', 'first', 'arterial', 3],
    ['baseline', 'first', 'arterial', 3],
    ['first', 'baseline', 'portal-venous', 4],
    ['second', 'first', 'delayed', 4],
  ])('is found within a slice: %s against %s, %s', (present, earlier, phase, withinMm) => {
    const found = findTranslation(of(present, phase), of(earlier, phase));
    expect(found?.correlation).toBeGreaterThan(0.75);
    expect(distance(found?.movedMm ?? [999, 0, 0], known(present, earlier))).toBeLessThan(withinMm);
  });

  test('is none between an examination and itself', () => {
    const same = of('baseline', 'portal-venous');
    expect(findTranslation(same, same)).toStrictEqual({ movedMm: [0, 0, 0], correlation: expect.closeTo(1, 6) });
  });

  test('is the same whatever the gain of the scanner', () => {
    const earlier = of('baseline', 'portal-venous');
    const brighter = { ...earlier, pixels: Float32Array.from(earlier.pixels, (value) => 3 * value + 20) };
    const present = of('first', 'portal-venous');
    expect(findTranslation(present, brighter)?.movedMm).toStrictEqual(findTranslation(present, earlier)?.movedMm);
  });

  test.each<Phase>(['arterial', 'portal-venous'])(
    'is none where one is the mirror image of the other, and says so: %s',
    (phase) => {
      const [present, earlier] = [of('first', phase), of('baseline', phase)];
      expect(search(present, inMirror(earlier))).toBe('mirrored');
    },
  );

  test('is not guessed where there is no liver, no stack, or another body', () => {
    const earlier = of('baseline', 'portal-venous');
    const dark = { ...earlier, pixels: new Float32Array(earlier.pixels.length) };
    const noise = { ...earlier, pixels: Float32Array.from(earlier.pixels, (_, index) => (index * 7919) % 1_000) };
    const single = { ...earlier, shape: [1, earlier.shape[1], earlier.shape[2]] as const };
    for (const other of [dark, noise, single]) {
      expect(findTranslation(other, earlier)).toBeUndefined();
      expect(findTranslation(earlier, other)).toBeUndefined();
    }
  });
});
