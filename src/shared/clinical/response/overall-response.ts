/** Non-target lesions, new lesions, and the response of a whole visit (RECIST 1.1, tables of time point response). */
import { type ResponseReason, reason } from './reasons.ts';
import type { LesionIdentity, MeasuredVisit, NonTargetResponse, ResponseCode, TargetResponse } from './timeline.ts';

const readFromMeasures = (
  { measures }: MeasuredVisit,
  nonTargets: readonly LesionIdentity[],
): NonTargetResponse | undefined => {
  if (nonTargets.length === 0) return undefined;
  const states = nonTargets.map(({ id }) => measures[id]?.state ?? 'not-assessed');
  if (states.includes('not-assessed')) return 'NE';
  return states.every((state) => state === 'gone') ? 'CR' : 'NON-CR/NON-PD';
};

/**
 * What the non-target lesions say: as the reader stated it, else from their measures, which never make a progression (it has
 * to be unequivocal to a reader). Undefined where there are none. A raised marker rules CR out, without lesions too.
 */
export const nonTargetResponse = (
  visit: MeasuredVisit,
  nonTargets: readonly LesionIdentity[],
): NonTargetResponse | undefined => {
  const read = visit.nonTarget ?? readFromMeasures(visit, nonTargets);
  return visit.markers === 'raised' && (read === undefined || read === 'CR') ? 'NON-CR/NON-PD' : read;
};

const withoutTargets = (nonTarget: NonTargetResponse | undefined): ResponseCode => nonTarget ?? 'NE';

const withoutProgression = (
  target: TargetResponse,
  nonTarget: Exclude<NonTargetResponse, 'PD'> | undefined,
): ResponseCode => (target === 'CR' && nonTarget !== undefined && nonTarget !== 'CR' ? 'PR' : target);

const whyNotComplete = (visit: MeasuredVisit, nonTarget: NonTargetResponse): ResponseReason => {
  if (nonTarget === 'NE') return reason('non-target-not-assessed');
  return reason(visit.markers === 'raised' ? 'marker-raised' : 'non-target-persists');
};

/** @param target undefined where the patient has no target lesion. */
export const overallResponse = (
  visit: MeasuredVisit,
  target: TargetResponse | undefined,
  nonTarget: NonTargetResponse | undefined,
): { readonly response: ResponseCode; readonly reasons: readonly ResponseReason[] } => {
  const reasons: ResponseReason[] = [];
  if (visit.newLesions === 'equivocal') reasons.push(reason('new-lesion-equivocal'));
  if (visit.newLesions === 'unequivocal') reasons.push(reason('new-lesion'));
  if (nonTarget === 'PD') reasons.push(reason('non-target-progressed'));
  if (nonTarget === 'PD' || target === 'PD' || visit.newLesions === 'unequivocal') return { response: 'PD', reasons };
  const response = target === undefined ? withoutTargets(nonTarget) : withoutProgression(target, nonTarget);
  if (target === undefined) reasons.push(reason('no-target'));
  if (target === 'CR' && response === 'PR' && nonTarget) reasons.push(whyNotComplete(visit, nonTarget));
  return { response, reasons };
};
