import { previewImport, readPatientTable } from '#shared/cohort/course-table.ts';
import { writeCourseTable } from '#shared/cohort/write-course-table.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { Vault } from '../cases/vault.ts';
import type { HandlersOf } from './handlers.ts';

export interface CourseTableOptions {
  vault: Vault;
  actor: () => Actor;
  changed: () => void;
}

type TableProcedure = 'course.import' | 'course.takeBack' | 'course.export';

/** As many as one page of the list gives. */
const PAGE = 500;

/** Past patients in from a hospital's table, and closed courses out as `cohort.csv`. */
export const courseTableHandlers = ({
  vault,
  actor,
  changed,
}: CourseTableOptions): Pick<HandlersOf<'course'>, TableProcedure> => {
  const closedIds = (): string[] => {
    const ids: string[] = [];
    let page = vault.store().list({ course: 'closed', limit: PAGE });
    ids.push(...page.cases.map(({ id }) => id));
    while (page.next) {
      page = vault.store().list({ course: 'closed', limit: PAGE, after: page.next });
      ids.push(...page.cases.map(({ id }) => id));
    }
    return ids;
  };
  return {
    'course.import': ({ text, mapping, dryRun }) => {
      const { rows, refused } = previewImport(readPatientTable(text), mapping);
      const isKept = new Set(rows.filter(({ id, date }) => vault.store().hasPatient(id, date)).map(({ line }) => line));
      const wanted = rows.filter(({ line }) => !isKept.has(line));
      const kept = dryRun
        ? []
        : vault.store().keepWithoutImages(
            wanted.map((row) => row.kept),
            actor(),
          );
      if (kept.length > 0) changed();
      return {
        rows: wanted.map(({ line, id, date }) => ({ line, id, date })),
        refused: [...refused],
        existing: [...isKept],
        kept,
      };
    },
    'course.takeBack': ({ caseIds }) => {
      vault.store().trashAll(caseIds, actor());
      changed();
      return { cases: caseIds.length };
    },
    'course.export': ({ criterion }) => {
      const store = vault.store();
      const courses = closedIds().map((id) => {
        const { course, source } = store.courseWithBaseline(id);
        const study = source.source.kind === 'path' ? source.source.path : '';
        return { id, study, lesions: source.lesions, factors: source.factors, course };
      });
      store.record(
        { action: 'course.exported', caseId: null, detail: { courses: courses.length, criterion } },
        actor(),
      );
      return { csv: writeCourseTable(courses, criterion), courses: courses.length };
    },
  };
};
