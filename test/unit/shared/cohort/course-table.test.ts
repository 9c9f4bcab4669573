import { describe, expect, test } from 'vitest';
import {
  columnTargets,
  guessColumn,
  guessMapping,
  type ImportOptions,
  onlyMapped,
  patientTable,
  previewImport,
} from '#shared/cohort/course-table.ts';
import { courseTableRows } from '#shared/cohort/write-course-table.ts';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import { courseOfWrites } from '#shared/course/without-images.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import { tableLines } from '#shared/table-lines.ts';
import { csvOf } from '#shared/tables/write-csv.ts';
import { readCohort } from '../../../../src/main/cohort/cohort-csv.ts';

const TODAY = '2026-11-28';
const preview = (text: string, mapping?: Record<string, string>, options: Partial<ImportOptions> = {}) => {
  const table = patientTable(tableLines(text));
  return previewImport(table, mapping ?? guessMapping(table.header), { today: TODAY, ...options });
};

describe('which column means what', () => {
  test.each([
    ['afp:ng/mL', 'afp:ng/mL'],
    ['AFP (ng/mL)', 'afp:ng/mL'],
    ['甲胎蛋白（ng/mL）', 'afp:ng/mL'],
    ['Total bilirubin [µmol/L]', 'bilirubin:µmol/L'],
    ['病案号', 'id'],
    ['性别', 'sex'],
    ['os_days', 'os_days'],
    ['最大径 (mm)', 'lesion_diameter_mm'],
    ['Diameter [mm]', 'lesion_diameter_mm'],
    ['lesion diameter mm', 'lesion_diameter_mm'],
  ])('%s is %s', (header, target) => {
    expect(guessColumn(header)).toBe(target);
  });

  test.each(['AFP', 'Bilirubin (foo)', 'remarks', '最大径', '肿瘤大小(cm)', 'diameter_cm', 'diameter change (%)'])(
    '%s is asked: no unit and no meaning is guessed',
    (header) => {
      expect(guessColumn(header)).toBeUndefined();
    },
  );
});

test('a factor is offered in every unit that it is measured in', () => {
  const targets = columnTargets(['bilirubin', 'inr']);
  expect(targets).toStrictEqual(expect.arrayContaining(['bilirubin:µmol/L', 'bilirubin:mg/dL', 'inr']));
  expect(new Set(targets).size).toBe(targets.length);
  for (const target of targets) expect(guessColumn(target)).toBe(target);
});

