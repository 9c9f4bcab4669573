/** A factor on the scale on which a model weighs it. Pure. */
import type { ModelFactor } from './manifest.ts';

const transforms: Readonly<Record<ModelFactor['transform'], (value: number) => number>> = {
  identity: (value) => value,
  log10: Math.log10,
  log10p1: (value) => Math.log10(value + 1),
  sqrt: Math.sqrt,
};

/** z = (transform(value) − center) / scale, not finite where the transform is not defined for it (a logarithm of 0). */
export const standardise = (factor: ModelFactor, value: number): number =>
  (transforms[factor.transform](value) - factor.center) / factor.scale;

/** A head that is linear in z says nothing true beyond what it was fitted on: the nearest value it saw stands in. */
export const withinTraining = ({ range, extrapolate }: ModelFactor, value: number): number =>
  range && extrapolate !== 'linear' ? Math.min(range[1], Math.max(range[0], value)) : value;
