/** Why a response is what it is: a code and its numbers for translation, and the same in English. */

type Params = Readonly<Record<string, string | number>>;

const english = {
  baseline: 'Baseline: the sum of the target lesions is {sum} mm.',
  'no-target': 'There is no target lesion: the non-target lesions decide.',
  'target-gone': 'Every target lesion is gone, and every target node measures less than 10 mm.',
  'target-not-enhancing':
    'No target lesion enhances in the arterial phase, and every target node measures less than 10 mm.',
  'below-baseline': 'The sum of {sum} mm lies {percent} % under the baseline of {baseline} mm (at least 30 %).',
  'not-enough-change':
    'The sum of {sum} mm is neither 30 % under the baseline of {baseline} mm nor 20 % above the nadir of {nadir} mm.',
  'above-nadir': 'The sum of {sum} mm lies {percent} % and {growth} mm above the nadir of {nadir} mm of {date}.',
  'above-nadir-zero': 'The sum rose from a nadir of 0 mm to {sum} mm.',
  'under-five-millimetres':
    'The sum of {sum} mm lies 20 % or more above the nadir of {nadir} mm, but by {growth} mm only: less than 5 mm is no progression.',
  'not-all-assessed': 'Not assessed: {lesions}. Their size could change the answer.',
  'progression-whatever': 'Not assessed: {lesions}. Even if they were gone, the rest progressed.',
  'counted-as-five': 'Too small to measure, counted as 5 mm: {lesions}.',
  'viable-not-measured': 'The enhancing part was not measured: {lesions}.',
  reappeared: 'After a complete response {lesions} appeared again: progression, whatever the sum.',
  'node-regrown':
    'A node reached 10 mm again after it was normal ({lesions}). That need not be disease: a reader decides.',
  'response-kept':
    'The sum alone says stable disease. A confirmed partial response is kept until progression (option prCarryForward).',
  'non-target-progressed': 'Unequivocal progression of non-target lesions.',
  'non-target-persists': 'Non-target lesions persist: no complete response.',
  'non-target-not-assessed': 'Not every non-target lesion was assessed: a complete response cannot be claimed.',
  'marker-raised': 'A tumour marker is above normal: no complete response.',
  'new-lesion': 'A new lesion.',
  'new-lesion-equivocal':
    'A new lesion is equivocal. Where a later visit confirms it, progression is dated back to this one.',
  'progression-dated-back': 'The new lesion was first seen on {date}: progression is dated there.',
  'target-decides': 'Target lesions {target}, non-target lesions without progression, no new lesion.',
  'after-progression': 'After progression on {date}: does not count for the best response.',
  stated: 'Read elsewhere and taken as stated.',
  'not-applicable':
    'mRECIST is not applicable: no target lesion enhances in the arterial phase at baseline. Use RECIST 1.1.',
  'not-enhancing-target': 'Left out of the sum, since it does not enhance at baseline: {lesions}.',
  'not-measured-at-baseline': 'Left out of the sum, since it was not measured at baseline: {lesions}.',
  'best-visit': 'The best response up to progression, of {date}.',
  confirmed: '{response} of {date}, confirmed on {by}.',
  'not-confirmed': '{response} of {date} was not confirmed after {days} days or more.',
  'stable-long-enough': 'No progression on {date}, at least {days} days after the start.',
  'stable-too-early': 'Stable before day {days} only: that is no evidence of stable disease.',
  progressed: 'Progression on {date}, and nothing better before.',
  'early-complete-then-stable': 'Complete response before day {days}, then stable disease: counted as progression.',
  'reader-decides':
    'A complete response of {date} is followed by a partial one. If it was complete, the disease came back (PD); if it was partial, PR. A reader decides.',
  'no-assessment': 'There is no assessment after the baseline.',
  'nothing-evaluable': 'No visit could be evaluated.',
  'old-baseline': 'The baseline is {days} days older than the start; RECIST 1.1 allows 4 weeks.',
  'too-many-targets': '{count} target lesions; RECIST 1.1 counts at most five.',
  'too-many-in-organ':
    '{count} target lesions in {organ}; RECIST 1.1 counts at most two in one organ, all nodes being one.',
  'small-target': '{lesion} measures {mm} mm at baseline; a target lesion has at least {least} mm.',
  'five-millimetres-always': 'RECIST 1.1 always asks for 5 mm of growth; the option is not used.',
  'unknown-option': 'The option {option} is not known and was not used.',
} as const;

export type ReasonCode = keyof typeof english;

/** English, by code; another language has the same codes and members in braces. */
export const reasonTexts: Record<ReasonCode, string> = english;

export interface ResponseReason {
  readonly code: ReasonCode;
  /** English. */
  readonly text: string;
  readonly params: Params;
}

export const reason = (code: ReasonCode, params: Params = {}): ResponseReason => ({
  code,
  text: english[code].replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name])),
  params,
});

/** A percentage as it is said: no decision rests on it. */
export const said = (percent: number): number => Math.round(Math.abs(percent) * 10) / 10;
