/**
 * Acquisitions that measure fat and iron: from many echoes they make water, fat, in- and opposed-phase images beside the
 * fat-fraction and relaxation maps. Their water images look like a pre-contrast series and are none.
 */
import { text } from '../series/fact-values.ts';
import type { ImageKind } from '../series/image-kind.ts';
import type { SeriesView } from './series-view.ts';

const mapKinds: ReadonlySet<ImageKind> = new Set(['fat-fraction', 'r2star', 't2star']);
const mapWords = /\bff\b|\bpdff\b|\bfat ?-?frac\w*|\b[rt]2 ?star\b|脂肪分数/;

const isMap = ({ kind, name }: SeriesView): boolean =>
  (kind !== undefined && mapKinds.has(kind)) || mapWords.test(name);

/** What vendors add to the name of an acquisition for each of its parts. */
const partWords =
  /\b(w|f|ff|pdff|water|fat|in|opp|out|ip|op|in ?-?phase|opp(osed)? ?-?phase|out ?-?phase|fat ?-?frac\w*|(eff )?[rt]2 ?star|(eco|echo|in|opp)\d)\b|脂肪分数|水像|脂肪像|同相位?|反相位?/g;

const stem = (name: string): string => name.replace(partWords, ' ').replace(/\s+/g, ' ').trim();

/** Which image of a Dixon acquisition a series is. */
export const quantificationPart = ({ part, echo }: SeriesView): ImageKind | undefined =>
  part ?? (echo === 'both' ? undefined : echo);

/** True where another series or stack of the same acquisition is a fat-fraction or relaxation map. */
export const isOfFatQuantification = (series: SeriesView, study: readonly SeriesView[]): boolean => {
  const uid = text(series.facts, 'SeriesInstanceUID');
  const own = stem(series.name);
  return study.some(
    (other) =>
      other !== series &&
      isMap(other) &&
      ((uid !== '' && text(other.facts, 'SeriesInstanceUID') === uid) || (own !== '' && stem(other.name) === own)),
  );
};
