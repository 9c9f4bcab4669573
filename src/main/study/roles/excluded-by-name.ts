/** Series that their name declares to be none of the six images. */
import type { SeriesView } from './series-view.ts';
import { type ExclusionWord, exclusionWords } from './vocabulary/exclusion-words.ts';

/** The first exclusion that a name matches. */
export const excludedByName = (series: SeriesView): ExclusionWord | undefined =>
  exclusionWords.find(({ pattern, unless }) => pattern.test(series.name) && !unless?.test(series.name));
