import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Course, type CourseWrite, coursePartSchemas } from '#shared/course/course.ts';
import { assessCourse, computedResponse } from '#shared/course/course-timeline.ts';
import { nextLesionId } from '#shared/course/lesion-numbers.ts';
import type { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCycle, sampleTimePoint } from '../../shared/course/sample-course.ts';
import { sampleCase } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';

const actor = { actor: 'Dr Example' };
const cycle = (id = 'c1', base: number | null = null, date = '2024-02-05'): CourseWrite => ({
  kind: 'cycle',
  id,
  body: sampleCycle(id, date),
  base,
});
const followUp = (mm: number, base: number | null = null): CourseWrite => ({
  kind: 'time-point',
  id: 'f1',
  body: sampleTimePoint('f1', '2024-04-01', { L1: { state: 'measured', mm } }),
  base,
});
const outcome = (base: number | null = null): CourseWrite => ({
  kind: 'outcome',
  id: 'outcome',
  body: {
    best: { 'recist-1.1': { response: 'PR', byHand: true } },
    endpoints: {},
    confirmedBy: 'a',
    confirmedAt: '2024-06-01T00:00:00.000Z',
  },
  base,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String((error as { code?: string }).code);
  }
  return 'none';
};
const withCase = (store: RecordsStore): string => store.save(sampleCase(), 'a').id;

const assessmentOf = (course: Course): CourseWrite => {
  const assessed = assessCourse(course, 'recist-1.1');
  const computed = computedResponse(assessed.visits.get('f1'), assessed.options);
  if (!computed) throw new Error('nothing computed');
  return {
    kind: 'assessment',
    id: 'f1/recist-1.1',
    body: {
      timePointId: 'f1',
      criterion: 'recist-1.1',
      computed,
      response: computed.overall,
      reader: 'a',
      at: '2024-04-02T00:00:00.000Z',
    },
    base: null,
  };
};

