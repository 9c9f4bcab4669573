import { describe, expect, it } from 'vitest';
import { compact, isoDate, percent, signed } from '../../../src/shared/format.ts';

describe('numbers on screen', () => {
  it.each([
    [0.004, '<1%'],
    [0.01, '1%'],
    [0.634, '63%'],
    [0.99, '99%'],
    [0.996, '>99%'],
  ])('writes the probability %f as %s', (value, text) => expect(percent(value)).toBe(text));

  it.each([
    [0.82, '+0.82'],
    [-0.243, '\u22120.24'],
    [-0.0001, '0.00'],
  ])('writes %f log-odds as %s', (value, text) => expect(signed(value)).toBe(text));

  it.each([
    [412, '412'],
    [13_250, '13300'],
    [0.0123456, '0.0123'],
    [-2.109, '\u22122.11'],
  ])('writes %f with three significant digits and no exponent: %s', (value, text) => expect(compact(value)).toBe(text));

  it('reads DICOM and ISO dates alike', () => {
    expect(isoDate('20260314')).toBe('2026-03-14');
    expect(isoDate('2026-03-14T10:00:00Z')).toBe('2026-03-14');
    expect(isoDate(undefined)).toBe('');
  });
});
