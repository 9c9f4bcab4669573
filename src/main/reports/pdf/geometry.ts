/** Places on the paper, in points: A4 with a margin of 10 mm. */
export const PAPER = { width: 595.28, height: 841.89 };
export const MARGIN = 28.35;
export const WIDTH = PAPER.width - 2 * MARGIN;
export const GUTTER = 14;
export const COLUMN = (WIDTH - GUTTER) / 2;
export const LINE = '#999999';
/** Gap after a block, below its title, between its cells. */
export const GAP = { block: 5, title: 1.2, cell: 4, row: 0.5 };
export const SIZE = { body: 6.9, title: 8, small: 6.2 };

/** How far type may shrink before a row leaves the page: at the least 6 points. */
export const DENSITIES = [1, 0.95, 0.91, 0.87] as const;
