import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { factorDefinitions, parseFactors } from '#shared/clinical/factors.ts';
import { holdFlagIds } from '#shared/clinical/hold-flags.ts';
import { modelInputIds } from '#shared/clinical/model-inputs.ts';
import { deriveScores } from '#shared/clinical/scores/index.ts';
import { i18n, inOnePiece, setLanguage } from '../../../../../src/renderer/locales/index.ts';
import { fitsInRow } from '../../../../../src/renderer/panels/factors/field-model.ts';
import { factorsSummary, say } from '../../../../../src/renderer/panels/factors/say.ts';
import { problemMessage, scoreParts } from '../../../../../src/shared/clinical/factor-messages.ts';
import factorProblem from '../../../../../src/shared/clinical/factor-problem.ts?raw';

const has = (key: string) => i18n.global.te(`factors.${key}`);

const whole: FactorValues = {
  ecog: { value: '0' },
  pvtt: { value: 'vp0' },
  hepaticVeinInvasion: { value: 'vv0' },
  extrahepaticSpread: { value: 'no' },
  tumourNumber: { value: 1 },
  albumin: { value: 40, unit: 'g/L' },
  bilirubin: { value: 12, unit: 'µmol/L' },
  inr: { value: 1, unit: '1' },
  ascites: { value: 'none' },
  encephalopathy: { value: 'none' },
};
const patient: FactorValues = {
  ecog: { value: '1' },
  pvtt: { value: 'vp3' },
  albumin: { value: 35, unit: 'g/L' },
  bilirubin: { value: 20.52, unit: 'µmol/L' },
  inr: { value: 1.1, unit: '1' },
  ascites: { value: 'none' },
  encephalopathy: { value: 'none' },
  platelets: { value: 55, unit: '10^9/L' },
};

describe.each(['en', 'zh-CN'] as const)('the words in %s', (language) => {
  it('name every factor, option, group, score, flag and model input', () => {
    setLanguage(language);
    for (const factor of factorDefinitions) {
      expect(has(`names.${factor.id}`), factor.id).toBe(true);
      expect(has(`groups.${factor.group}`), factor.group).toBe(true);
      if (factor.kind !== 'choice') continue;
      for (const option of factor.options) {
        expect(has(`options.${factor.id}.${option.id}`), `${factor.id} ${option.id}`).toBe(true);
      }
    }
    for (const id of modelInputIds) expect(has(`names.${id}`), id).toBe(true);
    for (const score of deriveScores({})) {
      expect(has(`scores.names.${score.id}`), score.id).toBe(true);
      expect(has(`scores.formulas.${score.id}`), score.id).toBe(true);
    }
    for (const id of holdFlagIds) {
      expect(has(`flags.names.${id}`), id).toBe(true);
      expect(has(`flags.sources.${id}`), id).toBe(true);
    }
  });

  it('are short enough to stand in a row, or stand in a list', () => {
    setLanguage(language);
    const lists = factorDefinitions.flatMap((factor) => {
      if (factor.kind !== 'choice') return [];
      const labels = factor.options.map(({ id }) => i18n.global.t(`factors.options.${factor.id}.${id}`));
      return fitsInRow(labels) ? [] : [factor.id];
    });
    expect(lists).toEqual(['hcv', 'priorTreatment', 'coTherapy']);
  });

  it('have a sentence for every code of a problem', () => {
    setLanguage(language);
    const codes = [...factorProblem.matchAll(/\| '([\w-]+)'/g)].map((match) => match[1]);
    expect(codes).toContain('hbv-contradicts');
    expect(codes.filter((code) => !i18n.global.te(`factors.problems.${code}`))).toEqual([]);
  });

  it('have a sentence for every problem and every reason, with no parameter left open', () => {
    setLanguage(language);
    const { errors, warnings } = parseFactors({
      albumin: { value: 3.5, unit: 'g/L' },
      bilirubin: { value: 1.2, unit: 'µmol/L' },
      crp: { value: '<500', unit: 'mg/L' },
      lymphocytes: { value: 0, unit: '10^9/L' },
      prothrombinTime: 30,
      inr: '1,234',
      haemoglobin: { value: '12 g/dL', unit: 'g/L' },
      creatinine: 8000,
      platelets: { value: 9000, unit: '10^9/L' },
      alt: 'high',
      tumourNumber: 1.5,
      pvtt: 'II',
      hbvDna: 20,
      ggt: { value: 20, unit: 'mg' },
      ast: { value: 20, date: '2026-02-30' },
      afp: { value: 20, unit: 'IU/mL' },
      pivkaII: { value: 20, unit: 'mAU/mL' },
      nothing: 1,
    });
    expect(new Set([...errors, ...warnings].map((one) => one.code)).size).toBe(15);
    for (const problem of [...errors, ...warnings]) {
      const { key } = problemMessage(problem);
      expect(i18n.global.te(key), key).toBe(true);
      expect(say(problemMessage(problem)), key).not.toMatch(/[{}]/);
    }
    const cases: FactorValues[] = [
      {},
      patient,
      { ...patient, hepaticVeinInvasion: { value: 'vv1' }, extrahepaticSpread: { value: 'yes' } },
      {
        ...patient,
        albumin: { value: 20, unit: 'g/L' },
        ascites: { value: 'severe' },
        bilirubin: { value: 90, unit: 'µmol/L' },
      },
      { ...patient, albumin: { value: 27, unit: 'g/L' }, ascites: { value: 'mild' } },
      { ...whole, ecog: { value: '2' }, ecogCause: { value: 'other' } },
      { ...whole, ecog: { value: '4' } },
      { ...whole, cheng: { value: 'IV' }, hepaticVeinInvasion: { value: 'vv3' } },
      { ...whole, extrahepaticSpread: { value: 'yes' } },
      { ...whole, largestDiameter: { value: 40, unit: 'mm' } },
      { ...whole, tumourNumber: { value: 5 } },
    ];
    for (const { code, params } of cases.flatMap(deriveScores).flatMap((score) => score.reasons)) {
      const key = `factors.scores.reasons.${code}`;
      expect(i18n.global.te(key), key).toBe(true);
      expect(say({ key, params: params ?? {} }), key).not.toMatch(/[{}]/);
    }
  });
});

