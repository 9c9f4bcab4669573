import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import { indexLesion } from '#shared/study/lesion.ts';
import {
  addLesion,
  addMark,
  allConfirmed,
  assignRole,
  changeLesion,
  changeMark,
  chooseIndexLesion,
  confirmRoles,
  emptyEdit,
  removeLesion,
  removeMarked,
  samePredictedLesions,
  samePredictedShifts,
  shiftSeries,
} from '../../../../src/renderer/stores/case-edit.ts';

const drawn = (mm: number) => ({ seriesId: 's', longAxis: [[0, 0, 0] as Vec3, [mm, 0, 0] as Vec3] as [Vec3, Vec3] });

const by = { by: 'Dr A', at: '2026-03-14T09:00:00.000Z' };

describe('roles', () => {
  it('gives a series one role at a time', () => {
    const edit = assignRole(assignRole(emptyEdit, 'arterial', 's1', by), 'delayed', 's1', by);
    expect(edit.roles).toMatchObject([{ role: 'delayed', seriesId: 's1', origin: 'user' }]);
  });

  it('takes what a person picks as confirmed by the picking, and goes on asking for what was suggested', () => {
    const suggested = { ...emptyEdit, roles: [{ role: 't2' as const, seriesId: 's2', origin: 'suggested' as const }] };
    const picked = assignRole(suggested, 'arterial', 's1', by);
    expect(picked.roles.at(-1)).toMatchObject({ confirmedBy: 'Dr A', confirmedAt: '2026-03-14T09:00:00.000Z' });
    expect(allConfirmed(picked.roles)).toBe(false);
    const later = { by: 'Dr B', at: '2026-03-15T09:00:00.000Z' };
    const confirmed = confirmRoles(picked, later);
    expect(confirmed.roles.map(({ confirmedBy }) => confirmedBy)).toEqual(['Dr B', 'Dr A']);
    expect(allConfirmed(confirmed.roles)).toBe(true);
    expect(allConfirmed(assignRole(confirmed, 'arterial', undefined, by).roles)).toBe(true);
    expect(allConfirmed([])).toBe(false);
  });
});

describe('lesions', () => {
  it('makes the first two target lesions and further ones non-target (RECIST 1.1: two per organ)', () => {
    const edit = addLesion(addLesion(addLesion(emptyEdit, drawn(20), '1'), drawn(30), '2'), drawn(40), '3');
    expect(edit.lesions.map(({ label, kind }) => [label, kind])).toEqual([
      ['L1', 'target'],
      ['L2', 'target'],
      ['L3', 'non-target'],
    ]);
  });

  it('looks at the largest target, not at a larger non-target', () => {
    const edit = addLesion(addLesion(addLesion(emptyEdit, drawn(20), '1'), drawn(30), '2'), drawn(40), '3');
    expect(indexLesion(edit.lesions)?.id).toBe('2');
  });

  it('never gives a label twice', () => {
    const edit = addLesion(
      removeLesion(addLesion(addLesion(emptyEdit, drawn(1), '1'), drawn(2), '2'), '1'),
      drawn(3),
      '3',
    );
    expect(edit.lesions.map(({ label }) => label)).toEqual(['L2', 'L3']);
  });

  it('lets the largest diameter follow the measurement until a person types another', () => {
    const measured = addLesion(emptyEdit, drawn(84.04), '1');
    expect(measured.factors.largestDiameter).toEqual({ value: 84, unit: 'mm', origin: 'lesion' });
    const [lesion] = measured.lesions;
    if (!lesion) throw new Error('no lesion');
    expect(changeLesion(measured, { ...lesion, ...drawn(50) }).factors.largestDiameter?.value).toBe(50);
    expect(removeLesion(measured, '1').factors.largestDiameter).toBeUndefined();

    const typed = { ...measured, factors: { largestDiameter: { value: 90, unit: 'mm', origin: 'user' as const } } };
    expect(changeLesion(typed, { ...lesion, ...drawn(50) }).factors.largestDiameter?.value).toBe(90);
  });
});

