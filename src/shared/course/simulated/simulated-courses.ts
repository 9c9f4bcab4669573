/**
 * A made-up history of closed courses, to try lists, evidence and outcomes on. It says nothing about real patients: sizes,
 * markers and times follow from a seed and from a response that is drawn first. Pure, and the same for the same seed.
 */
import type { FactorValues } from '../../clinical/factor-values.ts';
import { addDays, type Criterion, criteria } from '../../clinical/response/timeline.ts';
import { type Assessment, assessmentId } from '../assessment.ts';
import { bestRead } from '../confirmed-responses.ts';
import type { CourseWrite } from '../course.ts';
import { assessCourse, computedResponse, startOf } from '../course-timeline.ts';
import { endpointsOf } from '../endpoints.ts';
import type { CourseLesion, CourseMeasure } from '../lesion-over-time.ts';
import type { Outcome } from '../outcome.ts';
import { publishedRegimens } from '../regimens.ts';
import { BASELINE, type TimePoint } from '../time-point.ts';
import type { Cycle } from '../treatment.ts';
import { type CaseWithoutImages, courseOfWrites, studyWithoutImages } from '../without-images.ts';
import { type Random, seededRandom } from './random.ts';

export const SIMULATED_COURSES = 60;
const SEED = 20_260_317;
/** Long enough ago that the last of them was observed to the end. */
const FIRST_DAY = '2018-01-08';
const DAYS_BETWEEN_PATIENTS = 11;
const READER = 'haicast (simulated)';

/** Share of the baseline that is left at the first and the second follow-up, by what was drawn for the patient. */
const pictures = {
  CR: { share: 0.15, whole: [0.8, 0.6], viable: [0.4, 0] },
  PR: { share: 0.35, whole: [0.75, 0.6], viable: [0.5, 0.4] },
  SD: { share: 0.3, whole: [0.97, 0.93], viable: [0.9, 0.85] },
  PD: { share: 0.2, whole: [1.25, 1.5], viable: [1.3, 1.6] },
} as const;
type Picture = keyof typeof pictures;

