import { describe, expect, it } from 'vitest';
import type { MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import type { FactorId } from '#shared/clinical/factor-values.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import {
  fieldText,
  normaliseDate,
  parseNumber,
  readField,
  switchUnit,
} from '../../../../../src/renderer/panels/factors/field-model.ts';

const measured = (id: FactorId): MeasuredFactor => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'measured') throw new Error(`${id} is not measured`);
  return factor;
};
const typed = (id: FactorId, text: string, unit: string) => ({
  ...fieldText(factorDefinition(id), undefined, unit),
  text,
});

describe('parseNumber', () => {
  it.each([
    ['35', 35],
    [' 3.5 ', 3.5],
    ['2.3E5', 230_000],
    ['３５．５', 35.5],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
  it.each(['', '3,5', '1,200', '-3', '<20', '0x10', '1e999', 'Infinity', '3.5 mg'])('does not read "%s"', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('readField', () => {
  it('gives back what it was made from', () => {
    const entry = { value: 100, unit: 'IU/mL', ngPerIU: 1.21, date: '2026-03-14' };
    expect(readField(measured('afp'), fieldText(measured('afp'), entry)).entry).toEqual(entry);
  });

  it('is nothing where nothing was typed', () => {
    expect(readField(measured('afp'), typed('afp', '  ', 'ng/mL'))).toEqual({ errors: [], warnings: [] });
  });

  it('refuses a comma instead of guessing what it parts', () => {
    expect(readField(measured('albumin'), typed('albumin', '3,5', 'g/dL')).errors[0]?.code).toBe('not-a-number');
  });

  it('refuses an unreadable ng per IU, and drops it with another unit', () => {
    const field = { ...typed('afp', '100', 'IU/mL'), ngPerIU: 'x' };
    expect(readField(measured('afp'), field).errors[0]?.code).toBe('not-a-number');
    expect(readField(measured('afp'), { ...field, ngPerIU: '0' }).errors[0]?.code).toBe('not-a-number');
    expect(readField(measured('afp'), { ...field, unit: 'ng/mL' }).entry).toEqual({ value: 100, unit: 'ng/mL' });
  });
});

describe('switchUnit', () => {
  it('keeps the quantity where a conversion is safe', () => {
    expect(switchUnit(measured('bilirubin'), typed('bilirubin', '20.52', 'µmol/L'), 'mg/dL')).toMatchObject({
      kind: 'converted',
      field: { text: '1.2', unit: 'mg/dL' },
    });
  });

  it('changes only the unit of an empty field', () => {
    expect(switchUnit(measured('pivkaII'), typed('pivkaII', '', 'mAU/mL'), 'ng/mL')).toMatchObject({
      kind: 'converted',
      field: { text: '', unit: 'ng/mL' },
    });
  });

  it('asks for PIVKA-II, for HBV DNA in copies and for AFP without factor', () => {
    expect(switchUnit(measured('pivkaII'), typed('pivkaII', '400', 'mAU/mL'), 'ng/mL')).toMatchObject({
      kind: 'ask',
      value: '400',
      from: 'mAU/mL',
      to: 'ng/mL',
    });
    expect(switchUnit(measured('hbvDna'), typed('hbvDna', '400', 'copies/mL'), 'IU/mL').kind).toBe('ask');
    const afp = typed('afp', '100', 'IU/mL');
    expect(switchUnit(measured('afp'), afp, 'ng/mL').kind).toBe('ask');
    expect(switchUnit(measured('afp'), { ...afp, ngPerIU: '1.21' }, 'ng/mL')).toMatchObject({ field: { text: '121' } });
  });
});

describe('a date', () => {
  it.each(['2026-03-14', '2026/3/14', '20260314', '2026.03.14', '2026年3月14日', ' ２０２６-03-14 '])(
    'written year first, %s, is understood',
    (text) => expect(normaliseDate(text)).toBe('2026-03-14'),
  );

  it.each(['03/04/2026', '14.3.2026', '2026-3', 'March 14'])('is not guessed from %s', (text) => {
    expect(normaliseDate(text)).toBe(text);
    const afp = factorDefinition('afp');
    const field = { ...fieldText(afp, undefined), text: '412', date: normaliseDate(text) };
    expect(readField(afp, field).errors).toMatchObject([{ code: 'date-invalid' }]);
  });
});
