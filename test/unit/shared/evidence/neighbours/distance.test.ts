/** Held to an independent computation: `test/fixtures/neighbours/reference.py`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Distance, distanceBetween, type Seen, standardised } from '#shared/evidence/neighbours/distance.ts';
import type { ModelFactor } from '#shared/model/manifest.ts';
import { withinTraining } from '#shared/model/standardise.ts';

interface Reference {
  factors: (Omit<ModelFactor, 'coefficient'> & { range: [number, number] | null })[];
  precision: number[][];
  patients: { features: number[]; values: Record<string, number | null> }[];
  /** [total, images, factors, compared], null where too little is known of both. */
  distances: ([number, number, number, number] | null)[][];
}
const file = resolve(import.meta.dirname, '../../../../fixtures/neighbours/reference.json');
const reference: Reference = JSON.parse(readFileSync(file, 'utf8'));
const factors: ModelFactor[] = reference.factors.map((one) => ({ ...one, coefficient: 0 }));
const scale = {
  factors,
  novelty: { mean: reference.precision.map(() => 0), precision: reference.precision, limit: 30, quantile: 0.99 },
};

/** As a prediction keeps it: the value, and what was counted in its place. */
const seenOf = ({ features, values }: Reference['patients'][number]): Seen => ({
  features,
  factors: standardised(
    factors,
    factors.map((factor) => {
      const value = values[factor.id] ?? null;
      const counted = value === null ? value : withinTraining(factor, value);
      return { factor: factor.id, value, ...(counted === null || counted === value ? {} : { countedAs: counted }) };
    }),
  ),
});

test('144 distances are those of an independent computation, to 1e-12', () => {
  const seen = reference.patients.map(seenOf);
  const rows = seen.map((one) => seen.map((other) => distanceBetween(one, other, scale)));
  const flat = (apart: Distance | undefined) => apart && [apart.total, apart.images, apart.factors, apart.compared];
  let unknown = 0;
  for (const [i, row] of rows.entries()) {
    for (const [j, apart] of row.entries()) {
      const wanted = reference.distances[i]?.[j];
      if (!wanted) {
        expect(apart).toBeUndefined();
        unknown++;
        continue;
      }
      const found = flat(apart) ?? [];
      expect(found).toHaveLength(4);
      found.forEach((value, at) => {
        expect(value).toBeCloseTo(wanted[at] ?? Number.NaN, 12);
      });
    }
  }
  expect(unknown).toBeGreaterThan(0);
  expect(unknown).toBeLessThan(72);
});

test('a distance is the same both ways, and nothing to oneself', () => {
  const [one, other] = reference.patients.filter(({ values }) => !Object.values(values).includes(null)).map(seenOf);
  if (!one || !other) throw new Error('two patients have everything');
  expect(distanceBetween(one, other, scale)).toStrictEqual(distanceBetween(other, one, scale));
  expect(distanceBetween(one, one, scale)).toMatchObject({ total: 0, images: 0, factors: 0, compared: factors.length });
});

test('what is missing of one is neither a difference nor an agreement', () => {
  const full: Seen = { features: [0, 0, 0, 0], factors: [0, 0, 0, 0, 0] };
  const apart = distanceBetween(full, { ...full, factors: [2, 2, 2, null, null] }, scale);
  expect(apart).toMatchObject({ images: 0, compared: 3 });
  expect(apart?.factors).toBeCloseTo(Math.sqrt(2), 12);
  expect(distanceBetween(full, { ...full, factors: [0, 0, null, null, null] }, scale)).toBeUndefined();
});

test('features of another length, or that are no numbers, are not compared', () => {
  const full: Seen = { features: [0, 0, 0, 0], factors: [0, 0, 0, 0, 0] };
  expect(distanceBetween(full, { ...full, features: [0, 0, 0] }, scale)).toBeUndefined();
  expect(distanceBetween(full, { ...full, features: [0, 0, 0, Number.NaN] }, scale)).toBeUndefined();
});

test('a logarithm of nothing is missing', () => {
  expect(standardised(factors, [{ factor: 'afp', value: 0 }])).toStrictEqual([null, null, null, null, null]);
});
