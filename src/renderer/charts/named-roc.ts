import type { RocPoint } from '#shared/statistics/roc.ts';

/** The curve of another score beside the one that a chart is about. */
export interface NamedRoc {
  readonly name: string;
  readonly points: readonly RocPoint[];
}
