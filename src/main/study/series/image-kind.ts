/**
 * What one image of a series shows, from ImageType (0008,0008) and its relatives: vendors keep the water, fat, in- and
 * opposed-phase images of a Dixon acquisition, or magnitude and phase, in one series and tell them apart only there.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { number, texts } from './fact-values.ts';

export const imageKinds = [
  'in-phase',
  'opposed-phase',
  'water',
  'fat',
  'fat-fraction',
  'r2star',
  't2star',
  'b0-map',
  'adc',
  'exponential-adc',
  'trace',
  'subtraction',
  'projection',
  'reformat',
  'localizer',
  'phase',
  'real',
  'imaginary',
  'magnitude',
] as const;
export type ImageKind = (typeof imageKinds)[number];

/** ImageType values by vendor: Siemens and GE spell them out, Philips and United Imaging abbreviate. */
const kindOfValue: Readonly<Record<string, ImageKind>> = {
  IN_PHASE: 'in-phase',
  INPHASE: 'in-phase',
  'IN PHASE': 'in-phase',
  IP: 'in-phase',
  OPP_PHASE: 'opposed-phase',
  OPPOSED_PHASE: 'opposed-phase',
  OUT_PHASE: 'opposed-phase',
  OUT_OF_PHASE: 'opposed-phase',
  OUTPHASE: 'opposed-phase',
  OPPOSED: 'opposed-phase',
  OP: 'opposed-phase',
  WATER: 'water',
  W: 'water',
  FAT: 'fat',
  F: 'fat',
  FF: 'fat-fraction',
  FAT_FRACTION: 'fat-fraction',
  FATFRACTION: 'fat-fraction',
  FAT_FRAC: 'fat-fraction',
  R2STAR: 'r2star',
  R2_STAR: 'r2star',
  T2STAR: 't2star',
  T2_STAR: 't2star',
  B0: 'b0-map',
  ADC: 'adc',
  ADC_UNSPECIFIED: 'adc',
  EADC: 'exponential-adc',
  EXP: 'exponential-adc',
  TRACEW: 'trace',
  TRACE: 'trace',
  SUBTRACTION: 'subtraction',
  SUB: 'subtraction',
  SUBTRACT: 'subtraction',
  MIP: 'projection',
  MINIP: 'projection',
  PROJECTION: 'projection',
  'PROJECTION IMAGE': 'projection',
  MAX_IP: 'projection',
  MIN_IP: 'projection',
  'CSA MIP': 'projection',
  MPR: 'reformat',
  'CSA MPR': 'reformat',
  REFORMATTED: 'reformat',
  LOCALIZER: 'localizer',
  P: 'phase',
  PHASE: 'phase',
  'PHASE MAP': 'phase',
  R: 'real',
  REAL: 'real',
  I: 'imaginary',
  IMAGINARY: 'imaginary',
  M: 'magnitude',
  MAGNITUDE: 'magnitude',
  M_FFE: 'magnitude',
  M_SE: 'magnitude',
  M_IR: 'magnitude',
};

/** Values of ImageType, upper case; Enhanced objects say magnitude or phase in ComplexImageComponent instead. */
export const imageTypeValues = (facts: SeriesFacts): string[] =>
  [...texts(facts, 'ImageType'), ...texts(facts, 'ComplexImageComponent')].map((value) => value.toUpperCase());

/** GE numbers magnitude, phase, real and imaginary images in (0043,102F). */
const geKinds: Readonly<Record<number, ImageKind>> = { 1: 'phase', 2: 'real', 3: 'imaginary' };

/**
 * The most telling kind among the values, or `undefined` where they say nothing. `P` alone may also stand for a
 * projection or a primary image in old files, so one letter counts only from the third value on.
 */
export const imageKind = (facts: SeriesFacts): ImageKind | undefined => {
  const values = imageTypeValues(facts);
  const found = new Set<ImageKind>();
  values.forEach((value, index) => {
    const kind = Object.hasOwn(kindOfValue, value) ? kindOfValue[value] : undefined;
    if (kind && (value.length > 1 || index >= 2)) found.add(kind);
  });
  const ge = geKinds[number(facts, 'GERawDataType') ?? 0];
  if (ge) found.add(ge);
  return imageKinds.find((kind) => found.has(kind));
};

/** Kinds that are computed from other images or show something else than signal. */
const derivedKinds: ReadonlySet<ImageKind> = new Set([
  'fat-fraction',
  'r2star',
  't2star',
  'b0-map',
  'adc',
  'exponential-adc',
  'subtraction',
  'projection',
  'reformat',
]);

export const isDerivedKind = (kind: ImageKind | undefined): boolean => kind !== undefined && derivedKinds.has(kind);
