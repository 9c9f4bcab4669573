/** A hospital's table on its way in: the file, what its columns mean, what would be kept, what was kept and can be taken back. */
import { computed, shallowRef } from 'vue';
import type { ProcedureOutput } from '#shared/api.ts';
import { guessMapping, onlyMapped, patientTable, type TableOfPatients } from '#shared/cohort/course-table.ts';
import { AppError } from '#shared/errors.ts';
import type { ResponseCriterion } from '#shared/model/manifest.ts';
import { useClient } from '../../client/index.ts';
import { translateError } from '../../locales/errors.ts';
import { useSaid } from '../../locales/said.ts';
import { useJobsStore } from '../../stores/jobs.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { readTable } from '../../tables/read-table.ts';

export type ImportAnswer = ProcedureOutput<'course.import'>;

export const useImport = () => {
  const client = useClient();
  const jobs = useJobsStore();
  const notices = useNoticesStore();

  const file = shallowRef<File>();
  const sheets = shallowRef<readonly string[]>([]);
  const sheet = shallowRef<string>();
  const table = shallowRef<TableOfPatients>();
  const mapping = shallowRef<Record<string, string>>({});
  const criterion = shallowRef<ResponseCriterion>();
  const preview = shallowRef<ImportAnswer>();
  const samePerson = shallowRef<ReadonlySet<number>>(new Set());
  const kept = shallowRef<string[]>([]);
  const problem = useSaid();
  const jobId = shallowRef<string>();

  /** Work that can be cancelled from the dialog, which stands in front of all else; undefined where it failed. */
  const attempt = async <T>(work: (id: string, signal: AbortSignal) => Promise<T>): Promise<T | undefined> => {
    problem.value = '';
    try {
      return await jobs.run('importTable', (id, _report, signal) => {
        jobId.value = id;
        return work(id, signal);
      });
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'cancelled')) problem.value = () => translateError(error);
      return undefined;
    } finally {
      jobId.value = undefined;
    }
  };

  const ask = (dryRun: boolean) =>
    attempt(async (id) => {
      if (!table.value) return undefined;
      const given = { mapping: mapping.value, ...(criterion.value ? { criterion: criterion.value } : {}) };
      return await client.call('course.import', {
        table: onlyMapped(table.value, mapping.value),
        ...given,
        samePerson: [...samePerson.value],
        dryRun,
        jobId: id,
      });
    });
  const look = async () => {
    preview.value = await ask(true);
  };

  const read = async (wanted?: string) => {
    const chosen = file.value;
    table.value = undefined;
    preview.value = undefined;
    samePerson.value = new Set();
    kept.value = [];
    if (!chosen) return;
    const found = await attempt(async (_id, signal) => {
      const one = await readTable(chosen, signal, wanted);
      return { ...one, table: patientTable(one.table) };
    });
    if (!found) return;
    sheets.value = found.sheets;
    sheet.value = found.sheet;
    table.value = found.table;
    mapping.value = { ...guessMapping(found.table.header) };
    await look();
  };

  return {
    file,
    sheets,
    sheet,
    table,
    mapping,
    criterion,
    preview,
    samePerson,
    kept,
    problem,
    /** How far what is under way has come. */
    job: computed(() => jobs.jobs.find(({ id }) => id === jobId.value)),
    isBusy: computed(() => jobId.value !== undefined),
    cancel: () => (jobId.value === undefined ? undefined : void jobs.cancel(jobId.value)),
    open: async (chosen: File) => {
      file.value = chosen;
      sheets.value = [];
      await read();
    },
    chooseSheet: (name: string) => read(name),
    map: async (column: string, target: string) => {
      const { [column]: _before, ...rest } = mapping.value;
      // What was compared may be another column now.
      samePerson.value = new Set();
      mapping.value = target === '' ? rest : { ...rest, [column]: target };
      await look();
    },
    /** Whether a line is of the patient who is kept under its identifier. */
    saySame: async (line: number, isSame: boolean) => {
      const others = [...samePerson.value].filter((one) => one !== line);
      samePerson.value = new Set(isSame ? [...others, line] : others);
      await look();
    },
    setCriterion: async (chosen: ResponseCriterion | undefined) => {
      criterion.value = chosen;
      await look();
    },
    run: async () => {
      const done = await ask(false);
      if (done) kept.value = done.kept;
    },
    takeBack: () =>
      notices.guarded(async () => {
        await client.call('course.takeBack', { caseIds: kept.value });
        kept.value = [];
        await look();
      }),
  };
};
