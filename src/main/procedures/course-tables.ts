import { setImmediate } from 'node:timers/promises';
import { patientTable, previewImport } from '#shared/cohort/course-table.ts';
import { courseTableRows } from '#shared/cohort/write-course-table.ts';
import { type WaterfallPart, waterfallOf, waterfallPart } from '#shared/course/waterfall.ts';
import { today } from '#shared/format.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { Vault } from '../cases/vault.ts';
import { closedCourses, keepInTurn } from './closed-courses.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface CourseTableOptions {
  vault: Vault;
  jobs: Jobs;
  actor: () => Actor;
  changed: () => void;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

type TableProcedure = 'course.import' | 'course.takeBack' | 'course.export' | 'course.waterfall';

/** As many as are read before somebody else is heard. */
const AT_ONCE = 20;

/** Past patients in from a hospital's table, and closed courses out as `cohort.csv` and as a plot. */
export const courseTableHandlers = ({
  vault,
  jobs,
  actor,
  changed,
  covered,
}: CourseTableOptions): Pick<HandlersOf<'course'>, TableProcedure> => ({
  'course.import': async ({ table, mapping, criterion, samePerson = [], dryRun, jobId }) => {
    const by = actor();
    const store = vault.store();
    const { rows, doubtful, refused } = previewImport(patientTable(table), mapping, {
      criterion,
      today: today(),
      keptUnder: (patientId) => store.patientsUnder(patientId),
      samePerson: new Set(samePerson),
    });
    const isKept = new Set(rows.filter(({ id, date }) => store.hasPatient(id, date)).map(({ line }) => line));
    const wanted = rows.filter(({ line }) => !isKept.has(line));
    const keep = () =>
      jobs.run(jobId, (options) =>
        keepInTurn(
          store,
          wanted.map((row) => row.kept),
          by,
          { ...options, phase: 'import' },
        ),
      );
    try {
      return {
        rows: wanted.map(({ line, id, date }) => ({ line, id, date })),
        refused: refused.map(({ params, ...one }) => ({ ...one, params: { ...params } })),
        doubtful: doubtful.map(({ line, id, patient, kept, comparison }) => ({
          line,
          id,
          patient,
          kept,
          differing: [...comparison.differing],
        })),
        existing: [...isKept],
        kept: dryRun ? [] : await keep(),
      };
    } finally {
      if (!dryRun) changed();
    }
  },
  'course.takeBack': ({ caseIds }) => {
    const cases = vault.store().trashAll(caseIds, actor());
    changed();
    return { cases };
  },
  'course.export': ({ criterion }) => {
    const store = vault.store();
    const { ids, simulated } = closedCourses(store);
    const courses = ids.map((id) => {
      const { course, source } = store.courseWithBaseline(id);
      const study = source.source.kind === 'path' ? source.source.path : '';
      const { lesions, roles, shifts = [], factors } = source;
      return { id, study, lesions, roles, shifts, factors, course };
    });
    store.record({ action: 'course.exported', caseId: null, detail: { courses: courses.length, criterion } }, actor());
    return { rows: courseTableRows(courses, criterion), courses: courses.length, simulated };
  },
  'course.waterfall': ({ criterion, jobId }) =>
    jobs.run(jobId, async ({ signal, onProgress }) => {
      const store = vault.store();
      const closed = closedCourses(store);
      const { caseIds: untold } = covered();
      // Counted, an outcome of one of them could be told from how many are drawn.
      const ids = closed.ids.filter((id) => !untold.has(id));
      const parts: WaterfallPart[] = [];
      for (const [index, id] of ids.entries()) {
        if (index % AT_ONCE === 0) {
          onProgress('waterfall', index, ids.length);
          await setImmediate();
          signal.throwIfAborted();
        }
        parts.push(waterfallPart(id, store.course(id), criterion));
      }
      return waterfallOf(parts, closed.simulated);
    }),
});
