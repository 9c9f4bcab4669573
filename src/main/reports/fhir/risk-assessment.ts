/** The prediction in force as RiskAssessment; of a withheld one its reasons and no number. Pure. */
import { limitsOf } from '../limits.ts';
import type { PredictionSaid, ReportedCase } from '../reported-case.ts';
import { type Entry, entryOf, referenceTo } from './resources.ts';

/** R4 has decimals of a probability in percent: at most 100 (invariant ras-2). */
const percent = (share: number): number => Number((100 * share).toPrecision(12));

const percentQuantity = (share: number) => ({
  value: percent(share),
  unit: '%',
  system: 'http://unitsofmeasure.org',
  code: '%',
});

/** Beside the model's own, which stays the first. */
const recalibratedOf = (said: PredictionSaid, outcome: { text: string }) => {
  if (said.state !== 'shown' || !said.recalibrated) return [];
  const { probability, number } = said.recalibrated;
  const rationale = `Recalibrated on this hospital's own outcomes, version ${number}`;
  return [{ outcome, probabilityDecimal: percent(probability), rationale }];
};

export const riskEntry = (
  { saved, prediction: said }: ReportedCase,
  { patient, device, basis }: { patient: Entry; device: Entry; basis: readonly Entry[] },
): Entry | undefined => {
  if (said.state === 'none' || said.state === 'covered') return undefined;
  const { prediction } = said;
  const outcome = { text: `Complete or partial response to HAIC by ${prediction.model.criterion}` };
  const { interval, probability } = prediction;
  const shown = [
    { outcome, probabilityDecimal: percent(probability) },
    ...(interval
      ? [
          {
            outcome,
            probabilityRange: { low: percentQuantity(interval.low), high: percentQuantity(interval.high) },
            rationale: `Interval of the probability, level ${percent(interval.level)} %`,
          },
        ]
      : []),
    ...recalibratedOf(said, outcome),
  ];
  return entryOf(saved.id, `prediction ${prediction.id}`, {
    resourceType: 'RiskAssessment',
    status: 'final',
    subject: referenceTo(patient),
    occurrenceDateTime: prediction.createdAt,
    performer: referenceTo(device),
    method: { text: 'Image and clinical factors; additive evidence (InceptionV4 family)' },
    ...(basis.length > 0 ? { basis: basis.map(referenceTo) } : {}),
    ...(said.state === 'shown' ? { prediction: shown } : {}),
    note: [
      ...limitsOf(said).map((text) => ({ text })),
      ...(said.state === 'withheld'
        ? prediction.withheldBecause.map(({ text }) => ({ text: `Withheld: ${text}` }))
        : []),
    ],
  });
};
