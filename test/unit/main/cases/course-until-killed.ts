/**
 * A process of its own that changes one course again and again, telling after each change, until it is killed:
 * `node course-until-killed.ts FILE`. What it writes follows from the number of the change alone.
 */
import { writeSync } from 'node:fs';
import type { CourseWrite } from '#shared/course/course.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { sampleCycle, sampleTimePoint } from '../../shared/course/sample-course.ts';
import { courseImages } from './course-images.ts';
import { sampleCase } from './sample-case.ts';
import { TEST_KEY } from './test-key.ts';

/** Parts that belong together, long enough that a write takes long compared with the time between two of them. */
export const writesOf = (number: number, bases: Readonly<Record<string, number>>): CourseWrite[] => {
  const note = `change ${number} `.repeat(100);
  const day = `2024-04-${String(1 + (number % 28)).padStart(2, '0')}`;
  return [
    { kind: 'cycle', id: 'c1', body: { ...sampleCycle('c1', day), note }, base: bases['cycle/c1'] ?? null },
    {
      kind: 'time-point',
      id: 'f1',
      body: sampleTimePoint('f1', day, { L1: { state: 'measured', mm: number % 50 } }, { note }),
      base: bases['time-point/f1'] ?? null,
    },
    imagesOf(number, bases).write,
  ];
};

/** A picture of the same change. */
export const imagesOf = (number: number, bases: Readonly<Record<string, number>>) =>
  courseImages({
    timePointId: 'f1',
    words: [`picture ${number}`],
    size: 4_000,
    base: bases['images/f1/lesions'] ?? null,
  });

if (process.argv[1] === import.meta.filename) {
  const store = new RecordsStore({ file: process.argv[2] ?? '', key: TEST_KEY });
  const id = store.list().cases[0]?.id ?? store.save(sampleCase(), 'a').id;
  for (let number = store.courseHistory(id, 'cycle', 'c1').length + 1; ; number++) {
    const bases = store.course(id).revisions;
    store.writeCourse(id, writesOf(number, bases), { actor: 'a', pictures: imagesOf(number, bases).pictures });
    writeSync(1, `${number}\n`);
  }
}
