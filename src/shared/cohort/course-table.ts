/** Past patients of a hospital's table as cases without images and their closed courses; and which column means what. Pure. */
import { isCalendarDate, normaliseDate } from '../clinical/calendar-date.ts';
import { factorDefinition } from '../clinical/factor-table.ts';
import type { FactorId } from '../clinical/factor-values.ts';
import { sexOf } from '../clinical/paste/patient-sex.ts';
import { factorOfName } from '../clinical/paste/recognised-names.ts';
import { type PatientSex, sexChoices } from '../clinical/patient-sex.ts';
import { criterionNamed, daysBetween } from '../clinical/response/timeline.ts';
import { toTenth } from '../course/baseline.ts';
import type { CourseWrite } from '../course/course.ts';
import { latestDay } from '../course/future-days.ts';
import type { Endpoint, Outcome } from '../course/outcome.ts';
import { BASELINE } from '../course/time-point.ts';
import { type CaseWithoutImages, studyWithoutImages } from '../course/without-images.ts';
import { AppError } from '../errors.ts';
import type { ResponseCriterion } from '../model/manifest.ts';
import { plainId } from '../study/identity.ts';
import type { PatientIdentity } from '../study/study.ts';
import { assertFits, type TableLine, type TableLines } from '../table-lines.ts';
import { cellProblem, digitsLost } from '../tables/cell-errors.ts';
import {
  type CellProblem,
  type CohortOutcome,
  cellRefusal,
  numberCell,
  readFactorCells,
  readOutcome,
} from './outcome-cells.ts';
import { factorColumn, factorHeader, outcomeColumns } from './outcome-columns.ts';
import { compareLines, type Doubt, doubtOf } from './whose-line.ts';

/** Columns of a patient that is imported beside those of `cohort.csv`. */
export const patientColumns = ['id', 'name', 'birth_date', 'sex', 'lesion_diameter_mm'] as const;
const plainTargets: readonly string[] = [...patientColumns, ...outcomeColumns];

/** What each column of the file means: one of the names of `cohort.csv`, or nothing. */
export type ColumnMapping = Readonly<Record<string, string>>;

export type TableOfPatients = TableLines;

/** The lines of a file as a table of patients. Throws `cohort-empty`, and `cohort-header` where two columns have one name. */
export const patientTable = ({ header, lines }: TableLines): TableOfPatients => {
  if (header.every((cell) => cell === ''))
    throw new AppError('cohort-empty', 'The table is empty. Its first line names the columns.');
  const repeated = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new AppError('cohort-header', `The column "${repeated}" is there twice. Rename one of them.`, {
      params: { header: repeated },
    });
  }
  return { header, lines };
};

const similar: readonly [RegExp, string][] = [
  [/^(patient ?id|id|mrn|patientid|病案号|住院号|患者编号|编号)$/i, 'id'],
  [/^(name|patient ?name|姓名)$/i, 'name'],
  [/^(birth ?date|date of birth|dob|出生日期)$/i, 'birth_date'],
  [
    /^(diameter|lesion ?diameter|largest ?diameter|最大径|直径|肿瘤大小)[\s_]*[(（[]?\s*(mm|毫米)\s*[)）\]]?$/i,
    'lesion_diameter_mm',
  ],
  [/^(sex|gender|性别)$/i, 'sex'],
  [/^(response|疗效|best ?response)$/i, 'response'],
  [/^(criterion|criteria|标准)$/i, 'criterion'],
  [/^(date|study ?date|mri ?date|检查日期|日期)$/i, 'date'],
];
const withUnit = /^(.*?)\s*[(（[]\s*([^)）\]]+)\s*[)）\]]$/;

const unitOf = (id: Parameters<typeof factorDefinition>[0], written: string): string | undefined => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'measured') return undefined;
  const plain = (unit: string) => unit.normalize('NFKC').replace(/μ/g, 'µ').toLowerCase();
  return factor.units.map(({ unit }) => unit).find((unit) => plain(unit) === plain(written));
};

