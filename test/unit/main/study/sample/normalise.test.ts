import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianInPlace } from '../../../../../src/main/study/sample/median.ts';
import { normaliseChannel } from '../../../../../src/main/study/sample/normalise.ts';

const all = (n: number) => new Uint8Array(n).fill(1);

describe('normaliseChannel', () => {
  it('subtracts the median and divides by 1.4826 MAD, inside only', () => {
    // Inside 1 2 3 4 100: median 3, |x − 3| = 2 1 0 1 97, MAD 1.
    const out = normaliseChannel(Float32Array.of(1, 2, 3, 4, 100, -999), Uint8Array.of(1, 1, 1, 1, 1, 0), 6);
    expect(out.median).toBe(3);
    expect(out.robustSd).toBeCloseTo(1.4826, 6);
    const expected = [-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 6, 0];
    for (const [i, value] of expected.entries()) expect(out.values[i]).toBeCloseTo(value, 6);
  });

  it('falls back to the standard deviation where most values are equal', () => {
    // Mean 1, variance (4·1 + 1·16)/5 = 4.
    const out = normaliseChannel(Float32Array.of(0, 0, 0, 0, 5), all(5), 6);
    expect(out.robustSd).toBeCloseTo(2, 6);
    expect(out.values[4]).toBeCloseTo(2.5, 6);
  });

  it('refuses a flat image', () => {
    expect(() => normaliseChannel(new Float32Array(9).fill(7), all(9), 6)).toThrow(
      expect.objectContaining({ code: 'flat-image' }),
    );
  });

  it('does not depend on the gain and offset of the scanner', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -300, max: 300 }),
        (values, gain, offset) => {
          fc.pre(new Set(values).size > 1);
          const a = normaliseChannel(Float32Array.from(values), all(values.length), 6).values;
          const b = normaliseChannel(
            Float32Array.from(values, (x) => gain * x + offset),
            all(values.length),
            6,
          ).values;
          for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i] ?? 0, 4);
        },
      ),
    );
  });
});

describe('medianInPlace', () => {
  it('agrees with sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 80 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const half = sorted.length >> 1;
        const truth = sorted.length % 2 ? sorted[half] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
        expect(medianInPlace(Float64Array.from(values))).toBe(truth);
      }),
    );
  });
});
