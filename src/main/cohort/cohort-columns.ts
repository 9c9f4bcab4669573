/** The header of `cohort.csv`: which column means what. */

import { type FactorColumn, outcomeColumns, factorColumn as readFactorColumn } from '#shared/cohort/outcome-columns.ts';
import { AppError } from '#shared/errors.ts';
import { type ModelRole, modelRoleSchema } from '#shared/study/roles.ts';

export const requiredColumns = ['id', 'study', 'lesion_x', 'lesion_y', 'lesion_z', 'lesion_diameter_mm'] as const;
export type KnownColumn = (typeof requiredColumns)[number] | (typeof outcomeColumns)[number];

export interface CohortColumns {
  known: Map<KnownColumn, number>;
  roles: { role: ModelRole; index: number; header: string }[];
  /** How far the series of a role was moved by hand. */
  shifts: { role: ModelRole; index: number; header: string }[];
  factors: (FactorColumn & { index: number; header: string })[];
  /** Passed through as text, unread. */
  extra: { header: string; index: number }[];
}

const isKnown = (header: string): header is KnownColumn =>
  requiredColumns.some((name) => name === header) || outcomeColumns.some((name) => name === header);

const refuse = (text: string, params: Record<string, string | number>): AppError =>
  new AppError('cohort-header', `The first line of the cohort table does not fit: ${text}`, { params });

const factorColumn = (header: string, index: number): CohortColumns['factors'][number] | undefined => {
  const column = readFactorColumn(header);
  if (column !== 'unknown') return column && { ...column, index, header };
  const name = header.slice(0, header.indexOf(':')).trim();
  throw refuse(`column ${index + 1} "${header}" has a unit but "${name}" is no clinical factor.`, {
    column: index + 1,
    header,
  });
};

const roleAfter = (prefix: string, header: string, at: { column: number; header: string }): ModelRole => {
  const role = modelRoleSchema.safeParse(header.slice(prefix.length));
  if (role.success) return role.data;
  throw refuse(`column ${at.column} "${header}" names no image role.`, at);
};

/** Throws `AppError('cohort-header')` naming the column. A column that is nobody's is passed through. */
export const readColumns = (headers: readonly string[]): CohortColumns => {
  const columns: CohortColumns = { known: new Map(), roles: [], shifts: [], factors: [], extra: [] };
  const seen = new Set<string>();
  for (const [index, raw] of headers.entries()) {
    const header = raw.trim();
    const at = { column: index + 1, header };
    if (header === '') throw refuse(`column ${index + 1} has no name.`, at);
    const factor = factorColumn(header, index);
    const name = factor?.id ?? header;
    if (seen.has(name)) throw refuse(`column ${index + 1} "${name}" appears twice.`, at);
    seen.add(name);
    if (factor) columns.factors.push(factor);
    else if (isKnown(header)) columns.known.set(header, index);
    else if (header.startsWith('role_')) columns.roles.push({ role: roleAfter('role_', header, at), index, header });
    else if (header.startsWith('shift_')) {
      const role = roleAfter('shift_', header, at);
      if (role === 'arterial') throw refuse(`column ${index + 1} "${header}": the others are moved against it.`, at);
      columns.shifts.push({ role, index, header });
    } else columns.extra.push({ header, index });
  }
  const missing = requiredColumns.filter((name) => !columns.known.has(name));
  if (missing.length > 0) {
    throw refuse(`it lacks ${missing.join(', ')}. See docs/model-package.md for the template.`, {
      missing: missing.join(', '),
    });
  }
  return columns;
};
