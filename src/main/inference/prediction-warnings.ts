/** What qualifies a prediction, from what went into the model and what came out; the most serious first. */
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction, PredictionWarning } from '#shared/model/prediction.ts';
import { standardise } from '#shared/model/standardise.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import { notesThatMatter } from '#shared/study/notes.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { type SeriesShift, shiftText } from '#shared/study/series-shift.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
import { type ClinicalInput, contributionRange } from './clinical-inputs.ts';

/** Below this share of the crop inside the image the model saw too little of the lesion's surroundings. A required image below one half withholds the number (`withholding.ts`). */
const COVERAGE_NEEDED = 0.9;
const COVERAGE_SERIOUS = 0.5;

export const statusWarnings = ({ status, id }: ModelManifest): PredictionWarning[] => {
  if (status === 'simulated') {
    const text = 'Demonstration model, trained on simulated patients; not for clinical use.';
    return [{ code: 'simulated-model', severity: 'serious', text, params: { model: id } }];
  }
  if (status === 'research') {
    return [{ code: 'research-model', severity: 'warning', text: 'Research use only.', params: { model: id } }];
  }
  return [];
};

type Assigned = Pick<ScannedSeries, 'id' | 'modality' | 'suggestion' | 'notes'>;

/** What the model saw was laid on the arterial series by a hand: it is no doubt, and whoever reads the number should know. */
export const shiftWarnings = (
  channels: Prediction['sample']['channels'],
  shifts: readonly SeriesShift[],
): PredictionWarning[] =>
  channels.flatMap(({ role, seriesId }): PredictionWarning[] => {
    const shift = shifts.find((one) => one.seriesId === seriesId);
    if (!shift) return [];
    const params = { role, mm: shiftText(shift.mm), by: shift.by, day: shift.at.slice(0, 10) };
    const text = `The ${role} series was moved by hand by ${params.mm} mm (left / back / head) against the arterial one (${params.by}, ${params.day}).`;
    return [{ code: 'series-shifted', severity: 'info', text, params }];
  });

/** After gadoxetate the phase at 2–5 min is transitional (LI-RADS v2018): a person may use it as delayed, but not unknowingly. */
export const phaseWarnings = (roles: readonly RoleAssignment[], series: readonly Assigned[]): PredictionWarning[] =>
  roles.flatMap(({ role, seriesId }): PredictionWarning[] => {
    const suggested = series.find(({ id }) => id === seriesId)?.suggestion.role;
    if (role !== 'delayed' || (suggested !== 'transitional' && suggested !== 'hepatobiliary')) return [];
    const text = `The series for delayed looks ${suggested}: after gadoxetate there is no delayed phase, and the model knows none other.`;
    return [{ code: 'not-delayed', severity: 'serious', text, params: { role: suggested } }];
  });

/** Remarks about the study and the series in use that are more than information: what the number rests on. */
export const imageWarnings = (
  roles: readonly RoleAssignment[],
  series: readonly Assigned[],
  studyNotes: readonly QualityNote[],
): PredictionWarning[] => {
  const used = series.filter(({ id }) => roles.some(({ seriesId }) => seriesId === id)).flatMap(({ notes }) => notes);
  return notesThatMatter([...studyNotes, ...used]).map((note) => ({
    code: 'image-quality',
    severity: note.severity === 'error' ? 'serious' : 'warning',
    text: note.text,
    note,
  }));
};