describe('the largest diameter', () => {
  it('stays that of the largest tumour when RECIST does not count it as a target', () => {
    const two = addLesion(addLesion(emptyEdit, drawn(104), 'a'), drawn(31), 'b');
    const [large] = two.lesions;
    if (!large) throw new Error('two lesions');
    const edit = changeLesion(two, { ...large, kind: 'non-target' });
    expect(indexLesion(edit.lesions)?.id).toBe('b');
    expect(edit.factors.largestDiameter).toMatchObject({ value: 104, unit: 'mm', origin: 'lesion' });
  });
});

describe('the index lesion', () => {
  const three = addLesion(addLesion(addLesion(emptyEdit, drawn(20), '1'), drawn(30), '2'), drawn(40), '3');

  it('is the one that was chosen, target or not, one at a time, and the largest target again', () => {
    const chosen = chooseIndexLesion(chooseIndexLesion(three, '1'), '3');
    expect(indexLesion(chosen.lesions)?.id).toBe('3');
    expect(chosen.lesions.filter(({ isIndex }) => isIndex)).toHaveLength(1);
    expect(indexLesion(chooseIndexLesion(chosen, undefined).lesions)?.id).toBe('2');
  });

  it('is an input of the prediction; a segment, a depth and a comment are none', () => {
    const [first] = three.lesions;
    if (!first) throw new Error('no lesion');
    const told = changeLesion(three, { ...first, segment: 'S8', depthMm: 4, comment: 'beside the vein' });
    expect(samePredictedLesions(told.lesions, three.lesions)).toBe(true);
    expect(samePredictedLesions(chooseIndexLesion(three, '1').lesions, three.lesions)).toBe(false);
    const moved = changeLesion(three, { ...first, ...drawn(21) });
    expect(samePredictedLesions(moved.lesions, three.lesions)).toBe(false);
  });
});

describe('a series that is moved by hand', () => {
  const roles = assignRole(assignRole(emptyEdit, 'arterial', 'a', by), 't2', 't', by);

  it('is moved against the arterial one, which stays where it is; without one nothing moves', () => {
    expect(shiftSeries(roles, 't', [3, 0, -5.0004], by).shifts).toEqual([
      { seriesId: 't', against: 'a', mm: [3, 0, -5], ...by },
    ]);
    expect(shiftSeries(roles, 'a', [3, 0, 0], by)).toBe(roles);
    expect(shiftSeries(assignRole(emptyEdit, 't2', 't', by), 't', [3, 0, 0], by).shifts).toEqual([]);
    expect(shiftSeries(shiftSeries(roles, 't', [3, 0, 0], by), 't', [0, 0, 0], by).shifts).toEqual([]);
  });

  it('is an input of the prediction where the model reads it, whoever moved it', () => {
    const moved = shiftSeries(roles, 't', [3, 0, 0], by);
    expect(samePredictedShifts(moved, roles)).toBe(false);
    expect(samePredictedShifts(shiftSeries(moved, 't', [3, 0, 0], { by: 'Dr Other', at: 'later' }), moved)).toBe(true);
    expect(samePredictedShifts(shiftSeries(roles, 'pre-contrast', [3, 0, 0], by), roles)).toBe(true);
    const other = assignRole(moved, 'arterial', 'b', by);
    expect(samePredictedShifts(other, { ...other, shifts: [] })).toBe(true);
  });
});

describe('marks that are no lesions', () => {
  const line = { seriesId: 's', tool: 'length' as const, points: drawn(12).longAxis };

  it('are numbered apart from lesions, changed, and taken away by their id', () => {
    const two = addMark(addMark(addLesion(emptyEdit, drawn(20), 'l'), line, 'a'), line, 'b');
    expect(two.marks.map(({ label }) => label)).toEqual(['M1', 'M2']);
    const [, second] = two.marks;
    if (!second) throw new Error('no mark');
    expect(changeMark(two, { ...second, comment: 'duct' }).marks[1]).toMatchObject({ comment: 'duct', label: 'M2' });
    const rest = removeMarked(two, 'a');
    expect(rest.marks.map(({ id }) => id)).toEqual(['b']);
    expect(addMark(rest, line, 'c').marks.map(({ label }) => label)).toEqual(['M2', 'M3']);
    expect(removeMarked(rest, 'l').lesions).toEqual([]);
  });
});
