import { describe, expect, test } from 'vitest';
import { bestRead, readResponses } from '#shared/course/confirmed-responses.ts';
import type { Course } from '#shared/course/course.ts';
import { assessCourse, computedResponse, optionsOf, startOf } from '#shared/course/course-timeline.ts';
import { sampleCourse, sampleCycle, sampleTimePoint } from './sample-course.ts';

/** Whole 100 → 70 → 80, viable 100 → 40 → 80, seven weeks apart. */
const twoFollowUps = (overrides: Partial<Course> = {}): Course => {
  const measured = (mm: number, viableMm: number) => ({ L1: { state: 'measured' as const, mm, viableMm } });
  return sampleCourse({
    timePoints: [
      sampleTimePoint('baseline', '2026-03-17', measured(100, 100)),
      sampleTimePoint('f1', '2026-05-12', measured(70, 40)),
      sampleTimePoint('f2', '2026-07-07', measured(80, 80)),
    ],
    ...overrides,
  });
};

const confirmed = (course: Course, timePointId: string, response: 'PR' | 'SD' | 'PD', overrideReason?: string) => {
  const assessed = assessCourse(course, 'recist-1.1');
  const computed = computedResponse(assessed.visits.get(timePointId), assessed.options);
  if (!computed) throw new Error('nothing computed');
  return {
    timePointId,
    criterion: 'recist-1.1' as const,
    computed,
    response,
    ...(overrideReason ? { overrideReason } : {}),
    reader: 'Dr Example',
    at: '2026-07-08T10:00:00.000Z',
  };
};

