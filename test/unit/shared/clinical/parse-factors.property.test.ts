import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorIds, factorValuesSchema } from '#shared/clinical/factor-values.ts';
import { readFactorsFile } from '#shared/clinical/factors-file.ts';
import { holdFlags } from '#shared/clinical/hold-flags.ts';
import { modelInputs } from '#shared/clinical/model-inputs.ts';
import { parseFactors, refusedFactors } from '#shared/clinical/parse-factors.ts';
import { deriveScores } from '#shared/clinical/scores/index.ts';

const id = fc.constantFrom(...factorIds);
const unit = fc.constantFrom(
  'g/L',
  'g/dL',
  'mg/L',
  'mg/dL',
  'µmol/L',
  'ng/mL',
  'IU/mL',
  '10^9/L',
  '/µL',
  'mm',
  'cm',
  'years',
  '1',
  'U/L',
  's',
  '?',
);
const text = fc.constantFrom(
  '4.0 g/dL',
  '1,234',
  '1.234,5',
  '>60500',
  '<20 IU/mL',
  '3,5',
  '２．５',
  '2.3×10^5',
  '0',
  '-1',
);
const option = fc.constantFrom('male', 'yes', 'none', 'vp3', 'vv1', 'positive', '0', '2', 'severe', 'grade1-2', 'tace');
const value = fc.oneof(fc.double({ noNaN: true, min: 0, max: 1e6 }), fc.integer({ min: 0, max: 200 }), option, text);
const entry = fc.oneof(
  value,
  fc.record({ value, unit, ngPerIU: fc.double({ noNaN: true, min: 0.1, max: 5 }) }, { requiredKeys: ['value'] }),
);
const form = fc.dictionary(id, entry);

describe('parseFactors, whatever comes in', () => {
  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { values, errors } = readFactorsFile(json);
        return factorValuesSchema.safeParse(values).success && Array.isArray(errors);
      }),
    );
  });

  it('keeps or refuses every factor, and reads its own output unchanged', () => {
    fc.assert(
      fc.property(form, (raw) => {
        const { values, refused: kept, errors, warnings } = parseFactors(raw);
        for (const key of Object.keys(raw)) {
          const refused = errors.some((one) => one.factor === key);
          expect(Object.hasOwn(values, key), key).toBe(!refused);
          expect(Object.hasOwn(kept, key), key).toBe(refused);
        }
        expect(parseFactors(values)).toEqual({ values, refused: {}, errors: [], warnings });
        // A case holds both; what was refused stays refused, and every repair would be kept.
        const all = { ...values, ...kept };
        expect(
          refusedFactors(all)
            .map(({ factor }) => factor)
            .sort(),
        ).toEqual(Object.keys(kept).sort());
        for (const { factor, repairs = [] } of [...errors, ...warnings]) {
          for (const repair of repairs) expect(parseFactors({ [factor]: repair }).errors).toEqual([]);
        }
      }),
    );
  });

  it('never lets a score, a flag or a model input become NaN or infinite', () => {
    fc.assert(
      fc.property(form, (raw) => {
        const { values } = parseFactors(raw);
        const numbers = [
          ...deriveScores(values).map((score) => score.value),
          ...holdFlags(values).map((flag) => flag.value),
          ...Object.values(modelInputs(values)).map((input) => input?.value ?? null),
        ];
        return numbers.every((one) => one === null || Number.isFinite(one));
      }),
    );
  });
});
