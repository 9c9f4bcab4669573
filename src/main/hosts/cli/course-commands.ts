import { resolve } from 'node:path';
import type { Command } from 'commander';
import { courseFilters } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import type { Call } from './client.ts';
import {
  type CourseImportOptions,
  courseJson,
  criterionOf,
  exportCourses,
  importCourses,
  listCourses,
  showableCourse,
  showCourse,
  showCourseExport,
  showCourseImport,
  showCourses,
  undoImport,
} from './commands/courses.ts';
import { EXIT } from './exit-codes.ts';
import { asJson, collect, JSON_OPTION, type JsonOption } from './option-forms.ts';
import type { Terminal } from './terminal.ts';

export interface CourseCommandOptions {
  terminal: Terminal;
  /** A history that is there. */
  withRecords: (work: (call: Call) => Promise<void>) => Promise<void>;
  /** A history that is there, or a new one. */
  withSaving: (recoveryKeyFile: string | undefined, work: (call: Call) => Promise<void>) => Promise<void>;
  endWith: (exitCode: number) => void;
}

/** The day it is here. */
const today = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

const filterOf = (text: string | undefined): (typeof courseFilters)[number] | undefined => {
  if (text === undefined) return undefined;
  const found = courseFilters.find((one) => one === text);
  if (found) return found;
  throw new AppError('usage', `--only is one of ${courseFilters.join(', ')}, not "${text}".`);
};

/** `haicast courses …` */
export const addCourseCommands = (program: Command, options: CourseCommandOptions): void => {
  const { terminal, withRecords, withSaving, endWith } = options;
  const courses = program.command('courses').description('courses of treatment: past patients in, closed courses out');

  courses
    .command('import')
    .description('keep the past patients of a table (XLSX or CSV) as closed courses without images; none twice')
    .argument('<table>')
    .option('--map <column=meaning>', 'what a column means, by the names of cohort.csv (repeatable)', collect, [])
    .option('--sheet <name>', 'of a spreadsheet, another than the first that holds anything')
    .option('--criterion <criterion>', 'by which the responses were read, where no column says so')
    .option('--same-person <line>', 'a line in doubt that is of the patient who is kept (repeatable)', collect, [])
    .option('--dry-run', 'show what would be kept and what is refused, and keep nothing')
    .option('--recovery-key-file <file>', 'where the recovery key of a new case history is written; must be a new file')
    .option(...JSON_OPTION)
    .action(async (path: string, given: CourseImportOptions & JsonOption & { recoveryKeyFile?: string }) => {
      const work = async (call: Call) => {
        const found = await importCourses(call, resolve(path), given);
        if (given.json) terminal.result(asJson(found));
        else showCourseImport(found, terminal);
        if (found.rows.length === 0 && found.refused.length > 0) endWith(EXIT.refused);
      };
      await (given.dryRun ? withRecords(work) : withSaving(given.recoveryKeyFile, work));
    });

  courses
    .command('undo-import')
    .description('move to the trash what an import kept, by what it wrote with --json (- reads standard input)')
    .argument('<import.json>')
    .option(...JSON_OPTION)
    .action((path: string, { json }: JsonOption) =>
      withRecords(async (call) => {
        const cases = await undoImport(call, path);
        terminal.result(json ? asJson({ cases }) : `In the trash: ${cases} cases.`);
      }),
    );

  courses
    .command('export')
    .description('write closed courses as the table that `haicast prepare` and the import read, under pseudonyms')
    .requiredOption('-o, --out <file>', 'a new file; .csv or .xlsx')
    .requiredOption('--criterion <criterion>', 'recist-1.1 or mrecist: the two give different labels')
    .option(...JSON_OPTION)
    .action(({ out, criterion, json }: { out: string; criterion: string } & JsonOption) =>
      withRecords(async (call) => {
        const written = await exportCourses(call, resolve(out), criterionOf(criterion));
        if (json) terminal.result(asJson(written));
        else showCourseExport(written, terminal);
      }),
    );

  courses
    .command('list')
    .description('cases that have a course, with state, best responses and what is due')
    .option('--only <filter>', courseFilters.join(', '))
    .option('--search <text>', 'in name, ID and description')
    .option(...JSON_OPTION)
    .action(({ only, search, json }: { only?: string; search?: string } & JsonOption) =>
      withRecords(async (call) => {
        const course = filterOf(only);
        const asked = { ...(course ? { course, today: today() } : {}), ...(search ? { text: search } : {}) };
        const found = await listCourses(call, asked);
        if (json) terminal.result(asJson(found));
        else showCourses(found, terminal);
      }),
    );

  courses
    .command('show')
    .description('one course: its parts, and what the engines make of its measurements by each criterion')
    .argument('<case>', 'id of the case')
    .option(...JSON_OPTION)
    .action((id: string, { json }: JsonOption) =>
      withRecords(async (call) => {
        const shown = await showableCourse(call, id);
        if (json) terminal.result(asJson(courseJson(shown)));
        else showCourse(shown, terminal);
      }),
    );
};
