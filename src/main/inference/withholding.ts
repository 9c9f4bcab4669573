/**
 * When a number is not shown: what the model was never made for, or what it did not see. Withholding is a result, with
 * every reason that holds; what goes through with remarks only is in `prediction-warnings.ts`.
 */
import { canonicalNumber } from '#shared/clinical/canonical.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { smallestTargetMm } from '#shared/clinical/response/target-lesion.ts';
import { bclc } from '#shared/clinical/scores/bclc.ts';
import { childPugh } from '#shared/clinical/scores/child-pugh.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { ChannelUsed, Prediction, RefusedEntry, WithheldReason } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { lesionDiameterMm } from '#shared/study/lesion.ts';
import { isNotMr } from '#shared/study/modality.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { Sample } from '../study/sample/prepare-sample.ts';
import { number } from '../study/series/fact-values.ts';

/** Below this share inside a required image the model did not see what it judges; this program's own choice. */
const SEEN = 0.5;
/** ECOG from which the guidelines speak of end stage (BCLC D). */
const DISABLED = 3;

type Reasons = WithheldReason[];

export const noveltyReasons = (novelty: Prediction['novelty']): Reasons =>
  novelty && novelty.distance > novelty.limit
    ? [
        {
          code: 'unlike-training',
          text: 'This case is unlike the patients that the model was made from; its probability means little here.',
          params: { distance: Number(novelty.distance.toPrecision(3)), limit: Number(novelty.limit.toPrecision(3)) },
        },
      ]
    : [];

/** A series that is no MR image, or plays two roles: possible by hand, but nothing that a model was trained on. */
export const assignmentReasons = (
  roles: readonly RoleAssignment[],
  series: readonly Pick<ScannedSeries, 'id' | 'modality'>[],
): Reasons =>
  [...new Set(roles.map(({ seriesId }) => seriesId))].flatMap((seriesId): Reasons => {
    const played = roles.filter((one) => one.seriesId === seriesId).map(({ role }) => role);
    const params = { roles: played.join(', ') };
    const found = series.find(({ id }) => id === seriesId);
    const reasons: Reasons = [];
    if (found && isNotMr(found)) {
      const { modality } = found;
      const text = `The ${params.roles} series is ${modality}, not MR; the model knows MR only.`;
      reasons.push({ code: 'not-mr', text, params: { ...params, modality } });
    }
    if (played.length > 1) {
      const text = `One series plays several roles: ${params.roles}. The model was trained with different images there.`;
      reasons.push({ code: 'series-twice', text, params });
    }
    return reasons;
  });

/**
 * RECIST 1.1 measurability: 10 mm, and twice the slice thickness where that is more. A lesion that names no series was
 * measured on one of those with a role, so the limit of the thinnest of them holds at the least.
 */
export const lesionReasons = (
  lesion: Pick<Lesion, 'longAxis' | 'seriesId'>,
  roles: readonly Pick<RoleAssignment, 'seriesId'>[],
  series: readonly Pick<ScannedSeries, 'id' | 'facts'>[],
): Reasons => {
  const measuredOn = lesion.seriesId === '' ? roles.map(({ seriesId }) => seriesId) : [lesion.seriesId];
  const limits = series
    .filter(({ id }) => measuredOn.includes(id))
    .map(({ facts }) => smallestTargetMm(number(facts, 'SliceThickness')));
  const limit = limits.length > 0 ? Math.min(...limits) : smallestTargetMm(undefined);
  const diameter = Number(lesionDiameterMm(lesion).toFixed(1));
  if (diameter >= limit) return [];
  const text = `The index lesion measures ${diameter} mm; below ${limit} mm it is not measurable by RECIST 1.1, and no such lesion was in training.`;
  return [{ code: 'lesion-small', text, params: { diameter, limit } }];
};

/** How much of the lesion and of its surroundings the required images show. */
export const coverageReasons = (
  required: ReadonlySet<ChannelUsed['role']>,
  { channels, lesionCoverage }: Pick<Sample, 'channels' | 'lesionCoverage'>,
): Reasons =>
  channels.flatMap(({ role, coverage }): Reasons => {
    if (!required.has(role)) return [];
    const shown = lesionCoverage[role] ?? 0;
    if (shown < SEEN) {
      const percent = Math.round(100 * shown);
      const text = `Only ${percent} % of the lesion lies inside the ${role} images.`;
      return [{ code: 'lesion-outside', text, params: { role, percent } }];
    }
    if (coverage >= SEEN) return [];
    const percent = Math.round(100 * coverage);
    const text = `Only ${percent} % of the region around the lesion lies inside the ${role} images.`;
    return [{ code: 'little-coverage', text, params: { role, percent } }];
  });

/** Patients whom no trial of HAIC took and the model never saw. */
export const clinicalReasons = (factors: FactorValues): Reasons => {
  const reasons: Reasons = [];
  if (bclc(factors).grade === 'D') {
    reasons.push({ code: 'bclc-d', text: 'BCLC stage D: the model was never meant for it.' });
  }
  const liver = childPugh(factors);
  if (liver.grade === 'C') {
    const text = `Child–Pugh C (${liver.value} points): the model was never meant for it.`;
    reasons.push({ code: 'child-pugh-c', text, params: { points: liver.value ?? 0 } });
  }
  const ecog = canonicalNumber(factors, 'ecog') ?? 0;
  if (ecog >= DISABLED) {
    reasons.push({ code: 'ecog', text: `ECOG ${ecog}: the model was never meant for it.`, params: { ecog } });
  }
  return reasons;
};

export const entryReasons = (refused: readonly RefusedEntry[]): Reasons => {
  if (refused.length === 0) return [];
  const ids = [...new Set(refused.map(({ factor }) => factor))].join(', ');
  const text = `Entries were refused and not corrected: ${ids}. The number would be made without them.`;
  return [{ code: 'refused-entries', text, params: { factors: ids } }];
};

export interface Suitability {
  manifest: Pick<ModelManifest, 'channels'>;
  novelty: Prediction['novelty'];
  roles: readonly RoleAssignment[];
  series: readonly Pick<ScannedSeries, 'id' | 'modality' | 'facts'>[];
  lesion: Pick<Lesion, 'longAxis' | 'seriesId'>;
  sample: Pick<Sample, 'channels' | 'lesionCoverage'>;
  factors: FactorValues;
  refusedEntries: readonly RefusedEntry[];
}

/** Every reason why the number of this case is withheld, unlike training first; empty where it may be shown. */
export const withheldBecause = (of: Suitability): Reasons => {
  const required = new Set(of.manifest.channels.filter((channel) => channel.required).map(({ role }) => role));
  return [
    ...noveltyReasons(of.novelty),
    ...assignmentReasons(of.roles, of.series),
    ...lesionReasons(of.lesion, of.roles, of.series),
    ...coverageReasons(required, of.sample),
    ...clinicalReasons(of.factors),
    ...entryReasons(of.refusedEntries),
  ];
};
