import { describe, expect, test } from 'vitest';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { chooseShifts, parseShiftOptions } from '../../../../../src/main/hosts/cli/shift-options.ts';

const context = (roles: RoleAssignment[]) => ({ roles, user: 'Dr Example', at: '2026-02-01T10:00:00.000Z' });
const arterial: RoleAssignment = { role: 'arterial', seriesId: 'a', origin: 'suggested' };
const t2: RoleAssignment = { role: 't2', seriesId: 't', origin: 'suggested' };
const usage = (text: string) => expect.objectContaining({ code: 'usage', message: expect.stringContaining(text) });

describe('shifts on the command line', () => {
  test('move the series of a role against the arterial one, by whoever typed them', () => {
    expect(chooseShifts(parseShiftOptions(['t2=3,0,-5']), context([arterial, t2]))).toStrictEqual([
      { seriesId: 't', against: 'a', mm: [3, 0, -5], by: 'Dr Example', at: '2026-02-01T10:00:00.000Z' },
    ]);
    expect(chooseShifts(parseShiftOptions(['t2=0,0,0']), context([arterial, t2]))).toStrictEqual([]);
  });

  test.each(['t2', 't2=', 't2=1,2', 't2=1,2,x', 't2=1,,2', 't2=1,2,3,4', 't2=0,0,101'])('refuses %s', (option) => {
    expect(() => parseShiftOptions([option])).toThrow(usage('three numbers'));
  });

  test('refuses the arterial series, and what is no role', () => {
    expect(() => parseShiftOptions(['arterial=1,0,0'])).toThrow(usage('against the arterial series'));
    expect(() => parseShiftOptions(['pre=1,0,0'])).toThrow(usage('names no role'));
  });

  test('needs a series of the role, and an arterial one', () => {
    expect(() => chooseShifts(parseShiftOptions(['delayed=1,0,0']), context([arterial, t2]))).toThrow(
      usage('no series has the delayed role'),
    );
    expect(() => chooseShifts(parseShiftOptions(['t2=1,0,0']), context([t2]))).toThrow(
      usage('no series has the arterial role'),
    );
  });
});
