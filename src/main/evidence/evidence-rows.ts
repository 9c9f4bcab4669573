/**
 * The closed courses of this hospital as rows of its evidence. What was read once is kept in memory as long as the case
 * history is open, and read again only where the case or its course was changed: of ten thousand few are.
 */
import { criterionNamed } from '#shared/clinical/response/timeline.ts';
import { simulatedPrediction } from '#shared/course/simulated/simulated-prediction.ts';
import { AppError } from '#shared/errors.ts';
import { COVERED, type EvidenceRow } from '#shared/evidence/evidence-row.ts';
import { type Candidate, type Person, personKey, type SeenByModel } from '#shared/evidence/neighbours/neighbours.ts';
import { rowOfCase } from '#shared/evidence/row-of-case.ts';
import { type BoardRecords, coveredBy } from '../cases/board/board-model.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { ClosedStamp } from '../cases/rows/closed-rows.ts';
import { inSlices, type SliceOptions } from '../cases/sql/in-slices.ts';

export interface ReadRows {
  readonly rows: readonly EvidenceRow[];
  /** Of made-up patients, and of nobody else: the two are never in one figure. */
  readonly simulated: boolean;
  /** Closed courses that are damaged, or were written by a newer haicast. */
  readonly unreadable: number;
  /** Closed courses that are left out, since whoever asks still reads them in a reader study. */
  readonly inStudy: number;
}

type Store = Pick<RecordsStore, 'closedStamps' | 'closed' | 'endedReadings'> & BoardRecords;
type Step = { readonly done: number; readonly total: number };
interface Kept {
  readonly id: string;
  readonly state: string;
  readonly madeUp: boolean;
  /** Who the patient is, as the study says; never leaves. */
  readonly person: Person;
  readonly predictionId: string | undefined;
  /** What the model saw, where its prediction is in force; never leaves. */
  readonly seen: SeenByModel | undefined;
  /** Undefined where it cannot be read. */
  readonly row: Omit<EvidenceRow, 'patient'> | undefined;
}

/** Made-up patients only where there are no others. */
const ofThisHospital = (found: readonly Kept[]): { chosen: readonly Kept[]; simulated: boolean } => {
  const real = found.filter(({ madeUp }) => !madeUp);
  const simulated = real.length === 0 && found.length > 0;
  return { chosen: simulated ? found : real, simulated };
};

const nobody: Person = { caseId: undefined, studyInstanceUID: '', patientId: '', issuer: '' };

const readOne = (store: Store, stamp: ClosedStamp): Kept => {
  const { id, state, madeUp } = stamp;
  try {
    const { patientId, issuer, studyInstanceUID, outcome, prediction, predictionId, ...read } = store.closed(stamp);
    // The demonstration history has no images that a model could have seen.
    const made = prediction ?? (madeUp && outcome ? simulatedPrediction(patientId, outcome) : undefined);
    return {
      id,
      state,
      madeUp,
      person: { caseId: id, studyInstanceUID, patientId, issuer },
      predictionId,
      seen: prediction,
      row: outcome && rowOfCase({ ...read, outcome, prediction: made }),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'case-unreadable')
      return { id, state, madeUp, person: nobody, predictionId: undefined, seen: undefined, row: undefined };
    throw error;
  }
};

/** Asked at every reading: what a board uncovers changes nothing of the case. */
const coveredOnes = (records: BoardRecords, found: readonly Kept[]): Set<string> => {
  const onLists = new Set(records.meetings().flatMap(({ meeting }) => (meeting.covered ? meeting.caseIds : [])));
  return new Set(
    found.flatMap(({ id, predictionId }) =>
      predictionId !== undefined && onLists.has(id) && coveredBy(records, id, predictionId).length > 0 ? [id] : [],
    ),
  );
};

const withoutCovered = (records: BoardRecords, found: readonly Kept[]): Kept[] => {
  const covered = coveredOnes(records, found);
  return found.map((one) => {
    const { row } = one;
    if (!row?.prediction || !covered.has(one.id)) return one;
    const prediction = { ...row.prediction, probability: null, withheldBecause: [COVERED] };
    return { ...one, row: { ...row, prediction, others: {} } };
  });
};

/** Asked at every reading, too. A reader is compared by the criterion that they were asked by, and no other. */
const withReaders = (records: Pick<Store, 'endedReadings'>, found: readonly Kept[]): Kept[] => {
  const readings = Map.groupBy(records.endedReadings(), ({ caseId }) => caseId);
  return found.map((one) => {
    const own = readings.get(one.id);
    if (!one.row?.prediction || !own) return one;
    const asked = criterionNamed(one.row.prediction.criterion);
    const said = own.filter(({ criterion }) => criterion === asked);
    const readers = Object.fromEntries(said.map(({ reader, probability }) => [reader, probability]));
    return { ...one, row: { ...one.row, readers } };
  });
};

const numbered = (found: readonly Kept[]): EvidenceRow[] => {
  const patients = new Map<string, number>();
  return found.flatMap(({ row, person }) => {
    if (!row) return [];
    const key = personKey(person);
    const patient = patients.get(key) ?? patients.size;
    patients.set(key, patient);
    return [{ ...row, patient }];
  });
};

const NOBODY: ReadonlySet<string> = new Set();

const candidateOf = ({ id, person, madeUp, seen, row }: Kept, covered: ReadonlySet<string>): Candidate[] =>
  row
    ? [
        {
          caseId: id,
          person,
          date: row.date,
          simulated: madeUp,
          split: row.split,
          prediction: seen,
          covered: covered.has(id),
          responses: row.responses,
        },
      ]
    : [];

export class EvidenceRows {
  readonly #kept = new WeakMap<Store, ReadonlyMap<string, Kept>>();

  /**
   * Long work gives way to others; cancelled, it keeps nothing of what it read.
   * @param leftOut cases that whoever asks may not be told of
   */
  async read(store: Store, options: SliceOptions<Step> = {}, leftOut: ReadonlySet<string> = NOBODY): Promise<ReadRows> {
    const { chosen, simulated } = ofThisHospital(await this.#closed(store, options));
    const told = chosen.filter(({ id }) => !leftOut.has(id));
    const rows = numbered(withReaders(store, withoutCovered(store, told)));
    return { rows, simulated, unreadable: told.length - rows.length, inStudy: chosen.length - told.length };
  }

  /**
   * Every closed course as a neighbour of another, made up or not; who they are stays on this side.
   * @param leftOut cases that whoever asks may not be told of: covered, and nothing else is said of them
   */
  async candidates(
    store: Store,
    options: SliceOptions<Step> = {},
    leftOut: ReadonlySet<string> = NOBODY,
  ): Promise<Candidate[]> {
    const found = await this.#closed(store, options);
    const covered = new Set([...coveredOnes(store, found), ...leftOut]);
    return found.flatMap((one) => candidateOf(one, covered));
  }

  async #closed(store: Store, options: SliceOptions<Step>): Promise<Kept[]> {
    const found = await inSlices(this.#steps(store), options);
    this.#kept.set(store, new Map(found.map((one) => [one.id, one])));
    return found;
  }

  *#steps(store: Store): Generator<Step, Kept[]> {
    const before = this.#kept.get(store);
    const stamps: ClosedStamp[] = [];
    for (const page of store.closedStamps()) {
      stamps.push(...page);
      yield { done: 0, total: stamps.length };
    }
    const found: Kept[] = [];
    for (const stamp of stamps) {
      const known = before?.get(stamp.id);
      found.push(known?.state === stamp.state ? known : readOne(store, stamp));
      yield { done: found.length, total: stamps.length };
    }
    return found;
  }
}