/** What a column probably means; undefined where nothing says so. A unit is taken from the header alone, never guessed. */
export const guessColumn = (header: string): string | undefined => {
  if (plainTargets.includes(header)) return header;
  const factor = factorColumn(header);
  if (factor && factor !== 'unknown') return header;
  const known = similar.find(([pattern]) => pattern.test(header))?.[1];
  if (known) return known;
  const [, name = header, written = ''] = withUnit.exec(header) ?? [];
  const id = factorOfName(name);
  if (!id) return undefined;
  if (factorDefinition(id).kind !== 'measured') return id;
  const unit = unitOf(id, written);
  return unit ? `${id}:${unit}` : undefined;
};

export const guessMapping = (header: readonly string[]): ColumnMapping => {
  const taken = new Set<string>();
  return Object.fromEntries(
    header.flatMap((name) => {
      const target = guessColumn(name);
      if (!target || taken.has(target)) return [];
      taken.add(target);
      return [[name, target]];
    }),
  );
};

/** Every name that a column can be given, a factor in each unit that it is measured in, the canonical one first. */
export const columnTargets = (factorIds: readonly FactorId[]): string[] => [
  ...plainTargets,
  ...factorIds.flatMap((id) => {
    const factor = factorDefinition(id);
    const units = factor.kind === 'measured' ? factor.units.filter(({ unit }) => unit !== '1') : [];
    return [...new Set([factorHeader(id), ...units.map(({ unit }) => `${id}:${unit}`)])];
  }),
];

/** The columns that mean something, and what stands behind the last one of a line: all that is read of the table. */
export const onlyMapped = ({ header, lines }: TableOfPatients, mapping: ColumnMapping): TableOfPatients => {
  const used = header.flatMap((name, index) => (mapping[name] ? [index] : []));
  const pick = (cells: readonly string[]) => used.map((index) => cells[index] ?? '');
  return {
    header: pick(header),
    lines: lines.map(({ line, cells }) => ({ line, cells: [...pick(cells), ...cells.slice(header.length)] })),
  };
};

export interface ImportedRow {
  readonly line: number;
  readonly id: string;
  readonly date: string;
  readonly kept: CaseWithoutImages;
}

export interface ImportOptions {
  /** ISO 8601 day of this computer's clock: what a table says has happened. */
  readonly today: string;
  /** By which the responses of the whole table were read; none where a column says it, or where nobody knows. */
  readonly criterion?: ResponseCriterion | undefined;
  /** Who is kept under an identifier already. */
  readonly keptUnder?: (patientId: string) => readonly PatientIdentity[];
  /** Lines of which a person said that they are of the patient who is kept under their identifier. */
  readonly samePerson?: ReadonlySet<number>;
}