describe('the course of a kept case', () => {
  test('is its baseline until something follows; the first change keeps that baseline, whatever the case becomes', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const before = store.course(id);
    expect(before).toMatchObject({ timePoints: [{ id: 'baseline', date: '2024-01-31' }], revisions: {} });
    expect(store.list().cases[0]).not.toHaveProperty('course');
    store.writeCourse(id, [cycle()], actor);
    store.save({ ...sampleCase({ lesions: [] }), caseId: id }, 'a');
    const after = store.course(id);
    expect(after.timePoints).toStrictEqual(before.timePoints);
    expect(after.lesions).toStrictEqual(before.lesions);
    expect(after.cycles.map((one) => one.id)).toStrictEqual(['c1']);
    expect(store.list().cases[0]).toMatchObject({ course: { state: 'open', cycles: 1, followUpDue: '2024-03-18' } });
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('is superseded part by part: what was stays in its history, each with its audit entry', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const first = store.writeCourse(id, [followUp(40)], actor);
    const second = store.writeCourse(id, [followUp(30, first.revisions['time-point/f1'] ?? null)], actor);
    store.writeCourse(
      id,
      [{ ...followUp(30, second.revisions['time-point/f1'] ?? null), body: null } as CourseWrite],
      actor,
    );
    expect(store.course(id).timePoints.map((one) => one.id)).toStrictEqual(['baseline']);
    const history = store.courseHistory(id, 'time-point', 'f1');
    expect(history.map(({ body }) => (body as { measures: unknown } | null)?.measures ?? null)).toStrictEqual([
      null,
      { L1: { state: 'measured', mm: 30 } },
      { L1: { state: 'measured', mm: 40 } },
    ]);
    expect(store.audit(id).entries.map(({ action }) => action)).toStrictEqual([
      'case.created',
      'course.begun',
      'course.changed',
      'course.changed',
    ]);
  });

  test('takes no change that was made from an older state, and leaves all of it as it was', () => {
    const store = temporaryStore();
    const id = withCase(store);
    store.writeCourse(id, [cycle()], actor);
    const before = store.course(id);
    expect(codeOf(() => store.writeCourse(id, [followUp(40), cycle('c1', null)], actor))).toBe('course-changed');
    expect(store.course(id)).toStrictEqual(before);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('refuses what does not fit together', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const early = { ...followUp(40), body: sampleTimePoint('f1', '2024-01-01', {}) } as CourseWrite;
    expect(codeOf(() => store.writeCourse(id, [early], actor))).toBe('course-refused');
    const unknown = {
      ...followUp(40),
      body: sampleTimePoint('f1', '2024-04-01', { L7: { state: 'gone' } }),
    } as CourseWrite;
    expect(codeOf(() => store.writeCourse(id, [unknown], actor))).toBe('course-refused');
    expect(store.course(id).revisions).toStrictEqual({});
  });

  test('never gives the number of a lesion that was taken away to another one; that one comes back with it', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const lesion = (organ: string) => ({ id: 'L2', role: 'new' as const, organ, node: false });
    const write = (body: ReturnType<typeof lesion> | null) =>
      store.writeCourse(
        id,
        [{ kind: 'lesion', id: 'L2', body, base: store.course(id).revisions['lesion/L2'] ?? null }],
        actor,
      );
    write(lesion('liver'));
    write(null);
    expect(nextLesionId(store.course(id))).toBe('L3');
    expect(codeOf(() => write(lesion('lung')))).toBe('course-refused');
    expect(store.course(id).lesions.map((one) => one.id)).toStrictEqual(['L1']);
    expect(write(lesion('liver')).lesions.map((one) => one.id)).toStrictEqual(['L1', 'L2']);
    // What it is may be corrected while it is there, and taken back after it has gone.
    write(lesion('lung'));
    write(null);
    expect(write(lesion('liver')).lesions).toHaveLength(2);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test.each<[string, CourseWrite]>([
    ['a visit', { ...followUp(30), body: sampleTimePoint('f1', '2999-01-01', {}) } as CourseWrite],
    [
      'a laboratory value',
      {
        ...followUp(30),
        body: sampleTimePoint(
          'f1',
          '2024-04-01',
          {},
          { factors: { afp: { value: 4, unit: 'ng/mL', date: '2999-01-01' } } },
        ),
      } as CourseWrite,
    ],
    ['a cycle', cycle('c1', null, '2999-01-01')],
    ['the end of treatment', { kind: 'end', id: 'end', body: { date: '2999-01-01', reason: 'E' }, base: null }],
    [
      'a therapy beside it',
      { kind: 'co-therapy', id: 't', body: { id: 't', kind: 'TKI', name: 'x', start: '2999-01-01' }, base: null },
    ],
  ])('refuses %s that is still to come', (_what, write) => {
    const store = temporaryStore();
    const id = withCase(store);
    expect(codeOf(() => store.writeCourse(id, [write], actor))).toBe('course-refused');
    expect(store.course(id).revisions).toStrictEqual({});
  });

  test('keeps a response only as the engine computes it from what is stored', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const seen = store.writeCourse(id, [followUp(30)], actor);
    const confirmation = assessmentOf(seen);
    store.writeCourse(id, [followUp(49, seen.revisions['time-point/f1'] ?? null)], actor);
    expect(codeOf(() => store.writeCourse(id, [confirmation], actor))).toBe('assessment-outdated');
    store.writeCourse(id, [assessmentOf(store.course(id))], actor);
    expect(store.course(id).assessments).toMatchObject([{ response: 'SD', computed: { overall: 'SD', sum: 49 } }]);
  });

  test('is closed by its outcome, found as closed, and changed afterwards only with a reason', () => {
    const store = temporaryStore();
    const id = withCase(store);
    withCase(store);
    const closed = store.writeCourse(id, [cycle(), outcome()], actor);
    expect(store.list({ course: 'closed' }).cases.map((one) => one.id)).toStrictEqual([id]);
    expect(store.list({ course: 'closed', text: 'muster' }).total).toBe(1);
    expect(store.list({ course: 'open' }).total).toBe(0);
    const again = cycle('c1', closed.revisions['cycle/c1'] ?? null, '2024-02-06');
    expect(codeOf(() => store.writeCourse(id, [again], actor))).toBe('course-closed');
    const amended = store.writeCourse(id, [again], { ...actor, amendment: 'date was mistyped' });
    expect(amended.cycles[0]?.date).toBe('2024-02-06');
    expect(amended.outcome).not.toBeNull();
    expect(store.courseHistory(id, 'cycle', 'c1')[0]).toMatchObject({ amendment: 'date was mistyped' });
    expect(store.audit(id).entries.at(-1)).toMatchObject({ action: 'course.amended' });
  });

  test('is in the list as due from its day on, and with its outcome missing once treatment has ended', () => {
    const store = temporaryStore();
    const id = withCase(store);
    store.writeCourse(id, [cycle()], actor);
    expect(store.list({ course: 'due', today: '2024-03-17' }).total).toBe(0);
    expect(store.list({ course: 'due', today: '2024-03-18' }).total).toBe(1);
    expect(store.list({ course: 'outcome-missing' }).total).toBe(0);
    store.writeCourse(id, [{ kind: 'end', id: 'end', body: { date: '2024-05-01', reason: 'E' }, base: null }], actor);
    expect(store.list({ course: 'outcome-missing' }).cases[0]).toMatchObject({ course: { outcomeMissing: true } });
  });

  test('keeps the version of CTCAE with every grade, and what pathology said after a conversion', () => {
    const store = temporaryStore();
    const id = withCase(store);
    const event = (version: '5.0' | '6.0', grade: number) => ({ id: version, term: 'Platelets 20', version, grade });
    const events = [event('5.0', 4), event('6.0', 3)];
    const conversion = { kind: 'resection' as const, date: '2024-06-01', pathology: 'pCR', necrosisPercent: 100 };
    const end = { date: '2024-05-01', reason: 'S' as const, detail: 'resected', conversion };
    store.writeCourse(
      id,
      [
        { kind: 'cycle', id: 'c1', body: { ...sampleCycle('c1', '2024-02-05'), events }, base: null },
        { kind: 'end', id: 'end', body: end, base: null },
      ],
      actor,
    );
    expect(store.course(id)).toMatchObject({ cycles: [{ events }], end });
    // A grade without its version says nothing.
    const { version: _gone, ...unversioned } = event('5.0', 4);
    expect(
      coursePartSchemas.cycle.safeParse({ ...sampleCycle('c1', '2024-02-05'), events: [unversioned] }).success,
    ).toBe(false);
  });

  test('is sealed: an entry that was put in by another hand is found, in a case without a course too', () => {
    for (const begun of [true, false]) {
      const file = join(temporaryFolder(), 'records.db');
      const store = openStore(file);
      const id = withCase(store);
      if (begun) store.writeCourse(id, [cycle()], actor);
      store.close();
      const db = rawDatabase(file);
      db.prepare(
        `INSERT INTO course_entries (case_id, kind, item_id, at, actor, body, body_version) VALUES (?, 'end', 'end', 't', 'x', '{"date":"2024-05-01","reason":"E"}', 1)`,
      ).run(id);
      db.close();
      expect(openStore(file).verify()).toMatchObject({ intact: false, damagedCases: [id] });
    }
  });
});
