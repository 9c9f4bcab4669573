/** What a dose that was given amounts to, against what was planned. Pure. */
import type { Dose } from './treatment.ts';

const inMg = ({ value, unit }: Dose, m2: number | undefined, weightKg: number | undefined): number | undefined => {
  if (unit === 'mg') return value;
  if (unit === 'g') return 1_000 * value;
  if (unit === 'mg/m²') return m2 === undefined ? undefined : value * m2;
  return unit === 'mg/kg' && weightKg !== undefined ? value * weightKg : undefined;
};

export interface GivenDose {
  /** mg per m² of the given dose. */
  readonly perM2: number | undefined;
  /** Percent of the planned dose. */
  readonly ofPlan: number | undefined;
}

/** Undefined members where height and weight are missing, or units do not lead to each other. */
export const givenDose = (
  given: Dose | undefined,
  planned: Dose | undefined,
  body: { m2: number | undefined; weightKg: number | undefined },
): GivenDose => {
  if (!given) return { perM2: undefined, ofPlan: undefined };
  const mg = inMg(given, body.m2, body.weightKg);
  const same = planned && planned.unit === given.unit ? planned.value : undefined;
  const plannedMg = planned && inMg(planned, body.m2, body.weightKg);
  const share = same === undefined ? mg && plannedMg && mg / plannedMg : given.value / same;
  return {
    perM2: mg === undefined || body.m2 === undefined ? undefined : mg / body.m2,
    ofPlan: share === undefined ? undefined : 100 * share,
  };
};
