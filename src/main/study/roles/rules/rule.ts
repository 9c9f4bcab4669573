import type { Evidence } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';

/** One rule: what it sees in a series, given its study. Rules never decide; they are weighed in `combine.ts`. */
export type RoleRule = (series: SeriesView, study: StudyView) => Evidence[];
