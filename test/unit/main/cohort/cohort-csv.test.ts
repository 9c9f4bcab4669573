import { describe, expect, it } from 'vitest';
import { readCohort } from '../../../../src/main/cohort/cohort-csv.ts';

const header = 'id,study,lesion_x,lesion_y,lesion_z,lesion_diameter_mm';
const one = (columns: string, cells: string) => readCohort(`${header},${columns}\nP1,a,1,2,3,40,${cells}\n`);

describe('readCohort', () => {
  it('reads geometry, factors with their units, outcome, roles and what it does not know', () => {
    const { rows, refused } = one(
      'afp:µg/L,albumin,sex,response,criterion,split,date,os_days,os_event,role_t2,scanner',
      '420,38.5,female,pr,mRECIST,train,2021-05-04,300,1,1.2.3#2,A',
    );
    expect(refused).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        id: 'P1',
        study: 'a',
        centerMm: [1, 2, 3],
        diameterMm: 40,
        roles: { t2: '1.2.3#2' },
        shifts: {},
        factors: {
          afp: { value: 420, unit: 'µg/L' },
          albumin: { value: 38.5, unit: 'g/L' },
          sex: { value: 'female' },
          largestDiameter: { value: 40, unit: 'mm', origin: 'lesion' },
        },
        factorWarnings: [],
        outcome: {
          response: 'PR',
          criterion: 'mRECIST',
          split: 'train',
          date: '2021-05-04',
          osDays: 300,
          osEvent: 1,
          pfsDays: null,
          pfsEvent: null,
        },
        extra: { scanner: 'A' },
      },
    ]);
  });

  it('reads how far the series of a role was moved by hand', () => {
    const { rows } = one('shift_t2,shift_delayed,shift_portal-venous', '3 0 -5,0 0 0,');
    expect(rows[0]?.shifts).toEqual({ t2: [3, 0, -5] });
  });

  it('moves nothing against itself', () => {
    expect(() => one('shift_arterial', '1 0 0')).toThrow(expect.objectContaining({ code: 'cohort-header' }));
    expect(() => one('shift_arterail', '1 0 0')).toThrow(expect.objectContaining({ code: 'cohort-header' }));
  });

  it.each([
    ['afp', 'high', 'afp'],
    ['shift_t2', '3 0', 'shift_t2'],
    ['shift_t2', '3 0 x', 'shift_t2'],
    ['shift_t2', '3 0 -5 1', 'shift_t2'],
    ['shift_t2', '0 0 101', 'shift_t2'],
    ['albumin', '3.8', 'albumin'],
    ['pvtt', 'vp9', 'pvtt'],
    ['response', 'XX', 'response'],
    ['response', 'CR', 'criterion'],
    ['os_event', 'yes', 'os_event'],
    ['os_days', '-4', 'os_days'],
    ['date', '04.05.2021', 'date'],
    ['date', '2021-02-30', 'date'],
  ])('refuses the patient, naming line and column: %s = %s', (column, value, named) => {
    const { rows, refused } = one(column, value);
    expect(rows).toEqual([]);
    expect(refused).toEqual([
      { line: 2, id: 'P1', code: 'cohort-cell', reason: expect.stringMatching(`^Line 2, column ${named}: `) },
    ]);
  });

  it('keeps the good patients beside the bad ones, with the line as an editor counts it', () => {
    const text = `${header},remark\nP1,a,1,2,3,40,"two\nlines"\n\nP2,b,1,2,x,40,\nP3,c,1,2,3,0,\nP1,d,1,2,3,40,\nP4,e,1,2,3,40,\n`;
    const { rows, refused } = readCohort(text);
    expect(rows.map(({ id }) => id)).toEqual(['P1', 'P4']);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'Line 5, column lesion_z: "x" is no number. Write digits with a decimal point.'],
      [6, 'Line 6, column lesion_diameter_mm: 0 mm is no diameter.'],
      [7, 'Line 7, column id: "P1" is already the patient of line 2.'],
    ]);
  });

  it('refuses a line with more cells than the header', () => {
    const { rows, refused } = readCohort(`${header}\nP1,a,1,2,3,4,5\n`);
    expect(rows).toEqual([]);
    expect(refused).toEqual([{ line: 2, id: 'P1', code: 'cohort-cell', reason: 'Line 2 has 7 cells for 6 columns.' }]);
  });

  it('reads a semicolon table with a byte order mark', () => {
    const { rows } = readCohort(`\uFEFF${header.replaceAll(',', ';')}\r\nP1;a;1;2;3;40\r\n`);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['id,study', 'lacks lesion_x, lesion_y, lesion_z, lesion_diameter_mm'],
    [`${header},afp,afp:ng/mL`, 'column 8 "afp" appears twice'],
    [`${header},role_liver`, 'column 7 "role_liver" names no image role'],
    [`${header},afpp:ng/mL`, 'column 7 "afpp:ng/mL" has a unit but "afpp" is no clinical factor'],
    [`${header},,x`, 'column 7 has no name'],
  ])('refuses the table: %s', (text, message) => {
    expect(() => readCohort(`${text}\n`)).toThrow(message);
  });

  it('refuses an empty table and one that mixes response criteria', () => {
    expect(() => readCohort('')).toThrow(expect.objectContaining({ code: 'cohort-empty' }));
    const mixed = `${header},response,criterion\nP1,a,1,2,3,40,CR,mRECIST\nP2,b,1,2,3,40,CR,RECIST 1.1\n`;
    expect(() => readCohort(mixed)).toThrow(expect.objectContaining({ code: 'mixed-criteria' }));
  });
});
