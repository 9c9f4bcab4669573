/**
 * The closed courses of this hospital as rows of its evidence. What was read once is kept in memory as long as the case
 * history is open, and read again only where the case or its course was changed: of ten thousand few are.
 */
import { criterionNamed } from '#shared/clinical/response/timeline.ts';
import { simulatedPrediction } from '#shared/course/simulated/simulated-prediction.ts';
import { AppError } from '#shared/errors.ts';
import { COVERED, type EvidenceRow } from '#shared/evidence/evidence-row.ts';
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
  /** Who the patient is, as the study says; never leaves. */
  readonly person: string;
  readonly predictionId: string | undefined;
  /** Undefined where it cannot be read. */
  readonly row: Omit<EvidenceRow, 'patient'> | undefined;
}

/** Made-up patients only where there are no others. */
const ofThisHospital = (stamps: readonly ClosedStamp[]): { chosen: readonly ClosedStamp[]; simulated: boolean } => {
  const real = stamps.filter(({ madeUp }) => !madeUp);
  const simulated = real.length === 0 && stamps.length > 0;
  return { chosen: simulated ? stamps : real, simulated };
};

/** Whose study has no patient ID is nobody else that is known of. */
const personOf = (caseId: string, issuer: string, patientId: string): string => {
  const known = patientId.trim().toLowerCase();
  return known === '' ? `case\u0000${caseId}` : `${issuer}\u0000${known}`;
};

const readOne = (store: Store, stamp: ClosedStamp): Kept => {
  const { id, state, madeUp } = stamp;
  try {
    const { patientId, issuer, outcome, prediction, predictionId, ...read } = store.closed(stamp);
    // The demonstration history has no images that a model could have seen.
    const made = prediction ?? (madeUp && outcome ? simulatedPrediction(patientId, outcome) : undefined);
    return {
      id,
      state,
      person: personOf(id, issuer, patientId),
      predictionId,
      row: outcome && rowOfCase({ ...read, outcome, prediction: made }),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'case-unreadable')
      return { id, state, person: '', predictionId: undefined, row: undefined };
    throw error;
  }
};

/** Asked at every reading: what a board uncovers changes nothing of the case. */
const withoutCovered = (records: BoardRecords, found: readonly Kept[]): Kept[] => {
  const onLists = new Set(records.meetings().flatMap(({ meeting }) => (meeting.covered ? meeting.caseIds : [])));
  return found.map((one) => {
    const { id, predictionId, row } = one;
    if (!row?.prediction || predictionId === undefined || !onLists.has(id)) return one;
    if (coveredBy(records, id, predictionId).length === 0) return one;
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
    const patient = patients.get(person) ?? patients.size;
    patients.set(person, patient);
    return [{ ...row, patient }];
  });
};

const NOBODY: ReadonlySet<string> = new Set();

export class EvidenceRows {
  readonly #kept = new WeakMap<Store, ReadonlyMap<string, Kept>>();

  /**
   * Long work gives way to others; cancelled, it keeps nothing of what it read.
   * @param leftOut cases that whoever asks may not be told of
   */
  async read(store: Store, options: SliceOptions<Step> = {}, leftOut: ReadonlySet<string> = NOBODY): Promise<ReadRows> {
    const { chosen, simulated } = ofThisHospital(store.closedStamps());
    const found = await inSlices(this.#steps(store, chosen), options);
    this.#kept.set(store, new Map(found.map((one) => [one.id, one])));
    const told = found.filter(({ id }) => !leftOut.has(id));
    const rows = numbered(withReaders(store, withoutCovered(store, told)));
    return { rows, simulated, unreadable: told.length - rows.length, inStudy: found.length - told.length };
  }

  *#steps(store: Store, stamps: readonly ClosedStamp[]): Generator<Step, Kept[]> {
    const before = this.#kept.get(store);
    const found: Kept[] = [];
    for (const stamp of stamps) {
      const known = before?.get(stamp.id);
      found.push(known?.state === stamp.state ? known : readOne(store, stamp));
      yield { done: found.length, total: stamps.length };
    }
    return found;
  }
}
