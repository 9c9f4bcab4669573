/**
 * Courses at size: `node test/bench/courses.ts [COURSES]` (10,000). Every one is a closed course of the demonstration history
 * under a name of its own. Milliseconds: the 95th percentile of `REPEATS`; bytes: of the file, by course.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import type { CaseWithoutImages } from '#shared/course/without-images.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';

const REPEATS = 40;
const AT_ONCE = 250;
const courses = Number(process.argv[2] ?? 10_000);

const models = simulatedCourses();
const numbered = (number: number): CaseWithoutImages => {
  const model = models[number % models.length];
  if (!model) throw new Error('there is no demonstration history');
  const name = String(number).padStart(6, '0');
  return {
    ...model,
    study: {
      ...model.study,
      patient: { ...model.study.patient, patientName: `BENCH^P${name}`, patientId: `B-${name}` },
    },
  };
};

const p95 = (work: (turn: number) => unknown): number => {
  const times = Array.from({ length: REPEATS }, (_, turn) => {
    const start = performance.now();
    work(turn);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Number((times[Math.ceil(0.95 * REPEATS) - 1] ?? 0).toFixed(2));
};

const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
try {
  const file = join(folder, 'records.db');
  const store = new RecordsStore({ file, key: new Uint8Array(randomBytes(32)) });
  const ids: string[] = [];
  for (let first = 0; first < courses; first += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, courses - first) }, (_, index) => numbered(first + index));
    ids.push(...store.keepWithoutImages(batch, 'bench'));
  }
  const someId = (turn: number) => ids[(turn * 7919) % ids.length] ?? '';
  const someName = (turn: number) => `P${String((turn * 7919) % courses).padStart(6, '0')}`;
  const result = {
    courses,
    bytesPerCourse: Math.round(statSync(file).size / courses),
    listMs: p95(() => store.list({ limit: 50 })),
    closedMs: p95(() => store.list({ course: 'closed', limit: 50 })),
    dueMs: p95(() => store.list({ course: 'due', today: '2026-11-27', limit: 50 })),
    searchMs: p95((turn) => store.list({ text: someName(turn), limit: 50 })),
    searchIdMs: p95((turn) => store.list({ text: `B-00${turn}`, limit: 50 })),
    openMs: p95((turn) => [store.get(someId(turn)), store.course(someId(turn))]),
  };
  console.table(result);
  console.log(JSON.stringify(result));
  store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
