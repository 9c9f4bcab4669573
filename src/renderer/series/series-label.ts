/** One line that tells a series from the others of its study. */
import type { ScannedSeries } from '#shared/study/study.ts';
import { i18n } from '../locales/index.ts';
import { partName } from '../locales/study.ts';

export const seriesLabel = (series: ScannedSeries): string => {
  const { t } = i18n.global;
  return [
    series.seriesNumber,
    series.description || series.modality,
    partName(series),
    // Before the injection there is no phase to tell.
    (series.secondsAfterContrast ?? -1) < 0
      ? undefined
      : t('images.phaseSeconds', { n: Math.round(series.secondsAfterContrast ?? 0) }),
    t('images.images', { n: series.instances }),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
};

/** In a list to choose from: by its number alone where its description, which may name somebody, is hidden. */
export const seriesChoice = (series: ScannedSeries, hideIdentity: boolean): string =>
  hideIdentity ? String(series.seriesNumber ?? '?') : seriesLabel(series);
