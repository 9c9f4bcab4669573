import { describe, expect, it } from 'vitest';
import { normaliseDate } from '#shared/clinical/calendar-date.ts';
import type { MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import type { FactorId } from '#shared/clinical/factor-values.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import { fieldText, readField, switchUnit } from '../../../../../src/renderer/panels/factors/field-model.ts';

const measured = (id: FactorId): MeasuredFactor => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'measured') throw new Error(`${id} is not measured`);
  return factor;
};
const typed = (id: FactorId, text: string, unit: string) => ({
  ...fieldText(factorDefinition(id), undefined, unit),
  text,
});

describe('readField', () => {
  it('gives back what it was made from', () => {
    const entry = { value: 100, unit: 'IU/mL', ngPerIU: 1.21, date: '2026-03-14' };
    expect(readField(measured('afp'), fieldText(measured('afp'), entry)).entry).toEqual(entry);
  });

  it('is nothing where nothing was typed', () => {
    expect(readField(measured('afp'), typed('afp', '  ', 'ng/mL'))).toEqual({ errors: [], warnings: [] });
  });

  it('keeps what is refused as it was written, with the unit that was chosen', () => {
    const read = readField(measured('albumin'), typed('albumin', '3.5', 'g/L'));
    expect(read.entry).toBeUndefined();
    expect(read.written).toEqual({ value: '3.5', unit: 'g/L' });
    expect(fieldText(measured('albumin'), read.written)).toMatchObject({ text: '3.5', unit: 'g/L' });
  });

  it('goes by a unit in the text, whichever is chosen beside it', () => {
    expect(readField(measured('albumin'), typed('albumin', '4.0 g/dL', 'g/L')).entry).toEqual({
      value: 4,
      unit: 'g/dL',
    });
  });

  it('assumes no unit where laboratories differ', () => {
    const field = fieldText(measured('albumin'), undefined);
    expect(field.unit).toBe('');
    expect(readField(measured('albumin'), { ...field, text: '35' }).errors[0]?.code).toBe('unit-missing');
    expect(fieldText(measured('alt'), undefined).unit).toBe('U/L');
  });

  it('shows a value beyond the assay with its sign and reads it back', () => {
    const entry = { value: 60_500, comparator: '>', unit: 'ng/mL' } as const;
    expect(fieldText(measured('afp'), entry).text).toBe('>60500');
    expect(readField(measured('afp'), fieldText(measured('afp'), entry)).entry).toEqual(entry);
  });

  it('refuses an unreadable ng per IU, and drops it with another unit', () => {
    const field = { ...typed('afp', '100', 'IU/mL'), ngPerIU: 'x' };
    expect(readField(measured('afp'), field).ngPerIUProblem?.code).toBe('not-a-number');
    expect(readField(measured('afp'), { ...field, ngPerIU: '0' }).ngPerIUProblem?.code).toBe('not-a-number');
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

  it('keeps the sign of a value beyond the assay', () => {
    expect(switchUnit(measured('crp'), typed('crp', '<1', 'mg/dL'), 'mg/L')).toMatchObject({ field: { text: '<10' } });
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
    const field = { ...fieldText(afp, undefined, 'ng/mL'), text: '412', date: normaliseDate(text) };
    expect(readField(afp, field).errors).toMatchObject([{ code: 'date-invalid' }]);
  });
});
