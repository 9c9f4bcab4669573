/**
 * Decides by rule what of a sheet stands on its one page: two columns of blocks, filled in order. Where a column has no
 * room, rows leave from the end of the block that yields first, and go to the appendix; nothing is cut. Pure.
 */
import { z } from 'zod';
import type { Block, Row } from './sheet.ts';

/** Heights of a block in one column, in any one unit. */
export interface Measured {
  /** Title, figure and the gap after it. */
  readonly head: number;
  readonly rows: readonly number[];
}

export interface FitOptions {
  readonly room: number;
  readonly measure: (block: Block) => Measured;
  /** Height of the line in the place of what went to the appendix. */
  readonly movedHeight: number;
}

/** Where a block stands on the page, and with how many of its rows. */
export const placeSchema = z.object({ id: z.string(), column: z.enum(['left', 'right']), rows: z.int().nonnegative() });
export type Place = z.infer<typeof placeSchema>;

export interface FittedSheet {
  readonly left: readonly Block[];
  readonly right: readonly Block[];
  /** What had no room, in the order of the page. */
  readonly overflow: readonly Block[];
}

interface Placed {
  readonly block: Block;
  readonly measured: Measured;
  /** Rows that stay. */
  kept: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const heightOf = ({ measured, kept, block }: Placed, movedHeight: number): number =>
  measured.head + sum(measured.rows.slice(0, kept)) + (kept < block.rows.length ? movedHeight : 0);

/** The block that gives up its last row next: of those that yield first the last; what never yields only where all else has. */
const yielding = (column: readonly Placed[]): Placed | undefined => {
  const able = column.filter(({ kept }) => kept > 0);
  const first = Math.max(...able.map(({ block }) => block.yields));
  return able.findLast(({ block }) => block.yields === first);
};

const columns = ['left', 'right'] as const;

export const fitBlocks = (blocks: readonly Block[], { room, measure, movedHeight }: FitOptions): Place[] => {
  const placed: Readonly<Record<Place['column'], Placed[]>> = { left: [], right: [] };
  const height = (column: Place['column']) => sum(placed[column].map((one) => heightOf(one, movedHeight)));
  const emptier = (): Place['column'] => (height('left') <= height('right') ? 'left' : 'right');
  for (const block of blocks.toSorted((a, b) => Number(!a.column) - Number(!b.column))) {
    placed[block.column ?? emptier()].push({ block, measured: measure(block), kept: block.rows.length });
  }
  for (const column of columns) {
    while (height(column) > room) {
      const next = yielding(placed[column]);
      if (!next) break;
      next.kept -= 1;
    }
  }
  return columns.flatMap((column) => placed[column].map(({ block, kept }) => ({ id: block.id, column, rows: kept })));
};

const overflowOf = ({ figure: _, framed: __, ...block }: Block, kept: number): Block => ({
  ...block,
  rows: block.rows.slice(kept),
});

/** @param moved says in the page how many rows of a block are in the appendix */
export const placeBlocks = (
  blocks: readonly Block[],
  places: readonly Place[],
  moved: (count: number) => Row,
): FittedSheet => {
  const placeOf = new Map(places.map((place) => [place.id, place]));
  const kept = (block: Block) => placeOf.get(block.id)?.rows ?? 0;
  const column = (name: Place['column']) =>
    places
      .filter((place) => place.column === name)
      .flatMap(({ id, rows }) => {
        const block = blocks.find((one) => one.id === id);
        if (!block) return [];
        const gone = block.rows.length - rows;
        return gone === 0 ? [block] : [{ ...block, rows: [...block.rows.slice(0, rows), moved(gone)] }];
      });
  const overflow = blocks.filter((block) => kept(block) < block.rows.length);
  return {
    left: column('left'),
    right: column('right'),
    overflow: overflow.map((block) => overflowOf(block, kept(block))),
  };
};