describe('a course by the engines', () => {
  test('each criterion has its own sums, changes and responses', () => {
    const course = twoFollowUps();
    const whole = assessCourse(course, 'recist-1.1');
    const viable = assessCourse(course, 'mrecist');
    expect([whole.visits.get('f1')?.overall, whole.visits.get('f2')?.overall]).toStrictEqual(['PR', 'SD']);
    expect([viable.visits.get('f1')?.overall, viable.visits.get('f2')?.overall]).toStrictEqual(['PR', 'PD']);
    expect(whole.visits.get('f2')).toMatchObject({ sum: 80, changeFromBaseline: -20 });
    expect(whole.visits.get('f2')?.changeFromNadir).toBeCloseTo(100 / 7, 10);
  });

  test('a lesion in pieces counts by all of them, by each criterion; two that merged count once', () => {
    const of = (mm: number, viableMm: number) => ({ state: 'measured' as const, mm, viableMm });
    const lesions = ['L1', 'L2'].map((id) => ({ id, role: 'target' as const, organ: 'liver', node: false }));
    const course = sampleCourse({
      lesions,
      timePoints: [
        sampleTimePoint('baseline', '2026-03-17', { L1: of(30, 30), L2: of(25, 20) }),
        sampleTimePoint('f1', '2026-05-12', {
          L1: {
            state: 'split',
            parts: [
              { mm: 14, viableMm: 6 },
              { mm: 10, viableMm: 0 },
            ],
          },
          L2: of(25, 20),
        }),
        sampleTimePoint('f2', '2026-07-07', { L1: of(66, 60), L2: { state: 'merged', into: 'L1' } }),
      ],
    });
    const sums = (criterion: 'recist-1.1' | 'mrecist') =>
      ['baseline', 'f1', 'f2'].map((id) => assessCourse(course, criterion).visits.get(id)?.sum);
    expect(sums('recist-1.1')).toStrictEqual([55, 49, 66]);
    expect(sums('mrecist')).toStrictEqual([50, 26, 60]);
    expect(assessCourse(course, 'recist-1.1').visits.get('f2')?.overall).toBe('PD');
  });

  test('a lesion that is new and measured is progression; the reader may call it equivocal', () => {
    const lesions = [...sampleCourse().lesions, { id: 'L2', role: 'new' as const, organ: 'liver', node: false }];
    const [baseline, first] = twoFollowUps().timePoints;
    if (!baseline || !first) throw new Error('no time points');
    const found = { ...first, measures: { ...first.measures, L2: { state: 'measured' as const, mm: 14 } } };
    const withNew = (point: typeof found) =>
      assessCourse(twoFollowUps({ lesions, timePoints: [baseline, point] }), 'recist-1.1').visits.get('f1')?.overall;
    expect(withNew(found)).toBe('PD');
    expect(withNew({ ...found, newLesions: 'equivocal' })).toBe('PR');
  });

  test('a response that was read elsewhere counts for its criterion alone', () => {
    const [baseline] = twoFollowUps().timePoints;
    if (!baseline) throw new Error('no baseline');
    const stated = sampleTimePoint('f1', '2026-05-12', {}, { stated: { mrecist: 'CR' } });
    const course = twoFollowUps({ timePoints: [baseline, stated] });
    expect(assessCourse(course, 'mrecist').visits.get('f1')?.overall).toBe('CR');
    expect(assessCourse(course, 'recist-1.1').visits.get('f1')?.overall).toBe('NE');
  });

  test('days begin with randomisation, else the first cycle, else the baseline', () => {
    expect(startOf(twoFollowUps())).toBe('2026-03-24');
    expect(startOf(twoFollowUps({ cycles: [] }))).toBe('2026-03-17');
    const randomised = { options: {}, followUpWeeks: 6, randomised: '2026-03-20' };
    expect(startOf(twoFollowUps({ plan: randomised, cycles: [sampleCycle('c', '2026-03-24')] }))).toBe('2026-03-20');
  });

  test('a chosen policy is used and stands with the result; RECIST 1.1 keeps its 5 mm', () => {
    const options = {
      'recist-1.1': { minimumSdDays: 56, fiveMillimetreRule: false },
      mrecist: { fiveMillimetreRule: true },
    };
    const course = twoFollowUps({ plan: { options, followUpWeeks: 6 } });
    expect(optionsOf(course, 'recist-1.1')).toMatchObject({ minimumSdDays: 56, fiveMillimetreRule: true });
    const assessed = assessCourse(course, 'mrecist');
    expect(computedResponse(assessed.visits.get('f1'), assessed.options)?.options).toMatchObject({
      fiveMillimetreRule: true,
    });
  });
});

describe('what a reader makes of it', () => {
  test('a confirmation stands until a measure changes, and then has to be looked at again', () => {
    const course = twoFollowUps();
    const read = { ...course, assessments: [confirmed(course, 'f1', 'PR')] };
    expect(readResponses(read, 'recist-1.1')[1]).toMatchObject({ state: 'confirmed', response: 'PR' });
    const [baseline, first, second] = read.timePoints;
    if (!baseline || !first || !second) throw new Error('no time points');
    const remeasured = { ...first, measures: { L1: { state: 'measured' as const, mm: 71, viableMm: 40 } } };
    const changed = { ...read, timePoints: [baseline, remeasured, second] };
    expect(readResponses(changed, 'recist-1.1')[1]).toMatchObject({ state: 'outdated', response: 'SD' });
    expect(readResponses(changed, 'mrecist')[1]).toMatchObject({ state: 'none' });
  });

  test('an overridden response is the one that the best response counts', () => {
    const course = twoFollowUps();
    expect(bestRead(course, 'recist-1.1')).toMatchObject({ best: { response: 'PR' }, isRead: false });
    const read = {
      ...course,
      assessments: [confirmed(course, 'f1', 'SD', 'cystic change'), confirmed(course, 'f2', 'SD')],
    };
    expect(readResponses(read, 'recist-1.1')[1]).toMatchObject({ state: 'overridden', computed: 'PR', response: 'SD' });
    expect(bestRead(read, 'recist-1.1')).toMatchObject({ best: { response: 'SD' }, isRead: true });
  });
});
