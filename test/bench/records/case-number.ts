/** An invented case of realistic size, the same for the same number. */
import type { SavedCase } from '#shared/cases/case.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { CaseToSave } from '../../../src/main/cases/rows/case-to-save.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../../unit/main/cases/sample-case.ts';

const FAMILIES = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周'];
const FAMILIES_LATIN = ['Wang', 'Li', 'Zhang', 'Liu', 'Chen', 'Yang', 'Huang', 'Zhao', 'Wu', 'Zhou'];
const GIVEN = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超'];
const GIVEN_LATIN = [
  'Wei',
  'Fang',
  'Na',
  'Min',
  'Jing',
  'Li',
  'Qiang',
  'Lei',
  'Jun',
  'Yang',
  'Yong',
  'Yan',
  'Jie',
  'Juan',
  'Tao',
  'Ming',
  'Chao',
];
const SLICES = 60;
/** Values of an evidence map as the demonstration model makes them. */
const MAP_SIDE = 48;

const at = <T>(list: readonly T[], number: number): T => {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
};

const seriesNumber = (template: ScannedSeries, number: number): ScannedSeries => ({
  ...template,
  id: `2.25.2.${number}`,
  seriesInstanceUID: `2.25.2.${number}`,
  instances: SLICES,
  ...(template.geometry
    ? {
        geometry: {
          ...template.geometry,
          positions: Array.from({ length: SLICES }, (_, slice): [number, number, number] => [
            -200.125,
            -180.5,
            slice * 3.3,
          ]),
        },
      }
    : {}),
});

/** Repeatable, and as hard to compress as a map is: single precision, as a model computes. */
const mapValues = (seed: number): number[] =>
  Array.from({ length: MAP_SIDE * MAP_SIDE }, (_, index) => Math.fround(Math.sin(seed * 7919 + index * 0.37) / 2_304));

export const caseNumber = (number: number): CaseToSave => {
  const name = `${at(FAMILIES_LATIN, number)}^${at(GIVEN_LATIN, Math.floor(number / 10))}=${at(FAMILIES, number)}^${at(GIVEN, Math.floor(number / 10))}`;
  const study = sampleStudy(name, `P-${String(number).padStart(7, '0')}`);
  const [template] = study.series;
  if (!template) throw new Error('the sample study has a series');
  const prediction = samplePrediction(`prediction-${number}`, ((number * 37) % 100) / 100);
  const factors: SavedCase['factors'] = {
    age: { value: 40 + (number % 45), unit: 'years' },
    sex: { value: number % 4 === 0 ? 'female' : 'male' },
    afp: { value: 1 + (number % 5_000), unit: 'ng/mL' },
    bilirubin: { value: 8 + (number % 20), unit: 'µmol/L' },
    albumin: { value: 30 + (number % 18), unit: 'g/L' },
    hbsAg: { value: 'positive' },
    ecog: { value: '1' },
  };
  return sampleCase({
    study: {
      ...study,
      studyInstanceUID: `2.25.1.${number}`,
      series: Array.from({ length: 6 }, (_, index) => seriesNumber(template, number * 10 + index)),
    },
    factors,
    note: '',
    prediction: { ...prediction, map: { ...prediction.map, values: mapValues(number) } },
  });
};
