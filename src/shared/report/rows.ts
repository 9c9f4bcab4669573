/** Rows and blocks of a sheet, as they are written down. */
import type { Block, Row } from './sheet.ts';

export const row = (...cells: string[]): Row => ({ cells });
export const muted = (...cells: string[]): Row => ({ cells, tone: 'muted' });
export const strong = (...cells: string[]): Row => ({ cells, tone: 'strong' });
/** No block without a row. */
export const block = (one: Block): Block[] => (one.rows.length > 0 || one.figure ? [one] : []);