it('states the very formulas that are computed', () => {
  setLanguage('en');
  for (const score of deriveScores({})) {
    expect(i18n.global.t(`factors.scores.formulas.${score.id}`)).toBe(inOnePiece(score.formula));
  }
});

// A word joiner after the dash: a line breaks behind one that stands alone.
it('sums the panel up in one line of either language, with the name of a score in one piece', () => {
  setLanguage('en');
  expect(factorsSummary(patient)).toBe('8 of 39 entered · BCLC C · Child–\u2060Pugh A6 · ALBI 2 · one flag');
  expect(factorsSummary({ ...patient, albumin: { value: '3.5', unit: 'g/L' } })).toMatch(
    /^one refused · 7 of 39 entered · /,
  );
  expect(factorsSummary({})).toBe('0 of 39 entered');
  setLanguage('zh-CN');
  expect(factorsSummary(patient)).toBe('已填 8 / 39 · BCLC C · Child–\u2060Pugh A6 · ALBI 2 · 1 项提示');
});

it('writes scores as clinicians do, with a true minus sign', () => {
  setLanguage('en');
  const shown = Object.fromEntries(
    deriveScores({ ...patient, tumourNumber: { value: 2 }, largestDiameter: { value: 84, unit: 'mm' } }).map(
      (score) => [score.id, scoreParts(score).map((part) => (typeof part === 'string' ? part : say(part)))],
    ),
  );
  expect(shown).toMatchObject({
    bclc: ['C'],
    childPugh: ['A6'],
    albi: ['\u22122.11', 'grade 2'],
    sixAndTwelve: ['10.4', 'intermediate'],
    upToSeven: ['10.4', 'beyond'],
    crafity: [],
  });
});

it('rounds no score across a cut-off', () => {
  const score = (id: 'albi' | 'upToSeven', value: number, grade: string) =>
    scoreParts({ id, value, grade, formula: '', source: '', inputsMissing: [], reasons: [] })[0];
  expect(score('albi', -2.5979, '2')).toBe('\u22122.598');
  expect(score('albi', -2.6021, '1')).toBe('\u22122.60');
  expect(score('upToSeven', 7.04, 'beyond')).toBe('7.04');
  expect(score('upToSeven', 7, 'within')).toBe('7.0');
});
