/** Closed courses as rows of `cohort.csv`, in the columns that `prepare` and the import of past patients read. Pure. */
import { canonicalValue } from '../clinical/canonical.ts';
import { factorDefinition } from '../clinical/factor-table.ts';
import { type FactorId, type FactorValues, factorIds } from '../clinical/factor-values.ts';
import { type Criterion, criterionNames } from '../clinical/response/timeline.ts';
import type { Course } from '../course/course.ts';
import { distance } from '../study/geometry.ts';
import { indexLesion, type Lesion } from '../study/lesion.ts';
import { type ModelRole, modelRoles, type RoleAssignment } from '../study/roles.ts';
import { lesionPlace, type SeriesShift, shiftsInForce } from '../study/series-shift.ts';
import { responses } from './outcome-cells.ts';
import { factorHeader, outcomeColumns } from './outcome-columns.ts';

export interface CourseToWrite {
  /** A pseudonym: no identifier of the patient leaves. */
  readonly id: string;
  /** Where the images are; empty where there are none. */
  readonly study: string;
  readonly lesions: readonly Lesion[];
  readonly roles?: readonly RoleAssignment[];
  /** Series that were moved by hand: the lesion's place is that on the arterial one. */
  readonly shifts?: readonly SeriesShift[];
  readonly factors: FactorValues;
  readonly course: Course;
}

/** `cohort.csv` knows these alone; a course that was not evaluable has no label. */
const labels: readonly string[] = responses;

/** As many as are sure after a change of unit: 1.6 mg/dL is 27.36 µmol/L, not 27.360000000000003. */
const DIGITS = 15;

const factorCell = (values: FactorValues, id: FactorId): string => {
  const entry = values[id];
  if (!entry) return '';
  if (factorDefinition(id).kind === 'choice') return String(entry.value);
  const canonical = canonicalValue(values, id);
  return canonical.ok ? String(Number(canonical.quantity.value.toPrecision(DIGITS))) : '';
};

const inForce = ({ roles = [], shifts = [] }: CourseToWrite): SeriesShift[] => shiftsInForce(shifts, roles);

/** `3 0 -5`, as `prepare` reads it; empty where the series of the role was not moved. */
const shiftCell = (course: CourseToWrite, role: ModelRole): string => {
  const seriesId = course.roles?.find((one) => one.role === role)?.seriesId;
  return (
    inForce(course)
      .find((shift) => shift.seriesId === seriesId)
      ?.mm.join(' ') ?? ''
  );
};

const lesionCells = (written: CourseToWrite): string[] => {
  const { timePoints } = written.course;
  const lesion = indexLesion(written.lesions);
  if (lesion) return [...lesionPlace(inForce(written), lesion).map(String), String(distance(...lesion.longAxis))];
  const typed = Object.values(timePoints[0]?.measures ?? {}).flatMap((measure) =>
    measure.state === 'measured' && measure.mm !== undefined ? [measure.mm] : [],
  );
  return ['', '', '', typed.length === 0 ? '' : String(Math.max(...typed))];
};

const outcomeCells = ({ outcome, timePoints }: Course, criterion: Criterion): Record<string, string> => {
  const response = outcome?.best[criterion]?.response ?? '';
  const isLabel = labels.includes(response);
  const { os, pfs } = outcome?.endpoints ?? {};
  return {
    response: isLabel ? response : '',
    criterion: isLabel ? criterionNames[criterion] : '',
    split: outcome?.split ?? '',
    date: timePoints[0]?.date ?? '',
    os_days: os ? String(os.days) : '',
    os_event: os ? String(Number(os.event)) : '',
    pfs_days: pfs ? String(pfs.days) : '',
    pfs_event: pfs ? String(Number(pfs.event)) : '',
  };
};

/**
 * The names of the columns, then one row a course. One criterion a table: the two give different labels to the same patient.
 * Columns that nobody has are left out.
 */
export const courseTableRows = (courses: readonly CourseToWrite[], criterion: Criterion): string[][] => {
  const used = factorIds.filter((id) => id !== 'largestDiameter' && courses.some(({ factors }) => factors[id]));
  const moved = modelRoles.filter((role) => courses.some((course) => shiftCell(course, role) !== ''));
  const header = [
    'id',
    'study',
    'lesion_x',
    'lesion_y',
    'lesion_z',
    'lesion_diameter_mm',
    ...moved.map((role) => `shift_${role}`),
    ...used.map(factorHeader),
    ...outcomeColumns,
  ];
  const rows = courses.map((written) => {
    const { id, study, factors, course } = written;
    const outcome = outcomeCells(course, criterion);
    return [
      id,
      study,
      ...lesionCells(written),
      ...moved.map((role) => shiftCell(written, role)),
      ...used.map((factor) => factorCell(factors, factor)),
      ...outcomeColumns.map((name) => outcome[name] ?? ''),
    ];
  });
  return [header, ...rows];
};
