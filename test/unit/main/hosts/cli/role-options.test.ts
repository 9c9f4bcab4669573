import { describe, expect, test } from 'vitest';
import type { SeriesRole } from '#shared/study/roles.ts';
import { chooseRoles, parseRoleOptions } from '../../../../../src/main/hosts/cli/role-options.ts';

const series = (id: string, role: SeriesRole, confidence: number, modality = 'MR') => ({
  id,
  modality,
  seriesInstanceUID: id.split('#')[0] ?? id,
  suggestion: { role, confidence, reasons: [] },
});

const context = (candidates: ReturnType<typeof series>[], required = true) => ({
  series: candidates,
  channels: [
    { role: 'arterial' as const, required },
    { role: 't2' as const, required: false },
  ],
  user: 'Dr Example',
  at: '2024-02-01T10:00:00.000Z',
});

describe('roles on the command line', () => {
  test('that the engine is sure of are taken as suggestions that nobody has confirmed', () => {
    const roles = chooseRoles(new Map(), context([series('2', 't2', 0.9), series('1', 'arterial', 0.8)]));
    expect(roles).toStrictEqual([
      { role: 'arterial', seriesId: '1', origin: 'suggested' },
      { role: 't2', seriesId: '2', origin: 'suggested' },
    ]);
  });

  test('named by hand are confirmed by whoever typed them, and win', () => {
    const choices = parseRoleOptions(['arterial=2.25.3#phase-1']);
    const roles = chooseRoles(choices, context([series('1', 'arterial', 0.9), series('2.25.3#phase-1', 'other', 0.1)]));
    expect(roles).toStrictEqual([
      {
        role: 'arterial',
        seriesId: '2.25.3#phase-1',
        origin: 'user',
        confirmedBy: 'Dr Example',
        confirmedAt: '2024-02-01T10:00:00.000Z',
      },
    ]);
  });

  test('are for MR series alone, whoever names them', () => {
    expect(() => chooseRoles(parseRoleOptions(['arterial=1']), context([series('1', 'other', 0.1, 'CT')]))).toThrow(
      expect.objectContaining({ code: 'not-mr', params: { role: 'arterial', modality: 'CT' } }),
    );
  });

  test('may be named by the UID of a series that was not split', () => {
    const candidates = [series('9#part', 'other', 0.1)];
    expect(chooseRoles(parseRoleOptions(['arterial=9']), context(candidates))[0]?.seriesId).toBe('9#part');
    candidates.push(series('9#other', 'other', 0.1));
    expect(() => chooseRoles(parseRoleOptions(['arterial=9']), context(candidates))).toThrow(
      /was split.*9#part, 9#other/,
    );
  });

  test('in doubt are refused, with the candidates and the option that settles it', () => {
    expect(() => chooseRoles(new Map(), context([series('1', 'arterial', 0.4)]))).toThrow(
      /arterial \(perhaps 1, confidence 0\.40\).*--role ROLE=SERIES/,
    );
  });

  test('in doubt are refused also where the model could do without, until somebody says that there is none', () => {
    const candidates = [series('1', 'arterial', 0.9), series('2', 't2', 0.3)];
    expect(() => chooseRoles(new Map(), context(candidates))).toThrow(
      expect.objectContaining({ code: 'roles-in-doubt' }),
    );
    expect(chooseRoles(parseRoleOptions(['t2=none']), context(candidates))).toHaveLength(1);
  });

  test('that no series has are left out where the model can do without, and refused where it cannot', () => {
    expect(chooseRoles(new Map(), context([], false))).toStrictEqual([]);
    expect(() => chooseRoles(new Map(), context([]))).toThrow(expect.objectContaining({ code: 'roles-in-doubt' }));
  });

  test('of a series that is not there are refused', () => {
    expect(() => chooseRoles(parseRoleOptions(['arterial=7']), context([]))).toThrow(
      expect.objectContaining({ code: 'series-unknown' }),
    );
  });

  test.each(['arterial', 'arterial=', 'liver=1', '=1'])('%s is not understood', (option) => {
    expect(() => parseRoleOptions([option])).toThrow(/Use ROLE=SERIES; roles: arterial/);
  });
});
