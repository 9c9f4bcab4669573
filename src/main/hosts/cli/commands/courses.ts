/** Courses on the command line: past patients in, closed courses out, and what is kept of each. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { ProcedureOutput } from '#shared/api.ts';
import type { CaseCursor, CaseQuery, CaseSummary, SavedCase } from '#shared/cases/case.ts';
import { type Criterion, criteria, criterionNames } from '#shared/clinical/response/timeline.ts';
import { guessMapping, onlyMapped, patientTable } from '#shared/cohort/course-table.ts';
import type { Course } from '#shared/course/course.ts';
import { assessCourse } from '#shared/course/course-timeline.ts';
import { AppError } from '#shared/errors.ts';
import { MOST_TABLE_BYTES } from '#shared/tables/limits.ts';
import { readTableFile } from '#shared/tables/table-file.ts';
import { csvOf } from '#shared/tables/write-csv.ts';
import { xlsxOf } from '#shared/tables/write-xlsx.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import { readJson } from '../read-json.ts';
import { type Terminal, table } from '../terminal.ts';

export const criterionOf = (text: string): Criterion => {
  const found = criteria.find((one) => one === text.toLowerCase() || criterionNames[one] === text);
  if (found) return found;
  throw new AppError('usage', `--criterion is one of ${criteria.join(', ')}, not "${text}".`);
};

export interface CourseImportOptions {
  map: string[];
  sheet?: string;
  criterion?: string;
  samePerson?: string[];
  dryRun?: boolean;
}

export type CourseImport = ProcedureOutput<'course.import'> & {
  dryRun: boolean;
  sheet: string | null;
  /** What each column of the file was taken for; null where nothing is read of it. */
  columns: Record<string, string | null>;
};

/** `COLUMN=MEANING`; the last `=` divides, for a column may have one in its name. An empty meaning leaves the column out. */
const mappingOf = (header: readonly string[], given: readonly string[]): Record<string, string> => {
  const said = given.map((one) => {
    const at = one.lastIndexOf('=');
    const column = one.slice(0, at).trim();
    if (at < 1 || !header.includes(column)) {
      throw new AppError(
        'usage',
        `--map is COLUMN=MEANING with a column of the table, which are: ${header.filter(Boolean).join(', ')}.`,
      );
    }
    return [column, one.slice(at + 1).trim()] as const;
  });
  const meant = new Set(said.map(([, target]) => target));
  const guessed = Object.entries(guessMapping(header)).filter(([, target]) => !meant.has(target));
  return Object.fromEntries([...guessed, ...said].filter(([, target]) => target !== ''));
};

/** One byte more than a table may have at most, which is then refused: of a file of any size, and of a pipe that never ends. */
const fileBytes = (path: string): Promise<Uint8Array> =>
  buffer(createReadStream(path, { end: MOST_TABLE_BYTES })).catch((error: unknown) => {
    throw new AppError('file-unreadable', `${basename(path)} cannot be read. Check the path.`, {
      detail: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    });
  });

const lineOf = (text: string): number => {
  const line = Number(text);
  if (Number.isInteger(line) && line > 0) return line;
  throw new AppError('usage', `--same-person is the number of a line, not "${text}".`);
};

/** A dry run where that is asked for; Ctrl+C keeps nobody. */
export const importCourses = async (call: Call, path: string, options: CourseImportOptions): Promise<CourseImport> => {
  const file = await readTableFile(await fileBytes(path), options.sheet);
  const rows = patientTable(file.table);
  const mapping = mappingOf(rows.header, options.map);
  const criterion =
    options.criterion === undefined ? {} : { criterion: criterionNames[criterionOf(options.criterion)] };
  const samePerson = (options.samePerson ?? []).map(lineOf);
  const jobId = randomUUID();
  const dryRun = options.dryRun === true;
  const answer = await interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    return call('course.import', {
      table: onlyMapped(rows, mapping),
      mapping,
      ...criterion,
      samePerson,
      dryRun,
      jobId,
    });
  });
  const columns = Object.fromEntries(rows.header.filter(Boolean).map((name) => [name, mapping[name] ?? null]));
  return { ...answer, dryRun, sheet: file.sheet ?? null, columns };
};

export const showCourseImport = (found: CourseImport, terminal: Terminal): void => {
  for (const [column, meaning] of Object.entries(found.columns)) terminal.note(`${column}: ${meaning ?? 'not used'}`);
  for (const { reason } of found.refused) terminal.note(reason);
  const settled = new Set([...found.rows.map(({ line }) => line), ...found.existing]);
  const doubtful = found.doubtful.filter(({ line }) => !settled.has(line));
  for (const { line, differing } of doubtful) {
    terminal.note(
      `Line ${line}: kept under its identifier is a patient of whom something differs (${differing.join(', ')}). Left out, unless --same-person ${line} says that it is the same.`,
    );
  }
  const inDoubt = doubtful.length > 0 ? `, in doubt: ${doubtful.length}` : '';
  const counts = `refused: ${found.refused.length}, there already: ${found.existing.length}${inDoubt}`;
  if (found.dryRun) terminal.result(`Would be kept: ${found.rows.length}, ${counts}. Nothing was kept.`);
  else terminal.result(`Kept: ${found.kept.length}, ${counts}.`);
};

const importSchema = z.object({ kept: z.array(z.string().min(1)) });

