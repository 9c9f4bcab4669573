import { describe, expect, it } from 'vitest';
import { factorIds } from '#shared/clinical/factor-values.ts';
import { factorDefinition, factorDefinitions, parseFactors } from '#shared/clinical/factors.ts';

const only = (raw: Record<string, unknown>) => {
  const { values, errors, warnings } = parseFactors(raw);
  return { values, errors: errors.map((one) => one.text), warnings: warnings.map((one) => one.text) };
};

describe('the table of factors', () => {
  it('defines every factor once, in the order of the ids', () => {
    expect(factorDefinitions.map((one) => one.id)).toEqual([...factorIds]);
  });

  it('keeps the usual range inside the limits, for every unit', () => {
    for (const factor of factorDefinitions) {
      if (factor.kind === 'choice') continue;
      const ranges = [
        factor,
        ...(factor.kind === 'measured' ? factor.units.filter((one) => one.toCanonical === 'never') : []),
      ];
      for (const { limits, usual } of ranges) {
        expect(usual.low, factor.id).toBeGreaterThanOrEqual(limits.low);
        expect(usual.high, factor.id).toBeLessThanOrEqual(limits.high);
      }
    }
  });

  it('gives every option of a choice its own id', () => {
    for (const factor of factorDefinitions) {
      if (factor.kind !== 'choice') continue;
      expect(new Set(factor.options.map((one) => one.id)).size, factor.id).toBe(factor.options.length);
    }
  });
});

