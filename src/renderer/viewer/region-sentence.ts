/** The evidence in a region, in words: of the model, and no finding. */
import { percent, signed } from '#shared/format.ts';
import type { RegionEvidence } from './space/map-evidence.ts';

type Say = (key: string, values: Record<string, string>) => string;

/** @param label of the region */
export const regionSentence = (t: Say, label: string, { sum, whole, share, covered }: RegionEvidence): string =>
  [
    t('viewer.map.region', { label, sum: signed(sum), whole: signed(whole) }),
    share === undefined ? '' : t('viewer.map.share', { share: percent(share) }),
    covered < 0.995 ? `· ${t('viewer.map.covered', { share: percent(covered) })}` : '',
  ]
    .filter(Boolean)
    .join(' ');
