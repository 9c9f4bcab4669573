import { describe, expect, test } from 'vitest';
import type { CourseEntry } from '#shared/course/course.ts';
import { changedFacts, partVersions } from '#shared/course/course-history.ts';
import { sampleCycle, sampleTimePoint } from './sample-course.ts';

const entry = (sequence: number, body: unknown, given: Partial<CourseEntry> = {}): CourseEntry => ({
  sequence,
  kind: 'time-point',
  id: 'f1',
  at: `2024-04-0${sequence}T10:00:00.000Z`,
  actor: 'Dr A',
  amendment: null,
  body,
  ...given,
});
const measured = (mm: number) => sampleTimePoint('f1', '2024-04-01', { L1: { state: 'measured', mm } });

describe('the versions of the parts of a course', () => {
  test('come newest first; one is in force, what it superseded stays, with what changed between both', () => {
    const versions = partVersions([
      entry(1, measured(50)),
      entry(2, sampleCycle('c1', '2024-04-02'), { kind: 'cycle', id: 'c1' }),
      entry(3, measured(42), { actor: 'Dr B', amendment: 'measured again' }),
    ]);
    expect(versions.map(({ entry: { sequence }, what, inForce }) => [sequence, what, inForce])).toStrictEqual([
      [3, 'changed', true],
      [2, 'added', true],
      [1, 'added', false],
    ]);
    expect(versions[0]?.changes).toStrictEqual([{ path: ['measures', 'L1', 'mm'], before: '50', after: '42' }]);
    expect(versions[0]?.entry).toMatchObject({ actor: 'Dr B', amendment: 'measured again' });
  });

  test('say that a part was taken away, and that it came back', () => {
    const versions = partVersions([entry(1, measured(50)), entry(2, null), entry(3, measured(50))]);
    expect(versions.map(({ what, inForce }) => [what, inForce])).toStrictEqual([
      ['added', true],
      ['removed', false],
      ['added', false],
    ]);
    expect(versions[1]?.changes).toContainEqual({ path: ['measures', 'L1', 'mm'], before: '50', after: undefined });
  });
});

test('one of a list is the same wherever it stands in it', () => {
  const event = (id: string, term: string, grade: number) => ({ id, term, grade });
  expect(
    changedFacts(
      { events: [event('a', 'Nausea', 1), event('b', 'Fever', 2)] },
      { events: [event('b', 'Fever', 3), event('a', 'Nausea', 1)] },
    ),
  ).toStrictEqual([{ path: ['events', 'Fever', 'grade'], before: '2', after: '3' }]);
});

test('a line that was drawn anew is one change, and not one for each of its numbers', () => {
  const drawn = (x: number) => ({
    measures: {
      L1: {
        mm: 50,
        place: {
          seriesId: 's',
          longAxis: [
            [x, 0, 0],
            [x + 50, 0, 0],
          ],
        },
      },
    },
  });
  expect(changedFacts(drawn(0), drawn(7)).map(({ path }) => path)).toStrictEqual([['measures', 'L1', 'place']]);
});

test('a value of the day is one fact, with all that makes it another value', () => {
  const of = (entry: object) => ({ factors: { afp: { value: 400, unit: 'ng/mL', date: '2024-04-01', ...entry } } });
  for (const other of [
    { value: 96 },
    { unit: 'IU/mL' },
    { comparator: '>' },
    { assay: 'Roche' },
    { ngPerIU: 1.2 },
    { date: '2024-04-02' },
  ]) {
    const [change, ...more] = changedFacts(of({}), of(other));
    expect([change?.path, change?.before, more]).toStrictEqual([['factors', 'afp'], '400 ng/mL, 2024-04-01', []]);
    expect(change?.after).not.toBe(change?.before);
  }
});

test('two of one name are both told: nothing of a version is overwritten by another part of it', () => {
  const pain = (...grades: number[]) => ({ events: grades.map((grade) => ({ term: 'Pain', grade })) });
  expect(changedFacts(pain(1, 2), pain(3, 2))).toStrictEqual([
    { path: ['events', 'Pain', 'grade'], before: '1', after: '3' },
  ]);
  expect(changedFacts(pain(2), pain(2, 2)).map(({ path }) => path.join(' '))).toStrictEqual([
    'events Pain (2) term',
    'events Pain (2) grade',
  ]);
});
