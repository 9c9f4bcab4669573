/**
 * Courses at size: `node test/bench/courses.ts [COURSES]` (10,000). Every one is a closed course of the demonstration history
 * under a name of its own. Milliseconds: the 95th percentile of `REPEATS`, on the clock and of processor time, which other
 * programs on a busy computer do not lengthen; bytes: of the file, by course.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
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

const p95Of = (times: readonly number[]): number =>
  Number((times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? 0).toFixed(2));

const p95 = (work: (turn: number) => unknown): { wallMs: number; cpuMs: number } => {
  const times = Array.from({ length: REPEATS }, (_, turn) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    work(turn);
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - start, cpu: (user + system) / 1_000 };
  });
  return { wallMs: p95Of(times.map(({ wall }) => wall)), cpuMs: p95Of(times.map(({ cpu }) => cpu)) };
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
  const bytesPerCourse = Math.round(statSync(file).size / courses);
  const p95s = {
    list: p95(() => store.list({ limit: 50 })),
    closed: p95(() => store.list({ course: 'closed', limit: 50 })),
    due: p95(() => store.list({ course: 'due', today: '2026-11-27', limit: 50 })),
    search: p95((turn) => store.list({ text: someName(turn), limit: 50 })),
    searchId: p95((turn) => store.list({ text: `B-00${turn}`, limit: 50 })),
    open: p95((turn) => [store.get(someId(turn)), store.course(someId(turn))]),
  };
  console.table(p95s);
  console.log(JSON.stringify({ courses, bytesPerCourse, load: loadavg(), p95s }));
  store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
