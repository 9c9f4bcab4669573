/** Where the patient lies is searched for while people go on working: what they set in the meantime is never written over. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import type { Translation } from '#shared/registration/liver-translation.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import { useNoticesStore } from '../../../../../src/renderer/stores/notices.ts';
import type { DateColumn } from '../../../../../src/renderer/views/follow-up/date-columns.ts';
import { usePlaces } from '../../../../../src/renderer/views/follow-up/use-places.ts';
import { usePosition } from '../../../../../src/renderer/views/follow-up/use-position.ts';
import { sampleStudy } from '../../../main/cases/sample-case.ts';

const { search } = vi.hoisted(() => ({ search: { answer: (): Promise<unknown> => Promise.resolve(undefined) } }));
vi.mock('../../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: async () => undefined, on: () => undefined }),
  useHost: () => ({ setProgress: () => undefined }),
}));
vi.mock('../../../../../src/renderer/views/follow-up/align-dates.ts', () => ({ alignDates: () => search.answer() }));
beforeEach(() => setActivePinia(createPinia()));

const study = sampleStudy();
const [arterial] = study.series;
if (!arterial?.geometry) throw new Error('the sample study has a series with a place');
const column = (point: TimePoint, number: number, shifts: SeriesShift[] = []): DateColumn => ({
  point,
  number,
  state: 'open',
  images: { openId: point.id, study, roles: [{ role: 'arterial', seriesId: arterial.id, origin: 'user' }], shifts },
  marks: [],
});
const pointOf = (id: string): TimePoint => ({
  id,
  date: '2024-01-01',
  study: { state: 'none' },
  measures: {},
  factors: {},
});

/** A baseline and one follow-up, whose search is running until `found` is called. */
const searching = (shifts: SeriesShift[] = []) => {
  const points = new Map([BASELINE, 'f1'].map((id) => [id, pointOf(id)]));
  const of = (id: string, number: number) => () =>
    column(points.get(id) ?? pointOf(id), number, id === BASELINE ? shifts : []);
  const running = Promise.withResolvers<Translation | undefined>();
  search.answer = () => running.promise;
  const places = usePlaces({
    points: () => [...points.values()],
    readonly: () => false,
    keep: (next) => points.set(next.id, next),
  });
  const position = effectScope().run(() => usePosition({ measured: of('f1', 1), prior: of(BASELINE, 0), places }));
  if (!position) throw new Error('unreachable');
  return {
    position,
    found: async (movedMm: Vec3) => {
      running.resolve({ movedMm } as Translation);
      await new Promise((resolve) => setTimeout(resolve));
    },
    kept: () => points.get('f1')?.position,
    told: () => useNoticesStore().notices.map(({ text }) => text()),
  };
};

test('a place that is found is kept where nobody set another', async () => {
  const { found, kept, told } = searching();
  await found([3, 0, 0]);
  expect(kept()).toStrictEqual({ movedMm: [3, 0, 0], origin: 'found' });
  expect(told()).toEqual([]);
});

test('a place is found between files; where a hand laid the series of the baseline, it lies so much nearer', async () => {
  const { found, kept } = searching([{ seriesId: arterial.id, against: 'x', mm: [1, 0, -4], by: 'A', at: 'then' }]);
  await found([3, 0, 0]);
  expect(kept()?.movedMm).toStrictEqual([2, 0, 4]);
});

test.each<[string, Vec3]>([
  ['elsewhere', [10, 0, 0]],
  ['where they lay at the baseline', [0, 0, 0]],
])('a place that is set by hand during the search wins, and that is said: %s', async (_where, movedMm) => {
  const { position, found, kept, told } = searching();
  position.setByHand(movedMm);
  await found([3, 0, 0]);
  expect(kept()).toStrictEqual({ movedMm, origin: 'hand' });
  expect(told()).toEqual(['It was set otherwise meanwhile, and stays so: what was found was not taken over.']);
});
