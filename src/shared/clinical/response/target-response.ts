/** Response of the target lesions at one visit, judged in the order CR, PD, PR, SD (RECIST 1.1; mRECIST on viable diameters). */
import { type ResponseReason, reason, said } from './reasons.ts';
import { isPartialResponse, isProgression, percentChange, tenths, toMm } from './thresholds.ts';
import type { Criterion, LesionIdentity, ResponseOptions, TargetResponse } from './timeline.ts';
import type { VisitSum } from './visit-sum.ts';

/** A node below this short axis is normal. */
const NORMAL_NODE = tenths(10);

/** What the visits before this one left behind. */
export interface Course {
  /** Tenths of a millimetre. */
  readonly baseline: number;
  /** The smallest sum so far, over visits where every target was assessed. */
  readonly nadir: { readonly sum: number; readonly date: string };
  /** Whether an earlier visit was a complete response as a whole. */
  readonly wasComplete: boolean;
  readonly confirmedPr: boolean;
}

export interface Judged {
  readonly response: TargetResponse;
  readonly reasons: readonly ResponseReason[];
}

const isGone = (size: number, node: boolean): boolean => (node ? size < NORMAL_NODE : size === 0);

const list = (ids: readonly string[]): string => ids.join(', ');

/** After a complete response: the targets that are there again. */
const reappeared = (visit: VisitSum, targets: readonly LesionIdentity[], { wasComplete }: Course, node: boolean) =>
  wasComplete
    ? targets
        .filter((target) => target.node === node && !isGone(visit.sizes.get(target.id) ?? 0, node))
        .map(({ id }) => id)
    : [];

const progression = (sum: number, { nadir }: Course): ResponseReason => {
  const percent = percentChange(sum, nadir.sum);
  if (percent === undefined) return reason('above-nadir-zero', { sum: toMm(sum) });
  return reason('above-nadir', {
    sum: toMm(sum),
    percent: said(percent),
    growth: toMm(sum - nadir.sum),
    nadir: toMm(nadir.sum),
    date: nadir.date,
  });
};

const conventions = (visit: VisitSum): ResponseReason[] => [
  ...(visit.tooSmall.length > 0 ? [reason('counted-as-five', { lesions: list(visit.tooSmall) })] : []),
  ...(visit.viableMissing.length > 0 ? [reason('viable-not-measured', { lesions: list(visit.viableMissing) })] : []),
];

/** Not every target was assessed: the answer stands only where it is PD even if those were gone. */
const judgeIncomplete = (visit: VisitSum, course: Course, options: ResponseOptions): Judged => {
  const lesions = list(visit.notAssessed);
  return isProgression(visit.sum, course.nadir.sum, options.fiveMillimetreRule)
    ? { response: 'PD', reasons: [progression(visit.sum, course), reason('progression-whatever', { lesions })] }
    : { response: 'NE', reasons: [reason('not-all-assessed', { lesions })] };
};

const judgeBySum = (sum: number, course: Course, options: ResponseOptions): Judged => {
  const { baseline, nadir } = course;
  if (isProgression(sum, nadir.sum, options.fiveMillimetreRule)) {
    return { response: 'PD', reasons: [progression(sum, course)] };
  }
  const spared = isProgression(sum, nadir.sum, false)
    ? [reason('under-five-millimetres', { sum: toMm(sum), nadir: toMm(nadir.sum), growth: toMm(sum - nadir.sum) })]
    : [];
  if (isPartialResponse(sum, baseline)) {
    const percent = said(percentChange(sum, baseline) ?? 0);
    return {
      response: 'PR',
      reasons: [...spared, reason('below-baseline', { sum: toMm(sum), baseline: toMm(baseline), percent })],
    };
  }
  const unchanged = reason('not-enough-change', { sum: toMm(sum), baseline: toMm(baseline), nadir: toMm(nadir.sum) });
  return course.confirmedPr && options.prCarryForward
    ? { response: 'PR', reasons: [...spared, unchanged, reason('response-kept')] }
    : { response: 'SD', reasons: [...spared, unchanged] };
};

const judge = (
  visit: VisitSum,
  targets: readonly LesionIdentity[],
  course: Course,
  criterion: Criterion,
  options: ResponseOptions,
): Judged => {
  const back = reappeared(visit, targets, course, false);
  if (back.length > 0) return { response: 'PD', reasons: [reason('reappeared', { lesions: list(back) })] };
  if (visit.notAssessed.length > 0) return judgeIncomplete(visit, course, options);
  if (targets.every(({ id, node }) => isGone(visit.sizes.get(id) ?? 0, node))) {
    return {
      response: 'CR',
      reasons: [reason(criterion === 'mrecist' ? 'target-not-enhancing' : 'target-gone')],
    };
  }
  const bySum = judgeBySum(visit.sum, course, options);
  const nodes = reappeared(visit, targets, course, true);
  return nodes.length > 0 && bySum.response !== 'PD'
    ? { ...bySum, reasons: [...bySum.reasons, reason('node-regrown', { lesions: list(nodes) })] }
    : bySum;
};

export const targetResponse = (
  visit: VisitSum,
  targets: readonly LesionIdentity[],
  course: Course,
  criterion: Criterion,
  options: ResponseOptions,
): Judged => {
  const { response, reasons } = judge(visit, targets, course, criterion, options);
  return { response, reasons: [...reasons, ...conventions(visit)] };
};
