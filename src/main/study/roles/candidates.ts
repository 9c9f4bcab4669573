/** Which series can be a contrast phase at all. */
import type { SeriesView } from './series-view.ts';

/** Kinds of image that are computed from others or show something else than signal. */
const excludedKinds = new Set([
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
  'localizer',
  'phase',
  'real',
  'imaginary',
  'reformat',
]);

export const isExcludedKind = (view: SeriesView): boolean =>
  view.part === 'fat' || (view.kind !== undefined && excludedKinds.has(view.kind));

/** Echo times above this carry T2 contrast; a spoiled gradient echo of the liver stays below 10 ms at any field. */
export const longestT1EchoMs = 15;

/** Parameters of a spoiled gradient echo: gradient echo, short TE, and a TR short enough for a breath-hold. */
export const hasT1GradientParameters = (view: SeriesView): boolean => {
  if (!view.scanning.includes('GR') || view.scanning.includes('SE') || view.scanning.includes('EP')) return false;
  const { echoTime, repetitionTime } = view;
  return echoTime !== undefined && echoTime <= longestT1EchoMs && (repetitionTime ?? 0) <= 400;
};

export const isT1Gradient = (view: SeriesView): boolean =>
  !view.says.t2 &&
  (view.echoTime === undefined || view.echoTime <= longestT1EchoMs) &&
  !view.scanning.includes('SE') &&
  (view.says.t1Gradient || view.says.t1 || hasT1GradientParameters(view));

/** Words of a contrast phase imply the T1 gradient echo that phases are made with. */
export const speaksOfPhase = (view: SeriesView): boolean =>
  view.phases.roles.length > 0 || view.phases.delays.length > 0 || view.phases.dynamic;

/**
 * A series that may be a phase of the dynamic acquisition: T1 gradient echo by sequence, parameters or phase words, and
 * not a fat image, an in- or opposed-phase image, or a derived one.
 */
export const isDynamicCandidate = (view: SeriesView): boolean =>
  !isExcludedKind(view) && view.echo === undefined && !saysT2(view) && (isT1Gradient(view) || speaksOfPhase(view));

const saysT2 = (view: SeriesView): boolean =>
  view.says.t2 || view.says.singleShot || (view.echoTime !== undefined && view.echoTime > longestT1EchoMs);