describe('past patients of a table', () => {
  test('a line is a closed course, entered by hand and marked so', () => {
    const { rows, refused } = preview(
      'Patient ID;Name;date;AFP (ng/mL);lesion_diameter_mm;response;criterion;os_days;os_event\nA1;Muster^Max;2024-03-14;412;86.84;pr;mRECIST;300;1\n',
    );
    expect(refused).toStrictEqual([]);
    expect(rows).toMatchObject([{ line: 2, id: 'A1', date: '2024-03-14' }]);
    const kept = rows[0]?.kept;
    if (!kept) throw new Error('nothing was read');
    expect(kept.source.kind).toBe('none');
    expect(kept.study).toMatchObject({
      studyInstanceUID: '',
      studyDate: '20240314',
      patient: { patientName: 'Muster^Max', patientId: 'A1' },
    });
    expect(kept.factors.afp).toMatchObject({ value: 412, unit: 'ng/mL' });
    const course = courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes);
    expect(course.timePoints[0]?.measures).toStrictEqual({ L1: { state: 'measured', mm: 86.8 } });
    expect(course.outcome).toMatchObject({
      best: { mrecist: { response: 'PR', byHand: true } },
      endpoints: { os: { days: 300, event: true } },
    });
  });

  test('the part of a model’s cohort that a patient was in stays with the outcome, and is written again', () => {
    const { rows } = preview(
      'id,date,response,criterion,split\nA,2024-03-14,PR,mRECIST,training\nB,2024-03-14,PD,mRECIST,\n',
    );
    const outcomes = rows.map(({ kept }) => kept.writes.find(({ kind }) => kind === 'outcome')?.body);
    expect(outcomes.map((outcome) => outcome && 'split' in outcome && outcome.split)).toStrictEqual([
      'training',
      false,
    ]);
  });

  test('a line that cannot be read is named with its place and stops nobody else', () => {
    const { rows, refused } = preview(
      [
        'id,date,afp:ng/mL,response,criterion,os_days',
        'A,2024-03-14,412,PR,mRECIST,10',
        'B,14.03.2024,1,,,',
        'C,2024-03-14,-5,,,',
        'D,2024-03-14,1,PR,,',
        ',2024-03-14,1,,,',
        'A,2024-03-14,9,,,',
        'E,2024-03-14,,,,x',
      ].join('\n'),
    );
    expect(rows.map(({ id }) => id)).toStrictEqual(['A']);
    expect(refused.map(({ line, column }) => [line, column])).toStrictEqual([
      [3, 'date'],
      [4, 'afp:ng/mL'],
      [5, 'criterion'],
      [6, 'id'],
      [7, 'id'],
      [8, 'os_days'],
    ]);
  });

  test('a day that no calendar has is refused where it stands, so that the rest can be kept', () => {
    const { rows, refused } = preview('id,date\nA,2024-02-30\nB,2024-02-29\n');
    expect(rows.map(({ id }) => id)).toStrictEqual(['B']);
    expect(refused).toMatchObject([{ line: 2, id: 'A', column: 'date' }]);
  });

  test.each([
    ['M', 'M', 'male'],
    ['F', 'F', 'female'],
    ['Female', 'F', 'female'],
    ['男', 'M', 'male'],
    ['女性', 'F', 'female'],
  ])('sex %s is the patient’s and the factor’s', (written, sex, value) => {
    const { rows, refused } = preview(`id,date,sex\nA,2024-03-14,${written}\n`);
    expect(refused).toStrictEqual([]);
    expect(rows[0]?.kept.study.patient.sex).toBe(sex);
    expect(rows[0]?.kept.factors.sex?.value).toBe(value);
  });

  test('a sex that is neither is refused in its column; an empty one is not known', () => {
    const { rows, refused } = preview('id,date,sex\nA,2024-03-14,x\nB,2024-03-14,\n');
    expect(refused).toMatchObject([{ line: 2, column: 'sex', params: { cell: 'not-a-sex', value: 'x' } }]);
    expect(rows[0]?.kept.study.patient.sex).toBeUndefined();
    expect(rows[0]?.kept.factors.sex).toBeUndefined();
  });

  test.each([
    ['1950-03-14', '19500314'],
    ['1950/3/14', '19500314'],
    ['19500314', '19500314'],
    ['1950年3月14日', '19500314'],
    ['', undefined],
  ])('born %s is kept as %s', (written, birthDate) => {
    const { rows, refused } = preview(`id,date,birth_date\nA,2024-03-14,${written}\n`);
    expect(refused).toStrictEqual([]);
    expect(rows[0]?.kept.study.patient.birthDate).toBe(birthDate);
  });

  test.each(['14.03.1950', '1950-02-30', '1950', 'unknown'])('born %s is refused, for it is no day', (written) => {
    const { rows, refused } = preview(`id,date,birth_date\nA,2024-03-14,${written}\n`);
    expect(rows).toStrictEqual([]);
    expect(refused).toMatchObject([{ line: 2, id: 'A', column: 'birth_date' }]);
  });

  test('one identifier with two names, birth dates or sexes is of nobody; the same said otherwise, or less said, is no difference', () => {
    const { rows, refused } = preview(
      [
        'id,name,birth_date,sex,date',
        '1,Li Wei,1950-03-14,M,2022-01-02',
        '1,LI WEI,19500314,,2023-01-02',
        '1,,,,2024-01-02',
        '1,Wang Fang,,,2024-02-02',
        '1,,1951-03-14,,2024-03-02',
        '1,,,F,2024-04-02',
        '2,Wang Fang,1951-03-14,F,2024-04-02',
      ].join('\n'),
    );
    expect(rows.map(({ line }) => line)).toStrictEqual([2, 3, 4, 8]);
    expect(refused).toMatchObject(
      [5, 6, 7].map((line) => ({ line, column: 'id', params: { cell: 'other-person', value: 2 } })),
    );
  });

  test('nobody is born after their image: the two days stand in each other’s columns', () => {
    const { rows, refused } = preview('id,birth_date,date\nA,2024-03-14,1950-03-14\n');
    expect(rows).toStrictEqual([]);
    expect(refused).toMatchObject([{ column: 'birth_date', params: { cell: 'born-later', value: '2024-03-14' } }]);
  });

  test.each(['1.10101E+17', '1,1E+17', '#DIGITS'])(
    'an identifier that a spreadsheet shortened (%s) is nobody’s',
    (id) => {
      const { rows, refused } = preview(`id,date\n"${id}",2024-03-14\n`);
      expect(rows).toStrictEqual([]);
      expect(refused).toMatchObject([{ column: 'id', params: { cell: 'digits-lost' } }]);
    },
  );

  test('a percentage of a spreadsheet is one in a column of percent, and refused in any other', () => {
    const text = 'id,date,liverShare:%,afp:ng/mL\nA,2024-03-14,35%,\nB,2024-03-14,,35%\n';
    const { rows, refused } = preview(text);
    expect(rows.map(({ kept }) => kept.factors.liverShare?.value)).toStrictEqual([35]);
    expect(refused).toMatchObject([{ line: 3, column: 'afp:ng/mL' }]);
  });

  test('lines are counted as an editor counts them, over breaks within quotes and empty lines', () => {
    const { rows, refused } = preview('id,date,remark\nA,2024-03-14,"two\nlines"\n\nB,14.03.2024,\nC,2024-03-14,\n');
    expect(rows.map(({ id, line }) => [id, line])).toStrictEqual([
      ['A', 2],
      ['C', 6],
    ]);
    expect(refused.map(({ id, line }) => [id, line])).toStrictEqual([['B', 5]]);
  });

  test('a line with more cells than the header is refused: a decimal comma has moved what stands behind it', () => {
    const { rows, refused } = preview('id,date,lesion_diameter_mm,os_days,os_event\nA,2024-03-14,86,8,300,1\n');
    expect(rows).toStrictEqual([]);
    expect(refused).toMatchObject([{ line: 2, id: 'A', reason: 'Line 2 has 6 cells for 5 columns.' }]);
  });

  test.each([
    ['a baseline', 'date', 'A,2026-11-30,,'],
    ['a survival', 'os_days', 'A,2026-11-20,10,1'],
    ['a survival of more days than there are', 'os_days', 'A,2026-11-20,1e300,1'],
  ])('%s that is still to come is refused, whatever a clock is behind by less than a day', (_what, column, line) => {
    expect(preview(`id,date,os_days,os_event\n${line}\n`).refused).toMatchObject([
      { line: 2, column, params: { cell: 'in-future' } },
    ]);
    expect(preview('id,date,os_days,os_event\nA,2026-11-29,,\nB,2026-11-20,9,1\n').refused).toStrictEqual([]);
  });

  test.each(['2024/3/14', '20240314', '2024年3月14日', '2024-03-14 10:23'])('%s is the day of the image', (written) => {
    const { rows } = preview(`id,date\nA,${written}\n`);
    expect(rows).toMatchObject([{ id: 'A', date: '2024-03-14' }]);
  });

  test('responses without a criterion have the one of the whole table, where somebody knows it', () => {
    const text = 'id,date,response\nA,2024-03-14,PR\nB,2024-03-14,\n';
    expect(preview(text).refused).toMatchObject([{ line: 2, column: 'criterion' }]);
    const { rows, refused } = preview(text, undefined, { criterion: 'mRECIST' });
    expect(refused).toStrictEqual([]);
    expect(rows.map(({ kept }) => kept.writes.find(({ kind }) => kind === 'outcome')?.body)).toMatchObject([
      { best: { mrecist: { response: 'PR' } } },
      undefined,
    ]);
    const own = preview('id,date,response,criterion\nA,2024-03-14,PR,RECIST 1.1\n', undefined, {
      criterion: 'mRECIST',
    });
    expect(own.rows[0]?.kept.writes.at(-1)?.body).toMatchObject({ best: { 'recist-1.1': { response: 'PR' } } });
  });

  test.each(['#REF!', '#N/A', '#FORMULA'])('a cell that shows %s is no value, not even a name', (shown) => {
    const { rows, refused } = preview(`id,name,date,remark\nA,${shown},2024-03-14,\nB,x,2024-03-14,${shown}\n`);
    expect(rows.map(({ id }) => id)).toStrictEqual(['B']);
    expect(refused).toMatchObject([{ line: 2, id: 'A', column: 'name' }]);
  });

  test('only columns that mean something are handed on, and a line that does not fit stays one', () => {
    const table = patientTable(tableLines('x,id,y,date\n1,A,2,2024-03-14\n1,B,2,2024-03-14,9\n'));
    const mapping = { id: 'id', date: 'date' };
    const handed = onlyMapped(table, mapping);
    expect(handed).toStrictEqual({
      header: ['id', 'date'],
      lines: [
        { line: 2, cells: ['A', '2024-03-14'] },
        { line: 3, cells: ['B', '2024-03-14', '9'] },
      ],
    });
    expect(previewImport(handed, mapping, { today: TODAY }).refused.map(({ line }) => line)).toStrictEqual([3]);
  });

  test('a table without patients or days is refused as a whole', () => {
    expect(() => preview('afp:ng/mL\n1\n')).toThrow(/id and which is date/);
    expect(() => patientTable(tableLines('a,a\n1,2\n'))).toThrow(/twice/);
    expect(() => patientTable(tableLines(''))).toThrow(/empty/);
  });
});

