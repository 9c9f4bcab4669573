import type { CohortMetrics, ModelManifest } from '#shared/model/manifest.ts';
import { cohortName } from '../../locales/package-words.ts';

export interface MetricsRow extends CohortMetrics {
  /** The cohort in the user's language. */
  title: string;
}

export const metricsRows = (manifest: ModelManifest): MetricsRow[] =>
  manifest.metrics.map((metrics) => ({ ...metrics, title: cohortName(manifest, metrics.cohort) }));
