/**
 * Forty cases that the shipped model was not made for, each the demonstration patient with one thing made wrong, and the
 * reason for which its number has to be withheld.
 */
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { PredictionRequest } from '#shared/model/prediction.ts';
import { add, scale, subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import type { DecodedVolume } from '../../../../src/main/study/records.ts';

/** What a prediction starts from, as a case may spoil it. */
export interface Situation {
  study: ScannedStudy;
  request: PredictionRequest;
  /** Changes the decoded pixels of a role. */
  pixels: (role: ModelRole, volume: DecodedVolume) => DecodedVolume;
}

export interface UnsuitedCase {
  name: string;
  code: string;
  spoil: (from: Situation) => Situation;
}

const factors =
  (changes: FactorValues): UnsuitedCase['spoil'] =>
  (from) => ({ ...from, request: { ...from.request, factors: { ...from.request.factors, ...changes } } });

const modality =
  (value: string, ...roles: ModelRole[]): UnsuitedCase['spoil'] =>
  ({ study, request, ...rest }) => {
    const ids = request.roles
      .filter(({ role }) => roles.length === 0 || roles.includes(role))
      .map((one) => one.seriesId);
    const series = study.series.map((one) => (ids.includes(one.id) ? { ...one, modality: value } : one));
    return { ...rest, request, study: { ...study, series } };
  };

const lesion =
  (change: (one: Lesion) => Lesion): UnsuitedCase['spoil'] =>
  (from) => ({ ...from, request: { ...from.request, lesions: from.request.lesions.map(change) } });

/** The long axis shortened to `mm` about its middle. */
const measuring = (mm: number) =>
  lesion((one) => {
    const [a, b] = one.longAxis;
    const middle = scale(add(a, b), 0.5);
    const half = scale(subtract(b, a), mm / 2 / Math.hypot(...subtract(b, a)));
    return { ...one, longAxis: [subtract(middle, half), add(middle, half)] };
  });

const moved = (by: Vec3) =>
  lesion((one) => ({ ...one, longAxis: [add(one.longAxis[0], by), add(one.longAxis[1], by)] }));

const thickness =
  (mm: number, diameter: number): UnsuitedCase['spoil'] =>
  (from) => {
    const arterial = from.request.roles.find(({ role }) => role === 'arterial')?.seriesId ?? '';
    const series = from.study.series.map((one) => ({ ...one, facts: { ...one.facts, SliceThickness: mm } }));
    const on = lesion((one) => ({ ...one, seriesId: arterial }))({ ...from, study: { ...from.study, series } });
    return measuring(diameter)(on);
  };

const roles =
  (change: (role: ModelRole) => ModelRole): UnsuitedCase['spoil'] =>
  (from) => {
    const of = new Map(from.request.roles.map((one) => [one.role, one.seriesId]));
    const changed = from.request.roles.map((one) => ({ ...one, seriesId: of.get(change(one.role)) ?? one.seriesId }));
    return { ...from, request: { ...from.request, roles: changed } };
  };

const values =
  (of: (value: number, at: number) => number): UnsuitedCase['spoil'] =>
  (from) => ({
    ...from,
    pixels: (_, volume) => ({ ...volume, data: Float32Array.from(volume.data, of) }),
  });

const refused = (...entries: [string, string][]): UnsuitedCase['spoil'] => {
  const refusedEntries = entries.map(([factor, code]) => ({ factor, code }));
  return (from) => ({ ...from, request: { ...from.request, refusedEntries } });
};

/** A pixel's noise by its place alone, so that every run sees the same. */
const noise = (at: number): number => (Math.sin(at * 12.9898) * 43758.5453) % 1;

const lowAlbumin = { value: 22, unit: 'g/L' };
const jaundice = { value: 180, unit: 'µmol/L' };

export const unsuitedCases: UnsuitedCase[] = [
  { name: 'a CT study', code: 'no-mr', spoil: modality('CT') },
  { name: 'a PET study', code: 'no-mr', spoil: modality('PT') },
  { name: 'an ultrasound study', code: 'no-mr', spoil: modality('US') },
  { name: 'CT in the arterial role', code: 'not-mr', spoil: modality('CT', 'arterial') },
  { name: 'PET in the T2 role', code: 'not-mr', spoil: modality('PT', 't2') },
  { name: 'CT in both echoes', code: 'not-mr', spoil: modality('CT', 'in-phase', 'opposed-phase') },
  { name: 'a secondary capture as delayed phase', code: 'not-mr', spoil: modality('OT', 'delayed') },

  {
    name: 'roles in reverse order',
    code: 'unlike-training',
    spoil: roles((role) => {
      const order: ModelRole[] = ['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase'];
      return order[5 - order.indexOf(role)] ?? role;
    }),
  },
  { name: 'contrast inverted', code: 'unlike-training', spoil: values((value) => 4000 - value) },
  { name: 'noise', code: 'unlike-training', spoil: values((_, at) => 1000 * noise(at)) },
  {
    name: 'smooth tissue with noise, as in a water phantom',
    code: 'unlike-training',
    spoil: values((_, at) => 900 + 5 * noise(at)),
  },
  { name: 'stripes', code: 'unlike-training', spoil: values((_, at) => (at % 16 < 8 ? 100 : 900)) },
  { name: 'a lesion marked in the spleen', code: 'unlike-training', spoil: moved([150, 40, 0]) },
  { name: 'a lesion marked in the back muscle', code: 'unlike-training', spoil: moved([100, 90, 0]) },

  { name: 'a lesion of 3 mm', code: 'lesion-small', spoil: measuring(3) },
  { name: 'a lesion of 5 mm', code: 'lesion-small', spoil: measuring(5) },
  { name: 'a lesion of 8 mm', code: 'lesion-small', spoil: measuring(8) },
  { name: 'a lesion of 9.9 mm', code: 'lesion-small', spoil: measuring(9.9) },
  { name: 'a lesion of 13 mm on slices of 8 mm', code: 'lesion-small', spoil: thickness(8, 13) },
  { name: 'a lesion of 11 mm on slices of 6 mm', code: 'lesion-small', spoil: thickness(6, 11) },

  { name: 'a lesion a metre away', code: 'lesion-outside', spoil: moved([1000, 0, 0]) },
  { name: 'a lesion above every slice', code: 'lesion-outside', spoil: moved([0, 0, 400]) },
  { name: 'a lesion below every slice', code: 'lesion-outside', spoil: moved([0, 0, -400]) },
  { name: 'a lesion off the edge of the images', code: 'lesion-outside', spoil: moved([-190, 0, 0]) },

  {
    name: 'one series as portal venous and delayed',
    code: 'series-twice',
    spoil: roles((role) => (role === 'delayed' ? 'portal-venous' : role)),
  },
  { name: 'the arterial series in every role', code: 'series-twice', spoil: roles(() => 'arterial') },
  {
    name: 'one echo for both',
    code: 'series-twice',
    spoil: roles((role) => (role === 'opposed-phase' ? 'in-phase' : role)),
  },

  { name: 'ECOG 3', code: 'ecog', spoil: factors({ ecog: { value: '3' } }) },
  { name: 'ECOG 4', code: 'ecog', spoil: factors({ ecog: { value: '4' } }) },
  {
    name: 'ECOG 3 by the tumour with extrahepatic spread, BCLC D',
    code: 'bclc-d',
    spoil: factors({ ecog: { value: '3' }, ecogCause: { value: 'tumour' }, extrahepaticSpread: { value: 'yes' } }),
  },
  {
    name: 'ECOG 4 with severe ascites',
    code: 'ecog',
    spoil: factors({ ecog: { value: '4' }, ascites: { value: 'severe' } }),
  },
  {
    name: 'bilirubin 180, albumin 22, severe ascites, platelets 18, ECOG 4',
    code: 'child-pugh-c',
    spoil: factors({
      ecog: { value: '4' },
      ascites: { value: 'severe' },
      bilirubin: jaundice,
      albumin: lowAlbumin,
      platelets: { value: 18, unit: '10^9/L' },
    }),
  },
  {
    name: 'Child–Pugh C by bilirubin, albumin and ascites',
    code: 'child-pugh-c',
    spoil: factors({ ascites: { value: 'severe' }, bilirubin: jaundice, albumin: lowAlbumin }),
  },
  {
    name: 'Child–Pugh C with encephalopathy',
    code: 'child-pugh-c',
    spoil: factors({ encephalopathy: { value: 'grade3-4' }, bilirubin: jaundice, albumin: lowAlbumin }),
  },
  {
    name: 'Child–Pugh C by INR, bilirubin and ascites, BCLC D',
    code: 'bclc-d',
    spoil: factors({ ascites: { value: 'severe' }, bilirubin: jaundice, inr: { value: 3, unit: '1' } }),
  },

  { name: 'albumin refused', code: 'refused-entries', spoil: refused(['albumin', 'out-of-limits']) },
  { name: 'AFP without its unit', code: 'refused-entries', spoil: refused(['afp', 'unit-missing']) },
  {
    name: 'platelets in words, kept among the factors as they were written',
    code: 'refused-entries',
    spoil: factors({ platelets: { value: 'many', unit: '10^9/L' } }),
  },
  { name: 'a factor nobody knows', code: 'refused-entries', spoil: refused(['alphaFetoprotein', 'unknown-factor']) },
  {
    name: 'three refused entries',
    code: 'refused-entries',
    spoil: refused(['afp', 'unit-missing'], ['inr', 'out-of-limits'], ['ecog', 'unknown-option']),
  },
];
