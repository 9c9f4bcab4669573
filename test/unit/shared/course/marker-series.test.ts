import { describe, expect, test } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { bodySurface } from '#shared/course/body-surface.ts';
import { ctcaeCode, ctcaeTerms } from '#shared/course/ctcae-terms.ts';
import { givenDose } from '#shared/course/given-dose.ts';
import { acthScore, markerSeries } from '#shared/course/marker-series.ts';
import { sampleCycle, sampleTimePoint } from './sample-course.ts';

const at = (id: string, date: string, factors: FactorValues) => sampleTimePoint(id, date, {}, { factors });

describe('markers over time', () => {
  test('points of one unit and assay are one line, in order of date, cycles and images together', () => {
    const course = {
      timePoints: [
        at('baseline', '2026-03-17', { afp: { value: 400, unit: 'ng/mL' } }),
        at('f1', '2026-05-12', { afp: { value: 60, unit: 'ng/mL' } }),
      ],
      cycles: [{ ...sampleCycle('c1', '2026-04-14'), labs: { afp: { value: 160, unit: 'ng/mL' } } }],
    };
    const [afp, ...others] = markerSeries(course);
    expect(others).toStrictEqual([]);
    expect(afp?.lines.map((line) => line.map(({ date, value }) => [date, value]))).toStrictEqual([
      [
        ['2026-03-17', 400],
        ['2026-04-14', 160],
        ['2026-05-12', 60],
      ],
    ]);
  });

  test('another assay begins another line', () => {
    const course = {
      timePoints: [
        at('baseline', '2026-03-17', { pivkaII: { value: 900, unit: 'mAU/mL', assay: 'A' } }),
        at('f1', '2026-05-12', { pivkaII: { value: 300, unit: 'mAU/mL', assay: 'A' } }),
        at('f2', '2026-07-07', { pivkaII: { value: 310, unit: 'mAU/mL', assay: 'B' } }),
      ],
      cycles: [],
    };
    expect(markerSeries(course)[0]?.lines.map((line) => line.length)).toStrictEqual([2, 1]);
  });

  test('ALBI and NLR follow from the values of their day, and from nothing else', () => {
    const course = {
      timePoints: [
        at('baseline', '2026-03-17', { bilirubin: { value: 10, unit: 'µmol/L' }, albumin: { value: 40, unit: 'g/L' } }),
        at('f1', '2026-05-12', { bilirubin: { value: 10, unit: 'µmol/L' } }),
      ],
      cycles: [],
    };
    const albi = markerSeries(course).find(({ id }) => id === 'albi');
    // 0.66 · log10(10) − 0.085 · 40
    expect(albi?.lines.flat().map(({ value }) => value)).toStrictEqual([-2.74]);
  });

  test('ACTH needs every part of it, two weeks after the start', () => {
    const liver: FactorValues = {
      bilirubin: { value: 10, unit: 'µmol/L' },
      albumin: { value: 40, unit: 'g/L' },
      inr: { value: 1.1 },
      ascites: { value: 'none' },
      encephalopathy: { value: 'none' },
    };
    const markers = (afp: number, pivka: number): FactorValues => ({
      afp: { value: afp, unit: 'ng/mL' },
      pivkaII: { value: pivka, unit: 'mAU/mL' },
    });
    const course = (after: FactorValues) => ({
      timePoints: [at('baseline', '2026-03-17', { ...liver, ...markers(400, 900) }), at('f', '2026-04-07', after)],
      cycles: [],
    });
    expect(acthScore(course(markers(320, 721)), '2026-03-24')).toStrictEqual({ value: 1, date: '2026-04-07' });
    expect(acthScore(course(markers(320, 720)), '2026-03-24')).toStrictEqual({ value: 0, date: '2026-04-07' });
    expect(acthScore(course({ afp: { value: 1, unit: 'ng/mL' } }), '2026-03-24')).toBeUndefined();
    expect(acthScore(course(markers(320, 720)), '2026-01-01')).toBeUndefined();
  });
});

describe('what a dose amounts to', () => {
  test('body surface by each formula: 170 cm, 65 kg', () => {
    expect(bodySurface('mosteller', 170, 65)).toBeCloseTo(1.752, 3);
    expect(bodySurface('du-bois', 170, 65)).toBeCloseTo(1.754, 3);
  });

  test('a given dose against the planned one: per m² and in percent', () => {
    const body = { m2: 2, weightKg: 80 };
    const planned = { value: 130, unit: 'mg/m²' as const };
    expect(givenDose({ value: 208, unit: 'mg' }, planned, body)).toStrictEqual({ perM2: 104, ofPlan: 80 });
    expect(givenDose({ value: 104, unit: 'mg/m²' }, planned, { m2: undefined, weightKg: undefined })).toStrictEqual({
      perM2: undefined,
      ofPlan: 80,
    });
    expect(givenDose({ value: 208, unit: 'mg' }, planned, { m2: undefined, weightKg: 80 })).toStrictEqual({
      perM2: undefined,
      ofPlan: undefined,
    });
    expect(givenDose(undefined, planned, body)).toStrictEqual({ perM2: undefined, ofPlan: undefined });
  });
});

test('a term has its code; codes are those of MedDRA, each once', () => {
  expect(ctcaeCode('abdominal pain')).toBe('10000081');
  expect(ctcaeCode('something else')).toBeUndefined();
  expect(ctcaeTerms.every(({ code }) => /^10\d{6}$/.test(code))).toBe(true);
  expect(new Set(ctcaeTerms.map(({ code }) => code)).size).toBe(ctcaeTerms.length);
});
