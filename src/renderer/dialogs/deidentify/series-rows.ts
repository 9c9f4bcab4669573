/** Series as they leave: whole DICOM series, since a file that two of its stacks share leaves whole. */
import type { ScannedSeries } from '#shared/study/study.ts';

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

/** The stack and the image within it that the image `index` of the whole series is. */
export const imageOf = (row: SeriesRow, index: number): { seriesId: string; index: number } | undefined => {
  let left = index;
  for (const { id, instances } of row.stacks) {
    if (left < instances) return { seriesId: id, index: left };
    left -= instances;
  }
  return undefined;
};
