/** One patient of `cohort.csv`: text in, checked values or a reason with line and column out. */

import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';
import {
  type CohortOutcome,
  cellRefusal,
  numberCell,
  readFactorCells,
  readOutcome,
} from '#shared/cohort/outcome-cells.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { isShifted, isWithinReach, LARGEST_SHIFT_MM } from '#shared/study/series-shift.ts';
import type { CohortColumns, KnownColumn } from './cohort-columns.ts';

export interface CohortRow {
  line: number;
  id: string;
  /** Folder, zip or DICOMDIR, relative to the table. */
  study: string;
  centerMm: Vec3;
  diameterMm: number;
  /** Series ids that the table states. */
  roles: Partial<Record<ModelRole, string>>;
  /** mm LPS, of the roles whose series was moved by hand against the arterial one. */
  shifts: Partial<Record<ModelRole, Vec3>>;
  factors: FactorValues;
  factorWarnings: string[];
  outcome: CohortOutcome;
  extra: Record<string, string>;
}

/** `3 0 -5`: mm to the left, to the back and to the head. Undefined where it is not three numbers within reach. */
const shiftCell = (text: string): Vec3 | undefined => {
  const [x, y, z, ...more] = text.split(/\s+/).map(Number);
  if (x === undefined || y === undefined || z === undefined || more.length > 0) return undefined;
  const mm: Vec3 = [x, y, z];
  return isWithinReach(mm) ? mm : undefined;
};

/** Throws `AppError('cohort-cell')` with line and column of the first cell that cannot be read. @param cells trimmed */
export const readRow = (cells: readonly string[], columns: CohortColumns, line: number): CohortRow => {
  const refuse = (column: string, text: string) => cellRefusal(line, column, text);
  const cell = (name: KnownColumn): string => cells[columns.known.get(name) ?? -1] ?? '';
  const required = (name: KnownColumn): string => {
    const text = cell(name);
    if (text === '') throw refuse(name, 'it is empty.');
    return text;
  };
  const requiredNumber = (name: KnownColumn): number => numberCell(line, name, required(name));
  const diameterMm = requiredNumber('lesion_diameter_mm');
  if (diameterMm <= 0) throw refuse('lesion_diameter_mm', `${diameterMm} mm is no diameter.`);
  const outcome = readOutcome(cell, line);
  const { factors: values, factorWarnings } = readFactorCells(
    columns.factors.map(({ index, ...column }) => ({ ...column, text: cells[index] ?? '' })),
    line,
  );
  const factors = withLesionDiameter(values, diameterMm);

  const roles: CohortRow['roles'] = {};
  for (const { role, index } of columns.roles) {
    const seriesId = cells[index] ?? '';
    if (seriesId !== '') roles[role] = seriesId;
  }
  const shifts: CohortRow['shifts'] = {};
  for (const { role, index, header } of columns.shifts) {
    const text = cells[index] ?? '';
    if (text === '') continue;
    const mm = shiftCell(text);
    if (!mm) throw refuse(header, `"${text}" is not three numbers (mm left, back, head) within ±${LARGEST_SHIFT_MM}.`);
    if (isShifted(mm)) shifts[role] = mm;
  }
  return {
    line,
    id: required('id'),
    study: required('study'),
    centerMm: [requiredNumber('lesion_x'), requiredNumber('lesion_y'), requiredNumber('lesion_z')],
    diameterMm,
    roles,
    shifts,
    factors,
    factorWarnings,
    outcome,
    extra: Object.fromEntries(columns.extra.map(({ header, index }) => [header, cells[index] ?? ''])),
  };
};
