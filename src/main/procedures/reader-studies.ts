/** Reader studies: beginning, leaving and closing them, and what came of them. */
import { randomInt, randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import type { BeginStudy, Reader } from '#shared/readers/reading-case.ts';
import { nameOfActor } from '../cases/audit/actor.ts';
import { actorOf, type Covered, keyOfName, keyOfUser, readerIn } from '../cases/readers/covered-cases.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import { caseCovered } from '../cover/covered-answers.ts';
import type { HandlersOf } from './handlers.ts';
import { type ReadingHandlerOptions, readingHandlers } from './readings.ts';
import { studyResults } from './study-results.ts';
import { studySummary } from './study-summary.ts';

export interface ReaderStudyOptions extends Omit<ReadingHandlerOptions, 'vault'> {
  vault: Pick<Vault, 'store' | 'note' | 'hasUsers'>;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

const UNNAMED = '—';
/** Seeds of the orders: 32 bits. */
const SEEDS = 2 ** 32;

type Refusal = 'case-gone' | 'unknown-reader' | 'reader-twice' | 'case-twice' | 'still-read' | 'mixed';

const refused = (refusal: Refusal) =>
  new AppError('reader-study-refused', `The study does not fit together (${refusal}). Nothing was begun.`, {
    params: { studyProblem: refusal },
  });

const running = () =>
  new AppError(
    'reader-study-running',
    'This study is still being read: its results would tell the readers. They are shown once everybody is through, or the study is closed.',
  );

const ended = () =>
  new AppError('reader-study-ended', 'This reader study is over for you: it was closed, or you left it.');

export const readerHandlers = (options: ReaderStudyOptions): HandlersOf<'readers'> => {
  const { vault, actor, changed, covered } = options;

  const all = (): { studies: ReturnType<typeof studySummary>[] } => {
    const store = vault.store();
    return { studies: store.readerStudies().map(({ study }) => studySummary(store, study, actor())) };
  };

  /** Users who may sign in; where nobody signs in, whoever is there. */
  const people = (store: RecordsStore): Reader[] => {
    if (vault.hasUsers()) {
      return store.users
        .list()
        .filter(({ disabled }) => !disabled)
        .map(({ id, name }) => ({ key: keyOfUser(id), name }));
    }
    const name = nameOfActor(actor()).trim();
    return name === '' ? [] : [{ key: keyOfName(name), name }];
  };

  const candidatesOf = (store: RecordsStore) => {
    const { caseIds } = covered();
    return store.readerCandidates().filter(({ caseId }) => !caseIds.has(caseId));
  };

  const casesOf = (store: RecordsStore, caseIds: readonly string[]): ReaderStudy['cases'] => {
    if (new Set(caseIds).size !== caseIds.length) throw refused('case-twice');
    if (caseIds.some((id) => covered().caseIds.has(id))) throw caseCovered();
    const known = new Map(candidatesOf(store).map((one) => [one.caseId, one]));
    const chosen = caseIds.map((id) => {
      const one = known.get(id);
      if (!one) throw refused('case-gone');
      return one;
    });
    // Made-up patients and others are never in one figure.
    if (new Set(chosen.map(({ simulated }) => simulated)).size > 1) throw refused('mixed');
    return chosen.map(({ caseId, predictionId }) => ({ caseId, predictionId }));
  };

  /** One study would show the model of a case that the reader still reads without it in the other. */
  const assertReadOnce = (store: RecordsStore, reader: Reader, caseIds: readonly string[]): void => {
    const still = store.coveredFor(actorOf(reader)).caseIds;
    if (caseIds.some((id) => still.has(id))) throw refused('still-read');
  };

  const readersOf = (store: RecordsStore, keys: readonly string[], caseIds: readonly string[]) => {
    if (new Set(keys).size !== keys.length) throw refused('reader-twice');
    const known = new Map(people(store).map((one) => [one.key, one]));
    return keys.map((key): ReaderStudy['readers'][number] => {
      const one = known.get(key);
      if (!one) throw refused('unknown-reader');
      assertReadOnce(store, one, caseIds);
      return { ...one, seed: randomInt(SEEDS), left: null };
    });
  };

  const begin = ({ name, criterion, readings, threshold, caseIds, readers }: BeginStudy): void => {
    const store = vault.store();
    const study: ReaderStudy = {
      id: randomUUID(),
      ...{ name, criterion, readings, threshold },
      begunAt: new Date().toISOString(),
      begunBy: nameOfActor(actor()) || UNNAMED,
      cases: casesOf(store, caseIds),
      readers: readersOf(store, readers, caseIds),
      closed: null,
    };
    store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, actor());
  };

  const leave = (studyId: string, reason: string): void => {
    const store = vault.store();
    const { study, base } = store.readerStudy(studyId);
    const you = readerIn(study, actor());
    if (!you) {
      throw new AppError(
        'reader-study-not-yours',
        'You are no reader of this study. Whoever begins a study says who reads.',
      );
    }
    // Whoever is through has seen what became of the patients: their readings stay among the results.
    if (study.closed !== null || you.left !== null || store.progressOf(study).finished.has(you.key)) throw ended();
    const left = { at: new Date().toISOString(), reason };
    const readers = study.readers.map((one) => (one.key === you.key ? { ...one, left } : one));
    store.writeReaderStudy({ action: 'readerStudy.left', study: { ...study, readers }, base }, actor());
  };

  const close = (studyId: string): void => {
    const store = vault.store();
    const { study, base } = store.readerStudy(studyId);
    if (study.closed !== null) throw ended();
    const closed = { at: new Date().toISOString(), by: nameOfActor(actor()) || UNNAMED };
    store.writeReaderStudy({ action: 'readerStudy.closed', study: { ...study, closed }, base }, actor());
  };

  return {
    ...readingHandlers(options),
    'readers.list': all,
    'readers.candidates': () => {
      const store = vault.store();
      return {
        cases: candidatesOf(store).map(({ predictionId, ...one }) => ({
          ...one,
          predicted: predictionId !== null || (one.simulated && one.closed),
        })),
        people: people(store),
      };
    },
    'readers.begin': (given) => {
      begin(given);
      changed();
      return all();
    },
    'readers.leave': ({ studyId, reason }) => {
      leave(studyId, reason);
      changed();
      return all();
    },
    'readers.close': ({ studyId }) => {
      close(studyId);
      changed();
      return all();
    },
    'readers.results': ({ studyId }) => {
      const store = vault.store();
      const { study } = store.readerStudy(studyId);
      const { ended: isOver, there } = store.progressOf(study);
      if (!isOver) throw running();
      // What became of these cases is not told to whoever reads one of them in another study.
      const { caseIds } = covered();
      if (study.cases.some(({ caseId }) => there.has(caseId) && caseIds.has(caseId))) throw caseCovered();
      return studyResults(store, study);
    },
  };
};