const drawPicture = (random: Random): Picture => {
  let at = random.next();
  for (const name of Object.keys(pictures) as Picture[]) {
    at -= pictures[name].share;
    if (at < 0) return name;
  }
  return 'PD';
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

interface Patient {
  readonly random: Random;
  readonly picture: Picture;
  readonly lesions: readonly { readonly lesion: CourseLesion; readonly mm: number; readonly viable: number }[];
  readonly afp: number;
}

const drawPatient = (random: Random): Patient => {
  const count = random.next() < 0.6 ? 1 : 2;
  return {
    random,
    picture: drawPicture(random),
    afp: tenth(10 ** random.between(1, 4)),
    lesions: Array.from({ length: count }, (_, index) => ({
      lesion: {
        id: `L${index + 1}`,
        role: 'target' as const,
        organ: 'liver',
        segment: random.pick(['S4', 'S5', 'S6', 'S7', 'S8']),
        node: false,
      },
      mm: tenth(random.between(45, 120) / (index + 1)),
      viable: random.between(0.8, 1),
    })),
  };
};

/** Blood of a day: AFP follows the viable tumour, the rest is a liver that treats it. */
const bloodOf = ({ random, afp }: Patient, left: number): FactorValues => ({
  afp: { value: tenth(Math.max(2, afp * left)), unit: 'ng/mL' },
  bilirubin: { value: tenth(random.between(8, 26)), unit: 'µmol/L' },
  albumin: { value: tenth(random.between(33, 45)), unit: 'g/L' },
  platelets: { value: Math.round(random.between(70, 240)), unit: '10^9/L' },
  neutrophils: { value: tenth(random.between(1.6, 6)), unit: '10^9/L' },
  lymphocytes: { value: tenth(random.between(0.8, 2.4)), unit: '10^9/L' },
});

/** Drawn apart, so that what was drawn before stays what it was. */
const stagingOf = ({ lesions, picture }: Patient, random: Random): FactorValues => ({
  largestDiameter: { value: Math.max(...lesions.map(({ mm }) => mm)), unit: 'mm', origin: 'lesion' },
  tumourNumber: { value: lesions.length },
  pvtt: { value: random.pick(picture === 'PD' ? ['vp2', 'vp3', 'vp4'] : ['vp0', 'vp1', 'vp2', 'vp3']) },
  extrahepaticSpread: { value: random.next() < 0.15 ? 'yes' : 'no' },
  ecog: { value: random.pick(['0', '0', '1']) },
  crp: { value: tenth(10 ** random.between(0, picture === 'PD' ? 1.9 : 1.5)), unit: 'mg/L' },
  priorTreatment: { value: random.next() < 0.7 ? 'none' : 'tace' },
});

const measuresAt = (patient: Patient, visit: number): Record<string, CourseMeasure> => {
  const { whole, viable } = pictures[patient.picture];
  return Object.fromEntries(
    patient.lesions.map(({ lesion, mm, viable: enhancing }) => [
      lesion.id,
      {
        state: 'measured' as const,
        mm: tenth(mm * (whole[visit] ?? 1)),
        viableMm: tenth(mm * enhancing * (viable[visit] ?? 1)),
      },
    ]),
  );
};

const timePoints = (patient: Patient, baseline: string): TimePoint[] => [
  {
    id: BASELINE,
    date: baseline,
    study: { state: 'none' },
    measures: measuresAt(patient, -1),
    factors: bloodOf(patient, 1),
  },
  ...[0, 1].map((visit) => ({
    id: `follow-up-${visit + 1}`,
    date: addDays(baseline, 56 * (visit + 1)),
    study: { state: 'none' as const },
    measures: measuresAt(patient, visit),
    factors: bloodOf(patient, pictures[patient.picture].viable[visit] ?? 1),
  })),
];

const cyclesOf = ({ random }: Patient, baseline: string): Cycle[] => {
  const [regimen] = publishedRegimens;
  const count = 2 + Math.floor(random.between(0, 3));
  return Array.from({ length: count }, (_, index) => ({
    id: `cycle-${index + 1}`,
    date: addDays(baseline, 7 + 21 * index),
    regimen: regimen?.name ?? '',
    drugs: regimen?.drugs.map((drug) => ({ ...drug })) ?? [],
    bsaFormula: 'mosteller' as const,
    labs: {},
    events:
      random.next() < 0.3
        ? [
            {
              id: 'event-1',
              term: 'Abdominal pain',
              code: '10000081',
              version: '5.0' as const,
              grade: random.pick([1, 2, 3]),
            },
          ]
        : [],
  }));
};

const put = <K extends CourseWrite['kind']>(kind: K, id: string, body: unknown): CourseWrite =>
  ({ kind, id, body, base: null }) as CourseWrite;

const assessmentsOf = (course: ReturnType<typeof courseOfWrites>): Assessment[] =>
  criteria.flatMap((criterion) => {
    const assessed = assessCourse(course, criterion);
    return course.timePoints.flatMap(({ id, date }) => {
      const computed = computedResponse(assessed.visits.get(id), assessed.options);
      const at = `${date}T12:00:00.000Z`;
      return computed ? [{ timePointId: id, criterion, computed, response: computed.overall, reader: READER, at }] : [];
    });
  });

/** Longer with a better response; one in four is alive at the end of observation. */
const outcomeOf = ({ random, picture }: Patient, course: ReturnType<typeof courseOfWrites>): Outcome => {
  const start = startOf(course);
  const months = { CR: 30, PR: 20, SD: 13, PD: 8 }[picture];
  const died = random.next() < 0.75;
  const last = addDays(start, 120 + Math.round(30 * months * random.between(0.5, 1.5)));
  const { progression: read } = assessCourse(course, 'recist-1.1');
  const later = addDays(start, 110 + Math.round(30 * months * random.between(0.2, 0.45)));
  const progression = read ?? (random.next() < 0.6 && later < last ? later : undefined);
  const days = {
    start,
    ...(progression ? { progression } : {}),
    ...(died ? { death: last } : { lastContact: last }),
    lastAssessment: course.timePoints.at(-1)?.date ?? start,
  };
  const best = (criterion: Criterion) => {
    const { best: found, bestConfirmed } = bestRead(course, criterion);
    return found.response
      ? {
          [criterion]: {
            response: found.response,
            byHand: false,
            confirmed: bestConfirmed.response === found.response,
            ...(found.date ? { date: found.date } : {}),
          },
        }
      : {};
  };
  return {
    best: { ...best('recist-1.1'), ...best('mrecist') },
    ...days,
    endpoints: endpointsOf(days),
    confirmedBy: READER,
    confirmedAt: `${last}T12:00:00.000Z`,
  };
};

const simulatedCourse = (number: number): CaseWithoutImages => {
  const patient = drawPatient(seededRandom(SEED + number));
  const { random } = patient;
  const baseline = addDays(FIRST_DAY, DAYS_BETWEEN_PATIENTS * number);
  const label = String(number + 1).padStart(2, '0');
  const sex = random.next() < 0.85 ? 'M' : 'F';
  const study = studyWithoutImages(
    { patientName: `SIMULATED^${label}`, patientId: `SIM-HISTORY-${label}`, sex },
    baseline,
    'Simulated course, no patient',
  );
  const [first] = timePoints(patient, baseline);
  const factors: FactorValues = {
    ...first?.factors,
    ...stagingOf(patient, seededRandom(SEED - 1 - number)),
    age: { value: Math.round(random.between(38, 76)) },
    sex: { value: sex === 'M' ? 'male' : 'female' },
    hbsAg: { value: random.next() < 0.8 ? 'positive' : 'negative' },
  };
  const source = { kind: 'simulated', path: '' } as const;
  const parts = [
    ...patient.lesions.map(({ lesion }) => put('lesion', lesion.id, lesion)),
    ...timePoints(patient, baseline).map((point) => put('time-point', point.id, point)),
    ...cyclesOf(patient, baseline).map((cycle) => put('cycle', cycle.id, cycle)),
  ];
  const asSource = { createdAt: `${baseline}T08:00:00.000Z`, source, study, lesions: [], factors };
  const read = assessmentsOf(courseOfWrites(asSource, parts)).map((one) =>
    put('assessment', assessmentId(one.timePointId, one.criterion), one),
  );
  const outcome = outcomeOf(patient, courseOfWrites(asSource, [...parts, ...read]));
  const writes = [...parts, ...read, put('outcome', 'outcome', outcome)];
  return { source, study, factors, writes };
};

export const simulatedCourses = (): CaseWithoutImages[] =>
  Array.from({ length: SIMULATED_COURSES }, (_, number) => simulatedCourse(number));
