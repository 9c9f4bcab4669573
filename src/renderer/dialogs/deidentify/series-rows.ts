/** Series as they leave: whole DICOM series, since a file that two of its stacks share leaves whole. */
import type { ScannedSeries } from '#shared/study/study.ts';
import { i18n } from '../../locales/index.ts';

export interface SeriesRow {
  uid: string;
  number?: number;
  description: string;
  images: number;
  stacks: ScannedSeries[];
}

export const seriesRows = (series: readonly ScannedSeries[]): SeriesRow[] => {
  const rows = new Map<string, SeriesRow>();
  for (const stack of series) {
    const row = rows.get(stack.seriesInstanceUID);
    if (row) {
      row.stacks.push(stack);
      row.images += stack.instances;
      continue;
    }
    rows.set(stack.seriesInstanceUID, {
      uid: stack.seriesInstanceUID,
      ...(stack.seriesNumber === undefined ? {} : { number: stack.seriesNumber }),
      description: stack.description,
      images: stack.instances,
      stacks: [stack],
    });
  }
  return [...rows.values()];
};

/** What a person knows the series by. */
export const rowName = ({ number, description }: SeriesRow): string =>
  [number, description || i18n.global.t('deidentify.series.unnamed')].filter((part) => part !== undefined).join(' · ');

/** The stack and the image within it that the image `index` of the whole series is. */
export const imageOf = (row: SeriesRow, index: number): { seriesId: string; index: number } | undefined => {
  let left = index;
  for (const { id, instances } of row.stacks) {
    if (left < instances) return { seriesId: id, index: left };
    left -= instances;
  }
  return undefined;
};
