import { describe, expect, it } from 'vitest';
import { readPasted, suggestedLines, withRows } from '#shared/clinical/paste/read-pasted.ts';
import { factorOfLoinc, factorOfName } from '#shared/clinical/paste/recognised-names.ts';

/** Factor, entry and the code of the refusal, in the order of the lines. */
const read = (text: string) => readPasted(text).map(({ factor, entry, errors }) => [factor, entry ?? errors[0]?.code]);

describe('a name', () => {
  it.each([
    ['总胆红素', 'bilirubin'],
    ['总胆红素(TBIL)', 'bilirubin'],
    ['Bilirubin, total', 'bilirubin'],
    ['甲胎蛋白 (AFP)', 'afp'],
    ['异常凝血酶原（PIVKA-II）', 'pivkaII'],
    ['γ-GT', 'ggt'],
    ['Albumin (serum)', 'albumin'],
    ['中性粒细胞绝对值', 'neutrophils'],
    ['PT-INR', 'inr'],
    ['凝血酶原国际标准化比值', 'inr'],
    ['ＡＬＴ', 'alt'],
  ])('%s is %s', (name, id) => expect(factorOfName(name)).toBe(id));

  it.each([
    '直接胆红素',
    'Direct bilirubin',
    'Bilirubin (direct)',
    'Albumin (urine)',
    'Albumin/Globulin',
    'Neutrophils %',
    '中性粒细胞百分比',
    'AFP (AST)',
    'CA19-9',
    '',
  ])('"%s" is not taken for a similar one', (name) => expect(factorOfName(name)).toBeUndefined());

  it.each([
    ['1975-2', 'bilirubin'],
    ['14631-6', 'bilirubin'],
    ['1751-7', 'albumin'],
    ['1834-1', 'afp'],
    ['777-3', 'platelets'],
    ['751-8', 'neutrophils'],
    ['6301-6', 'inr'],
    ['1968-7', undefined], // direct bilirubin
    ['770-8', undefined], // neutrophils per 100 leucocytes
  ])('LOINC %s is %s', (code, id) => expect(factorOfLoinc(code)).toBe(id));
});

