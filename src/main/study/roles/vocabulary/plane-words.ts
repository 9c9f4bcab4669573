/** Words for the plane of a series, for files without ImageOrientationPatient. */
import type { Plane } from '../../series/plane.ts';

const planeWords: readonly (readonly [Plane, RegExp])[] = [
  ['coronal', /\bcor(onal(e|es)?|o)?\b|\bcort2\w*|\bkoronar\w*|\bfrontale?\b|冠状|冠狀/],
  ['sagittal', /\bsag(it\w*)?\b|矢状|矢狀/],
  ['oblique', /\bobl(ique?|icuo)?\b/],
  [
    'axial',
    /\bax(ial(e|es)?)?\b|\btra(ns(versal(e)?|verse)?)?\b|\btransvers\w*|\baxt\d\w*|轴位|軸位|横断|橫斷|横轴|水平断|体軸断/,
  ],
];

/** The plane that a name speaks of; the first of several, because `ax … COR` is a reformat and excluded elsewhere. */
export const planeInName = (name: string): Plane | undefined =>
  planeWords.find(([, pattern]) => pattern.test(name))?.[0];
