/** A patient's lesions over time, as response criteria see them. Lengths are in mm, dates are ISO 8601 days. */

export const criteria = ['recist-1.1', 'mrecist'] as const;
export type Criterion = (typeof criteria)[number];

/** The same in every language. */
export const criterionNames = { 'recist-1.1': 'RECIST 1.1', mrecist: 'mRECIST' } as const satisfies Record<
  Criterion,
  string
>;

/** The criterion that models and tables call so; undefined for any other name. */
export const criterionNamed = (name: string | null | undefined): Criterion | undefined =>
  criteria.find((one) => criterionNames[one] === name);

/** From best to worst, in the order of CDISC's response terminology. */
export const responseCodes = ['CR', 'PR', 'SD', 'NON-CR/NON-PD', 'PD', 'NE'] as const;
export type ResponseCode = (typeof responseCodes)[number];
export type TargetResponse = Exclude<ResponseCode, 'NON-CR/NON-PD'>;
export type NonTargetResponse = Exclude<ResponseCode, 'PR' | 'SD'>;

export interface LesionIdentity {
  readonly id: string;
  readonly organ: string;
  /** A lymph node is measured by its short axis; all nodes together count as one organ. */
  readonly node: boolean;
  readonly role: 'target' | 'non-target';
}

/** What was drawn of one lesion: the whole of it (RECIST 1.1) and its arterially enhancing part (mRECIST). */
export interface Diameters {
  readonly mm?: number | undefined;
  readonly viableMm?: number | undefined;
}

export type Measure =
  | (Diameters & { readonly state: 'measured' })
  /** A lesion that fell into pieces: their longest diameters are added. */
  | { readonly state: 'split'; readonly parts: readonly Diameters[] }
  /** Inseparable from another lesion, whose diameter stands for both. */
  | { readonly state: 'merged'; readonly into: string }
  | { readonly state: 'gone' | 'too-small' | 'not-assessed' };

export interface MeasuredVisit {
  readonly date: string;
  /** By id of the lesion. A target without an entry was not assessed. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** What the reader says of the non-target lesions together; otherwise derived from their measures. */
  readonly nonTarget?: NonTargetResponse | undefined;
  /** `equivocal` is no progression yet; where a later visit confirms it, the progression is dated back. */
  readonly newLesions: 'none' | 'equivocal' | 'unequivocal';
  /** A raised tumour marker rules CR out. */
  readonly markers?: 'normal' | 'raised' | undefined;
}

/** A visit whose response was read elsewhere. */
export interface StatedVisit {
  readonly date: string;
  readonly overall: ResponseCode;
}

export type Visit = MeasuredVisit | StatedVisit;

export const isStated = (visit: Visit): visit is StatedVisit => 'overall' in visit;

/** Every policy on which the literature differs; kept with each result. */
export interface ResponseOptions {
  /** Days from the start that a stable disease must have lasted; 6–8 weeks in general, set by protocol. */
  readonly minimumSdDays: number;
  /** Days between a response and its confirmation; 4 weeks. */
  readonly confirmationDays: number;
  /** Visits that could not be evaluated between a response and its confirmation. */
  readonly maximumNeBetween: number;
  /** Whether one stable disease may lie between two partial responses. */
  readonly acceptSd: boolean;
  /** Whether a patient without any assessment counts as NE; otherwise there is no best response. */
  readonly missingAsNe: boolean;
  /** Whether growth counts only from 5 mm on. Part of RECIST 1.1; some trials add it to mRECIST. */
  readonly fiveMillimetreRule: boolean;
  /** Whether a confirmed PR is kept until PD (EORTC) though the sum alone would say SD. */
  readonly prCarryForward: boolean;
}

export const defaultOptions = (criterion: Criterion): ResponseOptions => ({
  minimumSdDays: 42,
  confirmationDays: 28,
  maximumNeBetween: 1,
  acceptSd: false,
  missingAsNe: false,
  fiveMillimetreRule: criterion === 'recist-1.1',
  prCarryForward: false,
});

export interface Timeline {
  /** Origin of all days: randomisation, else the first treatment. */
  readonly start: string;
  readonly criterion: Criterion;
  readonly options: ResponseOptions;
  readonly lesions: readonly LesionIdentity[];
  /** In order of date; the first that was measured is the baseline. */
  readonly visits: readonly Visit[];
}

export const DAY_MS = 86_400_000;

/** Whole days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The ISO day so many days after another. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