/** Moves to the trash what an import kept, by what it wrote with `--json` (`-` reads standard input). */
export const undoImport = async (call: Call, path: string): Promise<number> => {
  const read = importSchema.safeParse(await readJson(path));
  if (!read.success) {
    throw new AppError('import-unknown', 'This is not what `haicast courses import --json` writes: it has no "kept".');
  }
  return (await call('course.takeBack', { caseIds: read.data.kept })).cases;
};

/** Before anything is asked of the history, which keeps in its log that courses were written. */
const assertNew = async (path: string): Promise<void> => {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new AppError('file-there', `${basename(path)} is there already. Choose a new file.`);
};

export interface CourseExport {
  file: string;
  criterion: Criterion;
  courses: number;
  simulated: boolean;
}

/** Into a new file, CSV or XLSX as its name says. Throws `file-there`, and `no-closed-course` where there is nothing to write. */
export const exportCourses = async (call: Call, path: string, criterion: Criterion): Promise<CourseExport> => {
  const form = extname(path).toLowerCase();
  if (form !== '.csv' && form !== '.xlsx') throw new AppError('usage', '-o is a file that ends in .csv or .xlsx.');
  await assertNew(path);
  const { rows, courses, simulated } = await call('course.export', { criterion });
  if (courses === 0) throw new AppError('no-closed-course', 'No course is closed: there is nothing to write.');
  const content = form === '.csv' ? csvOf(rows) : await xlsxOf(rows, 'cohort');
  await writeFile(path, content, { flag: 'wx', mode: 0o600 }).catch(() => {
    throw new AppError('file-unwritable', `${basename(path)} cannot be written. Check the folder.`);
  });
  return { file: path, criterion, courses, simulated };
};

export const showCourseExport = ({ file, criterion, courses, simulated }: CourseExport, terminal: Terminal): void => {
  if (simulated) terminal.note('All of them are of the simulated history, and of no patient.');
  terminal.result(`${courses} closed courses by ${criterionNames[criterion]} in ${file}`);
};

/** As many as one answer holds. */
const PAGE = 500;

/** Every case with a course, newest change first. */
export const listCourses = async (call: Call, query: CaseQuery): Promise<CaseSummary[]> => {
  const found: CaseSummary[] = [];
  let after: CaseCursor | undefined;
  do {
    const { cases, next } = await call('cases.list', { ...query, limit: PAGE, ...(after ? { after } : {}) });
    found.push(...cases.filter(({ course }) => course !== undefined));
    after = next ?? undefined;
  } while (after);
  return found;
};

export const showCourses = (cases: readonly CaseSummary[], terminal: Terminal): void => {
  const rows = cases.map(({ id, patientName, patientId, studyDate, course, simulated }) => [
    id,
    simulated ? `${patientName} (simulated)` : patientName,
    patientId,
    studyDate ?? '',
    course?.state ?? '',
    course?.best['recist-1.1'] ?? '',
    course?.best.mrecist ?? '',
    course?.state === 'open' ? (course.followUpDue ?? '') : '',
  ]);
  const header = ['Case', 'Patient', 'ID', 'Baseline', 'State', 'RECIST 1.1', 'mRECIST', 'Image due'];
  terminal.result(rows.length > 0 ? table(header, rows) : 'No course.');
};

export interface ShownCourse {
  one: SavedCase;
  course: Course;
}

export const showableCourse = async (call: Call, caseId: string): Promise<ShownCourse> => ({
  // Whoever is shown it has opened the case, which the audit log keeps.
  one: await call('cases.open', { id: caseId }),
  course: await call('course.get', { caseId }),
});

/** Each criterion for itself, as the engine reads what is stored now. */
const assessed = (course: Course, criterion: Criterion) => {
  const { visits, best, bestConfirmed, progression, applicable } = assessCourse(course, criterion);
  return {
    applicable,
    visits: [...visits].map(([id, { date, sum, changeFromBaseline, overall }]) => ({
      id,
      date,
      sum: sum ?? null,
      changeFromBaseline: changeFromBaseline ?? null,
      overall: overall ?? null,
    })),
    best: best.response ?? null,
    bestConfirmed: bestConfirmed.response ?? null,
    progression: progression ?? null,
  };
};

export const courseJson = ({ one, course }: ShownCourse) => ({
  case: one.id,
  simulated: one.source.kind === 'simulated',
  patient: one.study.patient,
  course,
  responses: Object.fromEntries(criteria.map((criterion) => [criterion, assessed(course, criterion)])),
});

export const showCourse = (shown: ShownCourse, terminal: Terminal): void => {
  const { course, one } = shown;
  const { patient, responses, simulated } = courseJson(shown);
  if (simulated) terminal.note('This course is simulated, and of no patient.');
  terminal.result(
    `${patient.patientName}, ${patient.patientId}, case ${one.id}: ${course.outcome ? 'closed' : 'open'}`,
  );
  terminal.result(
    `Cycles: ${course.cycles.map(({ date, regimen }) => `${date} ${regimen}`).join(', ') || 'none recorded'}`,
  );
  for (const criterion of criteria) {
    const read = responses[criterion];
    const rows = (read?.visits ?? []).map(({ date, sum, changeFromBaseline, overall }) => [
      date,
      sum?.toFixed(1) ?? '',
      changeFromBaseline === null ? '' : `${changeFromBaseline.toFixed(1)} %`,
      overall ?? '',
    ]);
    terminal.result(`\n${criterionNames[criterion]}`);
    terminal.result(table(['Image', 'Sum (mm)', 'From baseline', 'Overall'], rows));
    const outcome = course.outcome?.best[criterion];
    if (outcome) terminal.result(`Best response: ${outcome.response}${outcome.byHand ? ', entered by hand' : ''}`);
  }
};