export const roleWarnings = (
  manifest: ModelManifest,
  channels: Prediction['sample']['channels'],
  roles: readonly RoleAssignment[],
): PredictionWarning[] => {
  const used = new Set(manifest.channels.map(({ role }) => role));
  const unconfirmed = roles.filter((one) => used.has(one.role) && !one.confirmedBy).map(({ role }) => role);
  const warnings: PredictionWarning[] = channels.flatMap(({ role, seriesId, coverage }): PredictionWarning[] => {
    if (seriesId === null) {
      const text = `There is no ${role} series; the model saw nothing in its place.`;
      return [{ code: 'missing-role', severity: 'serious', text, params: { role } }];
    }
    if (coverage >= COVERAGE_NEEDED) return [];
    const percent = Math.round(100 * coverage);
    return [
      {
        code: 'outside-image',
        severity: coverage < COVERAGE_SERIOUS ? 'serious' : 'warning',
        text: `Only ${percent} % of the region around the lesion lies inside the ${role} images.`,
        params: { role, percent },
      },
    ];
  });
  if (unconfirmed.length > 0) {
    warnings.unshift({
      code: 'roles-unconfirmed',
      severity: 'serious',
      text: `Nobody has confirmed which series plays which role: ${unconfirmed.join(', ')}.`,
      params: { roles: unconfirmed.join(', ') },
    });
  }
  return warnings;
};

const missingFactor = ({ factor, gap }: ClinicalInput, logit: number): PredictionWarning => {
  const { low, high } = contributionRange(factor);
  // A value that was entered but cannot be used is worth another word than an empty field.
  const code = gap?.code === 'missing' ? 'missing-factor' : 'unusable-factor';
  return {
    code,
    severity: 'warning',
    text: `${gap?.text ?? `${factor.id} is missing.`} The training mean stands in for it.`,
    params: { factor: factor.id, reason: gap?.code ?? 'missing' },
    couldMoveTo: { low: sigmoid(logit + Math.min(0, low)), high: sigmoid(logit + Math.max(0, high)) },
  };
};

/** A limit as a person reads it; what it is compared with stays exact. */
const rounded = (limit: number): number => Number(limit.toPrecision(4));

/** Says what was counted in place of the value, and in `params.wouldGive` what the value itself would have given. */
const outOfRange = ({ factor, value, countedAs, z }: ClinicalInput, logit: number): PredictionWarning[] => {
  if (value === null || !factor.range) return [];
  const [low, high] = factor.range;
  if (value >= low && value <= high) return [];
  // The end of the range that is nearer, and what the prediction were with the other way of counting.
  const nearest = standardise(factor, value < low ? low : high);
  const other = countedAs === undefined ? nearest : standardise(factor, value);
  const now = sigmoid(logit);
  // The logarithm of 0 is −∞, and the probability with it 0 or 1: said as it is.
  const moved = Number.isNaN(other) ? now : sigmoid(logit + factor.coefficient * (other - z));
  const said = { low: rounded(low), high: rounded(high) };
  const counted =
    countedAs === undefined ? {} : { counted: rounded(countedAs), wouldGive: Number((100 * moved).toFixed(1)) };
  const code = countedAs === undefined ? 'out-of-range' : 'clamped';
  // The text holds no probability, so that it can stand where the number is withheld.
  const clamped = countedAs === undefined ? '' : ` It is counted as ${rounded(countedAs)}.`;
  return [
    {
      code,
      severity: 'warning',
      text: `${factor.id} ${value} ${factor.unit} lies outside what the model was trained on (${said.low}–${said.high} ${factor.unit}).${clamped}`,
      params: { factor: factor.id, value, unit: factor.unit, ...said, ...counted },
      couldMoveTo: { low: Math.min(now, moved), high: Math.max(now, moved) },
    },
  ];
};

export const factorWarnings = (inputs: readonly ClinicalInput[], logit: number): PredictionWarning[] =>
  inputs.flatMap((input) => (input.value === null ? [missingFactor(input, logit)] : outOfRange(input, logit)));

const rank: Readonly<Record<PredictionWarning['severity'], number>> = { serious: 0, warning: 1, info: 2 };

/** Most serious first; otherwise in the order given. */
export const bySeverity = (warnings: readonly PredictionWarning[]): PredictionWarning[] =>
  [...warnings].sort((a, b) => rank[a.severity] - rank[b.severity]);
