/** How many panes stand beside each other, and which. Pure. */
import type { Layout } from '../contract.ts';

interface Shape {
  columns: number;
  rows: number;
  /** Panes that it has room for. */
  cells: number;
}

const SHAPES: Record<Layout, Shape> = {
  '2x3': { columns: 3, rows: 2, cells: 6 },
  '3x2': { columns: 2, rows: 3, cells: 6 },
  // The first one is four cells large.
  '1+5': { columns: 3, rows: 3, cells: 6 },
  '2x2': { columns: 2, rows: 2, cells: 4 },
  '1x2': { columns: 2, rows: 1, cells: 2 },
  '1x1': { columns: 1, rows: 1, cells: 1 },
};

/** As it is read: `2 × 3`. */
export const layoutName = (layout: Layout): string => layout.replace('x', ' × ').replace('+', ' + ');

/**
 * The panes that are shown, in their order: those of the group of as many as have room to which `lead` belongs, so that the
 * phases stand beside each other. Beside one large pane that is `lead`, all others.
 */
export const shownPanes = <T>(panes: readonly T[], layout: Layout, lead: T | undefined): T[] => {
  const at = lead === undefined ? 0 : Math.max(0, panes.indexOf(lead));
  const first = panes[at];
  if (layout === '1+5') return first === undefined ? [] : [first, ...panes.filter((pane) => pane !== first)];
  const { cells } = SHAPES[layout];
  const start = Math.floor(at / cells) * cells;
  return panes.slice(start, start + cells);
};

/** Columns and rows for so many panes; a layout with more room than panes is as small as they need. */
export const shapeOf = (layout: Layout, shown: number, mostColumns: number): { columns: number; rows: number } => {
  if (layout === '1+5' && shown > 3) return { columns: 3, rows: 3 };
  const count = Math.max(1, shown);
  // Four in two rows of two: no pane stands alone in a row.
  const columns = layout === '2x3' && count === 4 ? 2 : Math.min(SHAPES[layout].columns, mostColumns, count);
  return { columns, rows: Math.ceil(count / columns) };
};