export interface RefusedRow {
  readonly line: number;
  readonly id: string;
  readonly column: string;
  readonly reason: string;
  /** The same for the words of another language. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** A line that may be of another patient than the one who is kept under its identifier: a person has to say. */
export interface DoubtfulRow extends Pick<ImportedRow, 'line' | 'id'>, Doubt {
  readonly patient: PatientIdentity;
}

export interface ImportPreview {
  readonly rows: readonly ImportedRow[];
  /** Those of which a person has said it are among `rows` as well. */
  readonly doubtful: readonly DoubtfulRow[];
  readonly refused: readonly RefusedRow[];
}

const endpoint = (days: number | null, event: 0 | 1 | null): Endpoint | undefined =>
  days === null || event === null ? undefined : { days: Math.round(days), event: event === 1 };

const LONGEST_SPLIT = 100;

/** Entered by hand elsewhere, and marked as such; undefined where the table says nothing of how it came out. */
const outcomeOf = (read: CohortOutcome): Outcome | undefined => {
  const [pfs, os] = [endpoint(read.pfsDays, read.pfsEvent), endpoint(read.osDays, read.osEvent)];
  const criterion = criterionNamed(read.criterion);
  const best = read.response && criterion ? { [criterion]: { response: read.response, byHand: true } } : {};
  if (!pfs && !os && Object.keys(best).length === 0) return undefined;
  return {
    ...(read.split === null ? {} : { split: read.split.slice(0, LONGEST_SPLIT) }),
    best,
    endpoints: { ...(pfs ? { pfs } : {}), ...(os ? { os } : {}) },
    confirmedBy: '—',
    confirmedAt: new Date(0).toISOString(),
  };
};

/** @param refuse makes the refusal of a cell, by the name of its column */
const readPatient = (
  id: string,
  cell: (name: string) => string,
  refuse: (name: string, text: string, problem: CellProblem) => AppError,
): { patientName: string; patientId: string; birthDate?: string; sex?: PatientSex } => {
  const [writtenSex, writtenBirth] = [cell('sex'), cell('birth_date')];
  const sex = sexOf(writtenSex);
  if (writtenSex !== '' && !sex)
    throw refuse('sex', `"${writtenSex}" is neither M nor F.`, { cell: 'not-a-sex', value: writtenSex });
  const birth = normaliseDate(writtenBirth);
  if (birth !== '' && !isCalendarDate(birth))
    throw refuse('birth_date', `"${writtenBirth}" is no date like 1960-03-14.`, {
      cell: 'not-a-date',
      value: writtenBirth,
    });
  const date = cell('date');
  if (birth !== '' && birth.slice(0, 10) > date)
    throw refuse('birth_date', `${birth.slice(0, 10)} lies after the day of the baseline image.`, {
      cell: 'born-later',
      value: birth.slice(0, 10),
    });
  return {
    patientName: cell('name') || id,
    patientId: id,
    ...(birth === '' ? {} : { birthDate: birth.slice(0, 10).replaceAll('-', '') }),
    ...(sex ? { sex } : {}),
  };
};

type Places = ReadonlyMap<string, { readonly index: number; readonly header: string }>;

/** How a spreadsheet writes a long number into a CSV: several identifiers become one. */
const SHORTENED = /^\d([.,]\d+)?E\+\d+$/i;

const refuseCellErrors = ({ line, cells }: TableLine, at: Places): void => {
  for (const { index, header } of at.values()) {
    const problem = cellProblem(cells[index] ?? '');
    if (problem) throw cellRefusal(line, header, problem.text, { cell: problem.code, value: cells[index] ?? '' });
  }
};

const readRow = (one: TableLine, at: Places, { criterion, today }: ImportOptions): ImportedRow => {
  const { line, cells } = one;
  refuseCellErrors(one, at);
  const written = (name: string) => cells[at.get(name)?.index ?? -1] ?? '';
  /** As `cohort.csv` has it: days as ISO 8601, and a criterion with every response. */
  const cell = (name: string) => {
    if (name === 'date') return normaliseDate(written(name));
    return name === 'criterion' && criterion !== undefined && !at.has(name) ? criterion : written(name);
  };
  const headerOf = (name: string) => at.get(name)?.header ?? name;
  const id = cell('id');
  if (id === '') throw cellRefusal(line, headerOf('id'), 'it is empty.', { cell: 'empty' });
  if (SHORTENED.test(id)) throw cellRefusal(line, headerOf('id'), digitsLost, { cell: 'digits-lost', value: id });
  const outcome = readOutcome(cell, line, headerOf);
  if (!outcome.date)
    throw cellRefusal(line, headerOf('date'), 'the day of the baseline image is needed, like 2024-03-14.', {
      cell: 'day-needed',
    });
  const elapsed = daysBetween(outcome.date, latestDay(today));
  const told = { date: 0, os_days: outcome.osDays ?? 0, pfs_days: outcome.pfsDays ?? 0 };
  for (const name of Object.keys(told) as (keyof typeof told)[]) {
    if (told[name] <= elapsed) continue;
    const value = cell(name);
    throw cellRefusal(line, headerOf(name), `${value} leads to a day that is still to come.`, {
      cell: 'in-future',
      value,
    });
  }
  const patient = readPatient(id, cell, (name, text, problem) => cellRefusal(line, headerOf(name), text, problem));
  const factorText = (target: string, factor: FactorId) =>
    factor === 'sex' ? (patient.sex ? sexChoices[patient.sex] : '') : cell(target);
  const { factors } = readFactorCells(
    [...at].flatMap(([target, { header }]) => {
      const factor = factorColumn(target);
      return factor && factor !== 'unknown' ? [{ ...factor, header, text: factorText(target, factor.id) }] : [];
    }),
    line,
  );
  const diameter = cell('lesion_diameter_mm');
  const mm = diameter === '' ? undefined : numberCell(line, headerOf('lesion_diameter_mm'), diameter);
  if (mm !== undefined && !(mm > 0 && mm <= 1_000))
    throw cellRefusal(line, headerOf('lesion_diameter_mm'), `${mm} mm is no diameter.`, {
      cell: 'not-a-diameter',
      value: mm,
    });
  const closing = outcomeOf(outcome);
  const writes: CourseWrite[] = [
    ...(mm === undefined
      ? []
      : [
          {
            kind: 'lesion' as const,
            id: 'L1',
            base: null,
            body: { id: 'L1', role: 'target' as const, organ: 'liver', node: false },
          },
        ]),
    {
      kind: 'time-point',
      id: BASELINE,
      base: null,
      body: {
        id: BASELINE,
        date: outcome.date,
        study: { state: 'none' },
        measures: mm === undefined ? {} : { L1: { state: 'measured', mm: toTenth(mm) } },
        factors,
      },
    },
    ...(closing ? [{ kind: 'outcome' as const, id: 'outcome', base: null, body: closing }] : []),
  ];
  const study = studyWithoutImages(patient, outcome.date, undefined);
  return { line, id, date: outcome.date, kept: { source: { kind: 'none', path: '' }, study, factors, writes } };
};

/** Every line by itself: one that cannot be read stops nobody else. Throws `cohort-header` without a column for id and date. */
export const previewImport = (
  { header, lines }: TableOfPatients,
  mapping: ColumnMapping,
  options: ImportOptions,
): ImportPreview => {
  const at = new Map(
    header.flatMap((name, index) => {
      const target = mapping[name];
      return target ? [[target, { index, header: name }] as const] : [];
    }),
  );
  const missing = ['id', 'date'].filter((name) => !at.has(name));
  if (missing.length > 0) {
    throw new AppError('cohort-header', `Say which column is ${missing.join(' and which is ')}.`, {
      params: { missing: missing.join(', ') },
    });
  }
  const rows: ImportedRow[] = [];
  const refused: RefusedRow[] = [];
  const doubtful: DoubtfulRow[] = [];
  const lineOf = new Map<string, number>();
  const firstOf = new Map<string, ImportedRow>();
  const idColumn = at.get('id')?.header ?? 'id';
  for (const one of lines) {
    const id = one.cells[at.get('id')?.index ?? -1] ?? '';
    try {
      assertFits(one, header);
      const row = readRow(one, at, options);
      const key = `${plainId(row.id)} ${row.date}`;
      const before = lineOf.get(key);
      if (before !== undefined)
        throw cellRefusal(one.line, idColumn, `the same patient and day stand in line ${before}.`, {
          cell: 'repeated',
          value: before,
        });
      const { patient } = row.kept.study;
      // One identifier of two people is a slip of the table: their courses would be taken for one patient's.
      const first = firstOf.get(plainId(row.id)) ?? row;
      if (compareLines(patient, first.kept.study.patient).verdict !== 'same')
        throw cellRefusal(one.line, idColumn, `line ${first.line} has it with another name, birth date or sex.`, {
          cell: 'other-person',
          value: first.line,
        });
      const doubt = doubtOf(patient, options.keptUnder?.(row.id) ?? []);
      if (doubt?.comparison.verdict === 'other')
        throw cellRefusal(one.line, idColumn, 'it is kept of a patient with another name and birth date.', {
          cell: 'other-person-kept',
        });
      firstOf.set(plainId(row.id), first);
      lineOf.set(key, one.line);
      if (doubt) doubtful.push({ line: row.line, id: row.id, patient, ...doubt });
      if (!doubt || options.samePerson?.has(row.line)) rows.push(row);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({
        line: one.line,
        id,
        column: String(error.params?.column ?? ''),
        reason: error.message,
        params: error.params ?? {},
      });
    }
  }
  return { rows, doubtful, refused };
};
