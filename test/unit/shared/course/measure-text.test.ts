import { describe, expect, test } from 'vitest';
import type { CourseMeasure } from '#shared/course/lesion-over-time.ts';
import { isViableTooLong, measureText, readMeasure } from '#shared/course/measure-text.ts';

const measured = (text: string, kind: 'mm' | 'viableMm' = 'mm', before?: Parameters<typeof readMeasure>[2]) => {
  const result = readMeasure(text, kind, before);
  if (!result.ok) throw new Error(result.problem);
  return result.measure;
};

describe('what is typed into the lesion table', () => {
  test.each([
    ['42', { state: 'measured', mm: 42 }],
    ['42,5', { state: 'measured', mm: 42.5 }],
    ['４２．５ mm', { state: 'measured', mm: 42.5 }],
    ['28 + 20', { state: 'split', parts: [{ mm: 28 }, { mm: 20 }] }],
    ['0', { state: 'gone' }],
    ['gone', { state: 'gone' }],
    ['消失', { state: 'gone' }],
    ['too small', { state: 'too-small' }],
    ['ne', { state: 'not-assessed' }],
    ['=l1', { state: 'merged', into: 'L1' }],
  ])('%s', (text, expected) => {
    expect(measured(text)).toStrictEqual(expected);
  });

  test.each(['abc', '-3', '4 5', '1e3', '12-14', '+4'])('%s is refused and changes nothing', (text) => {
    expect(readMeasure(text, 'mm', undefined)).toStrictEqual({ ok: false, problem: 'unreadable' });
  });

  test('a length that no lesion has is refused', () => {
    expect(readMeasure('4200', 'mm', undefined)).toStrictEqual({ ok: false, problem: 'too-long' });
  });

  test('each diameter is entered beside the other; no enhancement is 0 and not gone', () => {
    const whole = measured('75', 'mm');
    const both = measured('0', 'viableMm', whole);
    expect(both).toStrictEqual({ state: 'measured', mm: 75, viableMm: 0 });
    expect(measured('', 'mm', both)).toStrictEqual({ state: 'measured', viableMm: 0 });
    expect(measured('', 'viableMm', whole)).toStrictEqual(whole);
    expect(measured('', 'mm', whole)).toBeUndefined();
  });

  test('a number that is typed over a drawn one no longer says where it was drawn; the other one still does', () => {
    const drawn = {
      state: 'measured' as const,
      mm: 40,
      place: { seriesId: 's' },
      viableMm: 30,
      viablePlace: { seriesId: 't' },
    };
    expect(measured('41', 'mm', drawn)).toStrictEqual({
      state: 'measured',
      mm: 41,
      viableMm: 30,
      viablePlace: { seriesId: 't' },
    });
  });

  test('taken away leaves the other diameter where it was drawn', () => {
    const drawn = { ...measured('40'), place: { seriesId: 's' }, viableMm: 30, viablePlace: { seriesId: 't' } };
    const both = drawn as CourseMeasure;
    expect(measured('', 'viableMm', both)).toStrictEqual({ state: 'measured', mm: 40, place: { seriesId: 's' } });
    expect(measured('', 'mm', both)).toStrictEqual({ state: 'measured', viableMm: 30, viablePlace: { seriesId: 't' } });
  });

  test('of the enhancing part is no longer than the whole, of each piece', () => {
    expect(isViableTooLong({ state: 'measured', mm: 30, viableMm: 31 })).toBe(true);
    expect(isViableTooLong({ state: 'measured', mm: 30, viableMm: 30 })).toBe(false);
    expect(isViableTooLong({ state: 'measured', viableMm: 31 })).toBe(false);
    expect(
      isViableTooLong({
        state: 'split',
        parts: [
          { mm: 28, viableMm: 9 },
          { mm: 5, viableMm: 9 },
        ],
      }),
    ).toBe(true);
    expect(isViableTooLong({ state: 'gone' })).toBe(false);
  });

  test('pieces of a lesion have both diameters each', () => {
    const whole = measured('28+20');
    expect(measured('20+0', 'viableMm', whole)).toStrictEqual({
      state: 'split',
      parts: [
        { mm: 28, viableMm: 20 },
        { mm: 20, viableMm: 0 },
      ],
    });
  });

  test('is shown as it was typed', () => {
    for (const text of ['42', '42.5', '28+20', '=L1']) expect(measureText(measured(text), 'mm')).toBe(text);
    expect(measureText(measured('gone'), 'mm')).toBe('');
    expect(measureText(undefined, 'viableMm')).toBe('');
  });
});