describe('parseFactors', () => {
  it('keeps an entry whole and writes its unit in one spelling', () => {
    const raw = {
      bilirubin: { value: 20.52, unit: 'umol/l', date: '2026-03-14' },
      platelets: { value: 150, unit: '×10⁹/L' },
    };
    expect(parseFactors(raw)).toEqual({
      values: {
        bilirubin: { value: 20.52, unit: 'µmol/L', date: '2026-03-14' },
        platelets: { value: 150, unit: '10^9/L' },
      },
      errors: [],
      warnings: [],
    });
  });

  it('refuses a quantity without unit where more than one is possible, and names them', () => {
    expect(only({ bilirubin: 20 })).toEqual({
      values: {},
      errors: ['Total bilirubin 20 has no unit and none is assumed. State one of: µmol/L, mg/dL.'],
      warnings: [],
    });
  });

  it('takes a bare value where there is only one unit, a count or a choice', () => {
    const { values, errors } = parseFactors({
      age: 58,
      alt: 40,
      inr: 1.1,
      tumourNumber: 2,
      sex: 'male',
      ecog: 1,
      pvtt: 'Vp3',
    });
    expect(errors).toEqual([]);
    expect(values).toEqual({
      age: { value: 58, unit: 'years' },
      alt: { value: 40, unit: 'U/L' },
      inr: { value: 1.1, unit: '1' },
      tumourNumber: { value: 2 },
      sex: { value: 'male' },
      ecog: { value: '1' },
      pvtt: { value: 'vp3' },
    });
  });

  it('refuses what no living adult has, with both bounds and the likelier unit', () => {
    expect(only({ albumin: { value: 3.5, unit: 'g/L' } })).toEqual({
      values: {},
      errors: ['Albumin 3.5 g/L cannot be right (possible: 10–70 g/L). As g/dL it would be usual: check the unit.'],
      warnings: [],
    });
    expect(only({ platelets: { value: 150_000, unit: '10^9/L' } }).errors).toEqual([
      'Platelets 150000 10^9/L cannot be right (possible: 1–3000 10^9/L). As /µL it would be usual: check the unit.',
    ]);
  });

  it('states the limits in the unit that was used', () => {
    expect(only({ bilirubin: { value: 900, unit: 'mg/dL' } }).errors).toEqual([
      'Total bilirubin 900 mg/dL cannot be right (possible: 0.0585–58.5 mg/dL). Check the value and its unit.',
    ]);
  });

  it('keeps an unusual value with a warning', () => {
    const { values, warnings } = only({ bilirubin: { value: 1.2, unit: 'µmol/L' } });
    expect(values.bilirubin).toEqual({ value: 1.2, unit: 'µmol/L' });
    expect(warnings).toEqual([
      'Total bilirubin 1.2 µmol/L is unusual (usual: 3–100 µmol/L). As mg/dL it would be usual: check the unit.',
    ]);
  });

  it.each([
    ['words for a number', { alt: 'high' }, 'ALT needs a number; "high" is none. Enter digits with a point.'],
    ['a number written as text', { alt: '40' }, 'ALT needs a number; "40" is none. Enter digits with a point.'],
    [
      'half a tumour',
      { tumourNumber: 1.5 },
      'Number of tumours 1.5 is not a whole number. Enter how many were counted.',
    ],
    [
      'no tumour',
      { tumourNumber: 0 },
      'Number of tumours 0 cannot be right (possible: 1–200). Check the value and its unit.',
    ],
    [
      'an unknown option',
      { pvtt: 'II' },
      'Portal vein tumour thrombus "II" is not known. Choose one of: vp0, vp1, vp2, vp3, vp4.',
    ],
    [
      'a number for a named option',
      { pvtt: 3 },
      'Portal vein tumour thrombus "3" is not known. Choose one of: vp0, vp1, vp2, vp3, vp4.',
    ],
    [
      'an unknown unit',
      { crp: { value: 1, unit: 'nmol/L' } },
      'CRP cannot be read in "nmol/L". State it in one of: mg/L, mg/dL.',
    ],
    [
      'a day that is not',
      { age: { value: 58, date: '2026-02-30' } },
      'The date "2026-02-30" of Age is no ISO 8601 date. Write it as 2026-03-14.',
    ],
    ['an unknown factor', { 'PIVKA-II': 40 }, 'There is no factor "PIVKA-II". Did you mean "pivkaII"?'],
  ])('refuses %s', (_what, raw, sentence) => {
    expect(only(raw)).toEqual({ values: {}, errors: [sentence], warnings: [] });
  });

  it('refuses an entry of the wrong shape and says where', () => {
    expect(only({ age: { amount: 58 } }).errors[0]).toMatch(
      /^Age is not an entry \(value: .+\)\. Write \{ "value": …, "unit": "…" \}\.$/,
    );
    expect(only({ age: [58] }).values).toEqual({});
  });

  it('takes an empty entry for a factor left out', () => {
    expect(parseFactors({ age: null, alt: undefined })).toEqual({ values: {}, errors: [], warnings: [] });
  });

  it('keeps the other factors when one is refused', () => {
    const { values, errors } = parseFactors({ albumin: 35, age: 58 });
    expect(Object.keys(values)).toEqual(['age']);
    expect(errors).toHaveLength(1);
  });

  it('keeps AFP in IU as it is and warns where the factor is missing, odd or idle', () => {
    expect(only({ afp: { value: 100, unit: 'kIU/L' } })).toEqual({
      values: { afp: { value: 100, unit: 'IU/mL' } },
      errors: [],
      warnings: [
        "AFP in IU/mL cannot be converted without the laboratory's factor. Enter the ng per IU that it states.",
      ],
    });
    expect(parseFactors({ afp: { value: 100, unit: 'IU/mL', ngPerIU: 1.21 } }).warnings).toEqual([]);
    expect(parseFactors({ afp: { value: 100, unit: 'IU/mL', ngPerIU: 12.1 } }).warnings[0]?.code).toBe(
      'ng-per-iu-unusual',
    );
    expect(parseFactors({ afp: { value: 100, unit: 'ng/mL', ngPerIU: 1.21 } }).warnings[0]?.code).toBe(
      'ng-per-iu-unused',
    );
  });

  it('asks for the assay of PIVKA-II', () => {
    expect(parseFactors({ pivkaII: { value: 400, unit: 'mAU/mL' } }).warnings[0]?.code).toBe('assay-missing');
    expect(parseFactors({ pivkaII: { value: 400, unit: 'mAU/mL', assay: 'Architect' } }).warnings).toEqual([]);
  });

  it('gives nothing new when it reads its own output again', () => {
    const first = parseFactors({ afp: { value: 3, unit: 'ug/L' }, ecog: 2, inr: 1, tumourNumber: 3 });
    expect(parseFactors(first.values)).toEqual(first);
  });

  it('has usable English names for messages', () => {
    expect(factorDefinition('ggt').label).toBe('γ-GT');
  });
});