describe('pasted text', () => {
  it('is read from two columns of a spreadsheet', () => {
    expect(read('总胆红素\t20.5 µmol/L\n白蛋白\t40.1 g/L\r\nAFP\t>60500 ng/mL\nINR\t1.08')).toEqual([
      ['bilirubin', { value: 20.5, unit: 'µmol/L' }],
      ['albumin', { value: 40.1, unit: 'g/L' }],
      ['afp', { value: 60_500, comparator: '>', unit: 'ng/mL' }],
      ['inr', { value: 1.08, unit: '1' }],
    ]);
  });

  it('is read from CSV with flags, reference ranges and dates, in any order of columns', () => {
    const csv = [
      '序号,项目,结果,提示,单位,参考范围,日期',
      '1,总胆红素,20.5,↑,umol/L,3.4-17.1,2026-03-14',
      '2,"PIVKA-II","1,234",H,mAU/mL,0-40,2026/3/14',
      '3,HBV-DNA,<20,,IU/mL,<20,2026-03-14',
      '4,乙肝表面抗原,阳性(+),,,,2026-03-14',
      '5,直接胆红素,5.1,,umol/L,0-6.8,2026-03-14',
    ].join('\n');
    const rows = readPasted(csv);
    expect(rows.map(({ line, name, flag, factor }) => [line, name, flag, factor])).toEqual([
      [2, '总胆红素', '↑', 'bilirubin'],
      [3, 'PIVKA-II', 'H', 'pivkaII'],
      [4, 'HBV-DNA', '', 'hbvDna'],
      [5, '乙肝表面抗原', '', 'hbsAg'],
      [6, '直接胆红素', '', undefined],
    ]);
    expect(rows.map(({ entry, errors }) => entry ?? errors[0]?.code)).toEqual([
      { value: 20.5, unit: 'µmol/L', date: '2026-03-14' },
      'number-ambiguous',
      { value: 20, comparator: '<', unit: 'IU/mL', date: '2026-03-14' },
      { value: 'positive', date: '2026-03-14' },
      undefined,
    ]);
  });

  it('is read from the lines of a report, under the date that stands over them', () => {
    expect(read('采样日期 2026-03-14\nALT: 38 U/L\n血小板计数 176 ×10⁹/L\n备注 无')).toEqual([
      ['alt', { value: 38, unit: 'U/L', date: '2026-03-14' }],
      ['platelets', { value: 176, unit: '10^9/L', date: '2026-03-14' }],
    ]);
  });

  it('is read from an HL7 message by LOINC, with sign, unit, flag and date, and without the patient', () => {
    const message = [
      'MSH|^~\\&|LIS|LAB|HIS|HOSP|20260314101500||ORU^R01|1|P|2.5.1',
      'PID|1||SECRET-ID||DOE^JANE||19680101|F',
      'OBR|1||A1|24323-8^CMP^LN|||20260314093000',
      'OBX|1|NM|14631-6^Bilirubin^LN||20.5|umol/L|3.4-17.1|H|||F',
      'OBX|2|SN|1834-1^AFP^LN||>^60500|ng/mL|||||F|||20260315',
      'OBX|3|NM|770-8^Neutrophils/100 leukocytes^LN||60|%|||||F',
      'OBX|4|NM|777-3^Platelets^LN||176|10*9/L|||||F',
      'OBX|5|NM|1751-7^Albumin^LN||3.5|g/L|||||F',
      'OBX|6|NM|1742-6^ALT^LN||38|U/L|||||W',
      'OBX|7|ST|L1^乙肝表面抗原^99LOC||阴性||||||F',
    ].join('\r');
    const rows = readPasted(message);
    expect(rows.map(({ factor, entry, errors, flag }) => [factor, entry ?? errors[0]?.code, flag])).toEqual([
      ['bilirubin', { value: 20.5, unit: 'µmol/L', date: '2026-03-14' }, 'H'],
      ['afp', { value: 60_500, comparator: '>', unit: 'ng/mL', date: '2026-03-15' }, ''],
      [undefined, undefined, ''],
      ['platelets', { value: 176, unit: '10^9/L', date: '2026-03-14' }, ''],
      ['albumin', 'out-of-limits', ''],
      ['hbsAg', { value: 'negative', date: '2026-03-14' }, ''],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/SECRET|DOE|1968/);
  });

  it('takes no unit that was not stated, and no value from a range, a code or a date', () => {
    expect(read('总胆红素\t20.5')).toEqual([['bilirubin', 'unit-missing']]);
    expect(read('白蛋白\t35-55\t40.1\tg/L')).toEqual([['albumin', { value: 40.1, unit: 'g/L' }]]);
    expect(read('Albumin\t1751-7\t2026-03-14\t40.1\tg/L')).toEqual([
      ['albumin', { value: 40.1, unit: 'g/L', date: '2026-03-14' }],
    ]);
    expect(read('血红蛋白\t120\tmmol/L')).toEqual([['haemoglobin', 'unit-unknown']]);
    expect(read('乙肝表面抗原\t250\tIU/mL')).toEqual([['hbsAg', 'unknown-option']]);
    expect(read('nothing of use\n\n')).toEqual([]);
  });

  it('suggests the latest of several results, and none where dates do not tell', () => {
    const rows = readPasted('ALT\t38\tU/L\t2026-03-14\nALT\t52\tU/L\t2026-03-20\nAST\t40\tU/L\nAST\t41\tU/L');
    expect([...suggestedLines(rows)]).toEqual([2]);
    expect(withRows({ age: { value: 58 } }, rows, new Set([2, 3]))).toEqual({
      age: { value: 58 },
      alt: { value: 52, unit: 'U/L', date: '2026-03-20' },
      ast: { value: 40, unit: 'U/L' },
    });
  });
});
