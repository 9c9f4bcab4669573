/**
 * The evidence at size: `node test/bench/evidence.ts [COURSES]` (10,000): the first reading of all closed courses, the next one,
 * the longest time that it keeps others waiting, and what a change of a filter or of the threshold takes (95th percentile of
 * `REPEATS`; in the application in a worker of the page).
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import { comparisonsOf } from '#shared/evidence/comparisons.ts';
import { evidenceFigures, figuresAtThreshold } from '#shared/evidence/figures.ts';
import { firstSelection } from '#shared/evidence/selection.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import { EvidenceRows } from '../../src/main/evidence/evidence-rows.ts';

const REPEATS = 20;
const AT_ONCE = 250;
const courses = Number(process.argv[2] ?? 10_000);

const models = simulatedCourses();
const numbered = (number: number) => {
  const model = models[number % models.length];
  if (!model) throw new Error('there is no demonstration history');
  const patientId = `SIM-HISTORY-${String(number).padStart(6, '0')}`;
  return { ...model, study: { ...model.study, patient: { ...model.study.patient, patientId } } };
};

const timed = async <T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> => {
  const start = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - start), value };
};

/** The longest that a timer of 2 ms had to wait. */
const withLongestWait = async <T>(work: () => Promise<T>): Promise<{ longestMs: number; value: T }> => {
  let [longest, last] = [0, performance.now()];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 2);
  const value = await work();
  longest = Math.max(longest, performance.now() - last);
  clearInterval(timer);
  return { longestMs: Math.round(longest), value };
};

const p95 = (work: (turn: number) => unknown): number => {
  const times = Array.from({ length: REPEATS }, (_, turn) => {
    const start = performance.now();
    work(turn);
    return performance.now() - start;
  });
  return Math.round(times.toSorted((a, b) => a - b)[Math.ceil(0.95 * REPEATS) - 1] ?? 0);
};

const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
try {
  const store = new RecordsStore({ file: join(folder, 'records.db'), key: new Uint8Array(randomBytes(32)) });
  for (let first = 0; first < courses; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, courses - first);
    store.keepWithoutImages(
      Array.from({ length: count }, (_, index) => numbered(first + index)),
      'bench',
    );
  }
  const evidence = new EvidenceRows();
  const first = await timed(() => withLongestWait(() => evidence.read(store)));
  const again = await timed(() => withLongestWait(() => evidence.read(store)));
  const { rows } = again.value.value;
  const selection = firstSelection(rows);
  const size = (turn: number) => ({ ...selection, leastMm: turn });
  const figures = {
    courses: rows.length,
    firstReadMs: first.ms,
    firstLongestWaitMs: first.value.longestMs,
    nextReadMs: again.ms,
    nextLongestWaitMs: again.value.longestMs,
    filterP95Ms: p95((turn) => evidenceFigures(rows, size(turn), 0.5)),
    thresholdP95Ms: p95((turn) => figuresAtThreshold(rows, selection, 0.3 + turn / 100)),
    comparisonsMs: (await timed(() => comparisonsOf(rows, selection))).ms,
  };
  console.table(figures);
  console.log(JSON.stringify({ ...figures, load: loadavg() }));
  store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
