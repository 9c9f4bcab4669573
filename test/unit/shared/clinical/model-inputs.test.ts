import { describe, expect, it } from 'vitest';
import { type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import { modelInputIds, modelInputProblem, modelInputs, modelInputUnit } from '#shared/clinical/model-inputs.ts';

const values: FactorValues = {
  age: { value: 58, unit: 'years' },
  sex: { value: 'male' },
  hbsAg: { value: 'positive' },
  ecog: { value: '1' },
  afp: { value: 100, unit: 'IU/mL', ngPerIU: 1.21 },
  pivkaII: { value: 400, unit: 'mAU/mL', assay: 'Architect' },
  bilirubin: { value: 1.2, unit: 'mg/dL' },
  albumin: { value: 3.5, unit: 'g/dL' },
  inr: { value: 1.1, unit: '1' },
  crp: { value: 1.5, unit: 'mg/dL' },
  platelets: { value: 150_000, unit: '/µL' },
  neutrophils: { value: 4.2, unit: '10^9/L' },
  lymphocytes: { value: 1.5, unit: '10^3/µL' },
  ascites: { value: 'mild' },
  encephalopathy: { value: 'none' },
  tumourNumber: { value: 3 },
  largestDiameter: { value: 8.4, unit: 'cm', origin: 'lesion' },
  pvtt: { value: 'vp3' },
  extrahepaticSpread: { value: 'no' },
  priorTreatment: { value: 'tace' },
  coTherapy: { value: 'none' },
};

describe('modelInputs', () => {
  it('gives every factor in its canonical unit, choices by their code, and the derived quantities', () => {
    const inputs = modelInputs(values);
    const numbers = Object.fromEntries(
      Object.entries(inputs).map(([id, one]) => [id, one && Number(one.value.toFixed(3))]),
    );
    expect(numbers).toMatchObject({
      age: 58,
      sex: 1,
      hbsAg: 1,
      ecog: 1,
      afp: 121,
      pivkaII: 400,
      bilirubin: 20.52,
      albumin: 35,
      crp: 15,
      platelets: 150,
      tumourNumber: 3,
      largestDiameter: 84,
      pvtt: 3,
      extrahepaticSpread: 0,
      priorTreatment: 1,
      coTherapy: 0,
      nlr: 2.8,
      plr: 100,
      // 0.66 · log10(20.52) − 0.085 · 35
      albi: -2.109,
      // albumin 35 g/L: 2, bilirubin < 34.2: 1, INR < 1.7: 1, mild ascites: 2, no encephalopathy: 1
      childPughPoints: 7,
    });
    expect(inputs.largestDiameter?.unit).toBe('mm');
    expect(inputs.afp?.unit).toBe('ng/mL');
  });

  it('has a key for every input, undefined with a reason where nothing was entered', () => {
    const inputs = modelInputs({});
    expect(Object.keys(inputs).sort()).toEqual([...modelInputIds].sort());
    for (const id of modelInputIds) {
      expect(inputs[id], id).toBeUndefined();
      expect(modelInputProblem({}, id)?.code, id).toBe('missing');
    }
    expect(modelInputProblem({}, 'nlr')?.text).toBe('nlr needs: Neutrophils, Lymphocytes.');
  });

  it('counts PIVKA-II in ng/mL as missing and says why', () => {
    const nanograms: FactorValues = { pivkaII: { value: 7, unit: 'ng/mL', assay: 'uTASWako' } };
    expect(modelInputs(nanograms).pivkaII).toBeUndefined();
    expect(modelInputProblem(nanograms, 'pivkaII')).toMatchObject({
      code: 'not-convertible',
      text: 'PIVKA-II 7 ng/mL cannot be converted to mAU/mL across assays. It counts as missing.',
    });
  });

  it('counts AFP in IU without factor, and HBV DNA in copies, as missing', () => {
    const entries: FactorValues = { afp: { value: 100, unit: 'IU/mL' }, hbvDna: { value: 1e4, unit: 'copies/mL' } };
    expect(modelInputProblem(entries, 'afp')?.code).toBe('not-convertible');
    expect(modelInputProblem(entries, 'hbvDna')?.code).toBe('not-convertible');
  });

  it('lets no refused value through, even where a caller did not check it', () => {
    const entries: FactorValues = { albumin: { value: 3.5, unit: 'g/L' }, bilirubin: { value: 20, unit: 'µmol/L' } };
    expect(modelInputs(entries).albumin).toBeUndefined();
    expect(modelInputs(entries).albi).toBeUndefined();
    expect(modelInputProblem(entries, 'albumin')?.code).toBe('out-of-limits');
  });

  it('neither divides by no lymphocytes nor calls them missing', () => {
    const entries: FactorValues = {
      neutrophils: { value: 4, unit: '10^9/L' },
      lymphocytes: { value: 0, unit: '10^9/L' },
    };
    expect(modelInputProblem(entries, 'nlr')?.code).toBe('zero');
  });

  it('knows the unit of every input and of nothing else', () => {
    for (const id of factorIds) expect(modelInputUnit(id), id).toBeTypeOf('string');
    expect(modelInputUnit('pivkaII')).toBe('mAU/mL');
    expect(modelInputUnit('nlr')).toBe('1');
    expect(modelInputUnit('toString')).toBeUndefined();
    expect(modelInputProblem(values, 'toString')?.code).toBe('unknown-factor');
  });
});
