import { describe, expect, it } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import type { FactorEntry, FactorId } from '#shared/clinical/factor-values.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import { useField } from '../../../../../src/renderer/panels/factors/use-field.ts';

const mounted = (id: FactorId, start?: FactorEntry, sampleDate?: string, recalled?: string) => {
  const remembered: string[] = [];
  const entry = shallowRef(start);
  const changes: (FactorEntry | undefined)[] = [];
  const open = effectScope();
  const use = open.run(() =>
    useField({
      factor: () => factorDefinition(id),
      entry: () => entry.value,
      sampleDate: () => sampleDate,
      units: { recall: () => recalled, remember: (_factor, unit) => void remembered.push(unit) },
      change: (next) => {
        changes.push(next);
        entry.value = next;
      },
    }),
  );
  if (!use) throw new Error('the scope did not run');
  return { entry, changes, remembered, ...use };
};

describe('a field', () => {
  it('takes over a value with its unit and the date of the sample', async () => {
    const { entry, commit } = mounted('alt', undefined, '2026-03-14');
    commit({ text: '40' });
    await nextTick();
    expect(entry.value).toEqual({ value: 40, unit: 'U/L', date: '2026-03-14' });
  });

  it('keeps a refused text in the case to be mended, and takes what it may have meant in one click', async () => {
    const { entry, field, errors, remembered, commit, take } = mounted('albumin', { value: 35, unit: 'g/L' });
    commit({ text: '3.5' });
    await nextTick();
    expect(entry.value).toEqual({ value: '3.5', unit: 'g/L' });
    expect(field.value).toMatchObject({ text: '3.5', unit: 'g/L' });
    expect(errors.value.map((one) => one.code)).toEqual(['out-of-limits']);
    expect(remembered).toEqual([]);
    const [repair] = errors.value[0]?.repairs ?? [];
    if (repair) take(repair);
    await nextTick();
    expect(entry.value).toEqual({ value: 3.5, unit: 'g/dL' });
    commit({ text: '36 g/L' });
    await nextTick();
    expect(entry.value).toEqual({ value: 36, unit: 'g/L' });
    expect(errors.value).toEqual([]);
  });

  it('does not report a change where there was no value and none came', () => {
    const { changes, commit } = mounted('albumin');
    commit({ text: '' });
    expect(changes).toEqual([]);
  });

  it('reads a refused figure anew in the unit that is chosen, and converts only a value', async () => {
    const { entry, commit, chooseUnit } = mounted('albumin');
    commit({ text: '3.5' });
    await nextTick();
    expect(entry.value).toEqual({ value: '3.5' });
    chooseUnit('g/L');
    await nextTick();
    expect(entry.value).toEqual({ value: '3.5', unit: 'g/L' });
    chooseUnit('g/dL');
    await nextTick();
    expect(entry.value).toEqual({ value: 3.5, unit: 'g/dL' });
    chooseUnit('g/L');
    await nextTick();
    expect(entry.value).toEqual({ value: 35, unit: 'g/L' });
  });

  it('follows an entry that changes elsewhere, undo for one', async () => {
    const { entry, field, errors, commit } = mounted('albumin', { value: 35, unit: 'g/L' });
    commit({ text: '3.5' });
    await nextTick();
    entry.value = { value: 3.4, unit: 'g/dL' };
    await nextTick();
    expect(field.value).toMatchObject({ text: '3.4', unit: 'g/dL' });
    expect(errors.value).toEqual([]);
  });

  it('keeps the mark of a lesion through a change of unit, and loses it with another figure', async () => {
    const { entry, chooseUnit, commit } = mounted('largestDiameter', { value: 84.2, unit: 'mm', origin: 'lesion' });
    chooseUnit('cm');
    await nextTick();
    expect(entry.value).toEqual({ value: 8.42, unit: 'cm', origin: 'lesion' });
    commit({ text: '9' });
    await nextTick();
    expect(entry.value).toEqual({ value: 9, unit: 'cm' });
  });

  it('asks before it takes the figure of PIVKA-II into another unit', async () => {
    const { entry, field, asked, chooseUnit, answer } = mounted('pivkaII', {
      value: 400,
      unit: 'mAU/mL',
      assay: 'Architect',
    });
    chooseUnit('ng/mL');
    expect(asked.value).toMatchObject({ value: '400', from: 'mAU/mL', to: 'ng/mL' });
    answer(false);
    expect(field.value.unit).toBe('mAU/mL');
    chooseUnit('ng/mL');
    answer(true);
    await nextTick();
    expect(entry.value).toEqual({ value: 400, unit: 'ng/mL', assay: 'Architect' });
  });

  it('remembers a unit that was chosen before anything was typed', async () => {
    const { entry, chooseUnit, commit } = mounted('bilirubin');
    chooseUnit('mg/dL');
    commit({ text: '1.2' });
    await nextTick();
    expect(entry.value).toEqual({ value: 1.2, unit: 'mg/dL' });
  });

  it('starts with the unit that was used last, and remembers the one in use', async () => {
    const { entry, field, remembered, commit } = mounted('albumin', undefined, undefined, 'g/dL');
    expect(field.value.unit).toBe('g/dL');
    commit({ text: '3.5' });
    await nextTick();
    expect(entry.value).toEqual({ value: 3.5, unit: 'g/dL' });
    expect(remembered).toEqual(['g/dL']);
  });

  it('shows an entry in its own unit, whatever was used last', () => {
    expect(mounted('albumin', { value: 35, unit: 'g/L' }, undefined, 'g/dL').field.value.unit).toBe('g/L');
  });
});
