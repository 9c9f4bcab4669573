/**
 * Factors held against the measured lesions, the images' header, the calendar and each other. Both may be wrong, so
 * nothing is refused or changed: each side is shown, and what was measured or read is one click away.
 */
import { canonicalNumber } from './canonical.ts';
import { type FactorProblem, factorProblem } from './factor-problem.ts';
import { factorDefinition } from './factor-table.ts';
import { type FactorId, type FactorValues, factorIds } from './factor-values.ts';
import { lesionDiameterEntry } from './lesion-diameter.ts';
import { parseFactor } from './parse-factors.ts';
import { sexChoices } from './patient-sex.ts';
import { daysBetween, SAMPLE_DAYS, samplesApart } from './sample-dates.ts';

/** What lesions and images say of the patient. */
export interface PatientFacts {
  /** mm; of every measured lesion, target or not. */
  readonly lesionDiametersMm: readonly number[];
  /** From the images' header. */
  readonly ageYears?: number | undefined;
  /** DICOM's `M` or `F`. */
  readonly sex?: string | undefined;
}

/** What is known about a case beside its factors. */
export interface CaseFacts extends PatientFacts {
  /** DICOM's `20260314` or ISO 8601. */
  readonly studyDate?: string | undefined;
  /** ISO 8601. */
  readonly today: string;
}

// Two readers differ by a few millimetres, and by more on a large tumour; this program's own choice.
const toleratedMm = (measured: number): number => Math.max(5, 0.1 * measured);

/** @param lesionDiametersMm of every measured lesion, target or not */
export const againstLesions = (
  values: FactorValues,
  lesionDiametersMm: readonly number[],
): readonly FactorProblem[] => {
  if (lesionDiametersMm.length === 0) return [];
  const problems: FactorProblem[] = [];
  const measured = Math.max(...lesionDiametersMm);
  const typed = canonicalNumber(values, 'largestDiameter');
  if (typed !== undefined && Math.abs(typed - measured) > toleratedMm(measured)) {
    const entry = lesionDiameterEntry(measured);
    const params = { typed: Number(typed.toFixed(1)), measured: Number(entry.value) };
    const text = `The largest diameter is entered as ${params.typed} mm; the largest measured lesion has ${params.measured} mm.`;
    problems.push(factorProblem('largestDiameter', 'diameter-measured', text, params, [entry]));
  }
  const counted = lesionDiametersMm.length;
  const number = canonicalNumber(values, 'tumourNumber');
  if (number !== undefined && number < counted) {
    const text = `The number of tumours is entered as ${number}; ${counted} lesions are measured.`;
    const entry = { value: counted, origin: 'lesion' } as const;
    problems.push(
      factorProblem('tumourNumber', 'number-measured', text, { typed: number, measured: counted }, [entry]),
    );
  }
  return problems;
};

const againstStudy = (values: FactorValues, { ageYears, sex }: PatientFacts): FactorProblem[] => {
  const problems: FactorProblem[] = [];
  const age = canonicalNumber(values, 'age');
  // A year more or less is a birthday between the images and the form.
  if (age !== undefined && ageYears !== undefined && Math.abs(age - ageYears) > 1.5) {
    const study = Math.floor(ageYears);
    const text = `Age is entered as ${age}; the images say ${study}.`;
    const entry = { value: study, unit: 'years', origin: 'study' } as const;
    problems.push(factorProblem('age', 'age-study', text, { typed: age, study }, [entry]));
  }
  const read = sex === 'M' || sex === 'F' ? sexChoices[sex] : undefined;
  if (read !== undefined && canonicalNumber(values, 'sex') !== undefined && values.sex?.value !== read) {
    const text = `Sex is entered as ${values.sex?.value}; the images say ${read}.`;
    problems.push(factorProblem('sex', 'sex-study', text, {}, [{ value: read, origin: 'study' }]));
  }
  return problems;
};

const againstCalendar = (values: FactorValues, { studyDate, today }: CaseFacts): FactorProblem[] => {
  const future = factorIds.flatMap((id) => {
    const date = values[id]?.date ?? '';
    if ((daysBetween(today, date) ?? 0) <= 0) return [];
    const text = `${factorDefinition(id).label} is dated ${date}, which is still to come.`;
    return [factorProblem(id, 'date-future', text, { date })];
  });
  const stale = samplesApart(values, studyDate)
    .filter(({ id }) => !future.some(({ factor }) => factor === id))
    .map(({ id, days }) => {
      const text = `${factorDefinition(id).label} is dated ${days} days from the images; more than ${SAMPLE_DAYS} may no longer describe the patient.`;
      return factorProblem(id, 'date-study', text, { days, limit: SAMPLE_DAYS });
    });
  return [...future, ...stale];
};

/** DNA was found, not merely looked for: a value under the assay's limit is none. */
const hasHbvDna = (values: FactorValues): boolean => {
  const entry = values.hbvDna && parseFactor('hbvDna', values.hbvDna).entry;
  return entry !== undefined && Number(entry.value) > 0 && !entry.comparator?.startsWith('<');
};

const onBoth = (ids: readonly FactorId[], code: FactorProblem['code'], text: string): FactorProblem[] =>
  ids.map((id) => factorProblem(id, code, text));

/** Cheng type of a Vp class, as in World J Gastroenterol 2022;28:704; Vp1 has none. */
const chengOfVp: readonly (string | undefined)[] = ['none', undefined, 'I', 'II', 'III'];

const againstEachOther = (values: FactorValues): FactorProblem[] => {
  const problems: FactorProblem[] = [];
  if (canonicalNumber(values, 'hbsAg') === 0 && hasHbvDna(values)) {
    const text = 'HBsAg is negative, and HBV DNA was found. Check both: occult infection is rare.';
    problems.push(...onBoth(['hbsAg', 'hbvDna'], 'hbv-contradicts', text));
  }
  const vp = canonicalNumber(values, 'pvtt');
  const cheng = values.cheng?.value;
  const expected = vp === undefined ? undefined : chengOfVp[vp];
  // Type IV lies below the portal vein and says nothing about Vp.
  if (expected !== undefined && cheng !== undefined && cheng !== 'IV' && cheng !== expected) {
    const text = `Vp${vp} and Cheng type ${cheng} do not agree.`;
    const params = { vp: vp ?? 0, cheng: String(cheng) };
    problems.push(
      factorProblem('cheng', 'thrombus-contradicts', text, params, [{ value: expected }]),
      factorProblem('pvtt', 'thrombus-contradicts', text, params),
    );
  }
  return problems;
};

/** As `contradictions`, of the values alone; their dates are another matter. */
export const contradictoryValues = (values: FactorValues, facts: PatientFacts): readonly FactorProblem[] => [
  ...againstLesions(values, facts.lesionDiametersMm),
  ...againstStudy(values, facts),
  ...againstEachOther(values),
];

/** One remark for each factor that is concerned; both sides of a contradiction have theirs. */
export const contradictions = (values: FactorValues, facts: CaseFacts): readonly FactorProblem[] => [
  ...contradictoryValues(values, facts),
  ...againstCalendar(values, facts),
];