test('what was written is read back the same: one schema for both directions', () => {
  const courses = simulatedCourses().map((kept, index) => ({
    id: `P${index}`,
    study: '',
    lesions: [],
    factors: kept.factors,
    course: courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes),
  }));
  const { rows, refused } = preview(csvOf(courseTableRows(courses, 'recist-1.1')));
  expect(refused).toStrictEqual([]);
  expect(rows).toHaveLength(60);
  rows.forEach(({ kept, id, date }, index) => {
    const before = courses[index];
    const read = courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes);
    expect([id, date]).toStrictEqual([before?.id, before?.course.timePoints[0]?.date]);
    expect(read.outcome?.best['recist-1.1']?.response).toBe(before?.course.outcome?.best['recist-1.1']?.response);
    expect(read.outcome?.endpoints.os?.days).toBe(before?.course.outcome?.endpoints.os?.days);
    expect(kept.factors.afp?.value).toBe(before?.factors.afp?.value);
    expect(kept.factors.sex?.value).toBe(before?.factors.sex?.value);
  });
});

test('a series that was moved by hand is written as `prepare` reads it, with the lesion where the arterial series has it', () => {
  const [kept] = simulatedCourses();
  if (!kept) throw new Error('there is one');
  const course = courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes);
  const by = { by: 'Dr Example', at: '2026-02-01T10:00:00.000Z' };
  const written = {
    id: 'P0',
    study: 'p0',
    lesions: [
      {
        id: 'l',
        label: 'L1',
        kind: 'target' as const,
        seriesId: 't',
        longAxis: [
          [-20, 0, 0],
          [20, 0, 0],
        ] as [Vec3, Vec3],
      },
    ],
    roles: [
      { role: 'arterial' as const, seriesId: 'a', origin: 'user' as const },
      { role: 't2' as const, seriesId: 't', origin: 'user' as const },
    ],
    shifts: [{ seriesId: 't', against: 'a', mm: [3, 0, -5] as Vec3, ...by }],
    factors: kept.factors,
    course,
  };
  const plain = { ...written, id: 'P1', shifts: [] };
  const { rows } = readCohort(csvOf(courseTableRows([written, plain], 'recist-1.1')));
  expect(rows.map(({ id, shifts, centerMm }) => ({ id, shifts, centerMm }))).toStrictEqual([
    { id: 'P0', shifts: { t2: [3, 0, -5] }, centerMm: [3, 0, -5] },
    { id: 'P1', shifts: {}, centerMm: [0, 0, 0] },
  ]);
  expect(courseTableRows([plain], 'recist-1.1')[0]).not.toContain('shift_t2');
});
