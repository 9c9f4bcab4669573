import { describe, expect, it } from 'vitest';
import { factorIds } from '#shared/clinical/factor-values.ts';
import {
  censoredFactors,
  factorDefinition,
  factorDefinitions,
  parseFactors,
  refusedFactors,
} from '#shared/clinical/factors.ts';

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
      refused: {},
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
      'Total bilirubin 1.2 µmol/L is unusual (usual: 6–105 µmol/L). As mg/dL it would be usual: check the unit.',
    ]);
  });

  it.each([
    ['words for a number', { alt: 'high' }, 'ALT needs a number; "high" is none. Enter digits with a point.'],
    ['a negative number', { alt: '-40' }, 'ALT needs a number; "-40" is none. Enter digits with a point.'],
    [
      'a zero that no assay gives',
      { afp: { value: 0, unit: 'ng/mL' } },
      'AFP 0 is no result of a measurement. Write the limit that the laboratory states, e.g. <0.6.',
    ],
    [
      'two units',
      { albumin: { value: '4.0 g/dL', unit: 'g/L' } },
      'Albumin "4.0 g/dL" names g/dL, and g/L is stated beside it. State one unit.',
    ],
    [
      'an impossible weight of one IU of AFP',
      { afp: { value: 100, unit: 'IU/mL', ngPerIU: 12.1 } },
      '12.1 ng per IU of AFP cannot be right (possible: 0.5–2). Enter the factor that the laboratory states.',
    ],
    [
      'half a tumour',
      { tumourNumber: 1.5 },
      'Number of tumours 1.5 is not a whole number. Enter how many were counted.',
    ],
    ['no tumour', { tumourNumber: 0 }, 'Number of tumours 0 cannot be right (possible: 1–200). Check the value.'],
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
    expect(parseFactors({ age: null, alt: undefined })).toEqual({ values: {}, refused: {}, errors: [], warnings: [] });
  });

  it('keeps the other factors when one is refused', () => {
    const { values, refused, errors } = parseFactors({ albumin: 35, age: 58 });
    expect(Object.keys(values)).toEqual(['age']);
    expect(refused).toEqual({ albumin: { value: 35 } });
    expect(errors).toHaveLength(1);
  });

  it('keeps AFP in IU as it is and warns where the factor is missing or idle', () => {
    expect(only({ afp: { value: 100, unit: 'kIU/L' } })).toEqual({
      values: { afp: { value: 100, unit: 'IU/mL' } },
      errors: [],
      warnings: [
        "AFP in IU/mL cannot be converted without the laboratory's factor. Enter the ng per IU that it states.",
      ],
    });
    expect(parseFactors({ afp: { value: 100, unit: 'IU/mL', ngPerIU: 1.21 } }).warnings).toEqual([]);
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

describe('a quantity written as text', () => {
  it('is read whole, with unit and comparator, in figures of any width', () => {
    const { values, errors } = parseFactors({
      albumin: '4.0 g/dL',
      bilirubin: '２０．５ µmol/L',
      platelets: '176 ×10⁹/L',
      afp: '>60500 ng/mL',
      hbvDna: '<20 IU/mL',
      crp: { value: '<0.61', unit: 'mg/L' },
      tumourNumber: '≥4',
    });
    expect(errors).toEqual([]);
    expect(values).toEqual({
      albumin: { value: 4, unit: 'g/dL' },
      bilirubin: { value: 20.5, unit: 'µmol/L' },
      platelets: { value: 176, unit: '10^9/L' },
      afp: { value: 60_500, comparator: '>', unit: 'ng/mL' },
      hbvDna: { value: 20, comparator: '<', unit: 'IU/mL' },
      crp: { value: 0.61, comparator: '<', unit: 'mg/L' },
      tumourNumber: { value: 4, comparator: '>=' },
    });
    expect(censoredFactors(values).map((one) => one.text)).toEqual([
      'HBV DNA is only known to be < 20 IU/mL. Scores and models take 20 itself.',
      'AFP is only known to be > 60500 ng/mL. Scores and models take 60500 itself.',
      'CRP is only known to be < 0.61 mg/L. Scores and models take 0.61 itself.',
      'Number of tumours is only known to be ≥ 4. Scores and models take 4 itself.',
    ]);
  });

  it('is asked about where a comma may part thousands or decimals, and both readings are offered', () => {
    const [problem] = parseFactors({ pivkaII: { value: '1,234', unit: 'mAU/mL', assay: 'Architect' } }).errors;
    expect(problem).toMatchObject({ code: 'number-ambiguous', params: { first: 1234, second: 1.234 } });
    expect(problem?.repairs).toEqual([
      { value: 1234, unit: 'mAU/mL', assay: 'Architect' },
      { value: 1.234, unit: 'mAU/mL', assay: 'Architect' },
    ]);
    // Only one of the two could be kept: it alone is offered, and it is still not taken unasked.
    expect(parseFactors({ inr: '1,234' }).errors[0]?.repairs).toEqual([{ value: 1.234 }]);
  });

  it('offers the unit in which a refused or doubtful figure would be usual', () => {
    expect(parseFactors({ albumin: '3.5 g/L' }).errors[0]?.repairs).toEqual([{ value: 3.5, unit: 'g/dL' }]);
    expect(parseFactors({ bilirubin: '1.2 µmol/L' }).warnings[0]?.repairs).toEqual([{ value: 1.2, unit: 'mg/dL' }]);
    expect(parseFactors({ albumin: 3.5 }).errors[0]?.repairs).toEqual([{ value: 3.5, unit: 'g/dL' }]);
  });

  it.each([0.5, 1, 3, 5.9])('asks whether a bilirubin of %d µmol/L, under 6, is in mg/dL', (value) => {
    const { errors, warnings } = parseFactors({ bilirubin: { value, unit: 'µmol/L' } });
    expect([...errors, ...warnings].map(({ params }) => params.hint)).toEqual(['mg/dL']);
  });

  it('asks about no unit where there is only one', () => {
    expect(parseFactors({ age: 82 }).warnings).toEqual([]);
    expect(parseFactors({ age: 97 }).warnings.map((one) => one.text)).toEqual([
      'Age 97 years is unusual (usual: 18–95 years). Check the value.',
    ]);
  });

  it.each(['afp', 'neutrophils', 'lymphocytes', 'pivkaII'] as const)('takes no 0 of %s for a value', (id) => {
    const unit = { afp: 'ng/mL', neutrophils: '10^9/L', lymphocytes: '10^9/L', pivkaII: 'mAU/mL' }[id];
    expect(parseFactors({ [id]: { value: 0, unit } }).errors.map(({ code }) => code)).toEqual(['zero']);
  });
});

describe('refused entries of a case', () => {
  it('are listed with what is wrong until they are mended', () => {
    const values = {
      albumin: { value: '3.5', unit: 'g/L' },
      age: { value: 58 },
      afp: { value: 'high', unit: 'ng/mL' },
    };
    expect(refusedFactors(values).map(({ factor, code }) => [factor, code])).toEqual([
      ['afp', 'not-a-number'],
      ['albumin', 'out-of-limits'],
    ]);
    expect(
      refusedFactors({ ...values, albumin: { value: 3.5, unit: 'g/dL' }, afp: { value: 3, unit: 'ng/mL' } }),
    ).toEqual([]);
  });
});
