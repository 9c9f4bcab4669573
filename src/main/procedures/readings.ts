/** Reading in a reader study: what a reader is shown of a case, and what they lock. */
import { type Alias, aliasesOf } from '#shared/board/alias.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { AppError } from '#shared/errors.ts';
import {
  type ReaderStudy,
  type Reading,
  type ReadingKind,
  type Step,
  type StudyReader,
  stepOf,
} from '#shared/readers/reader-study.ts';
import type { ReadingCase } from '#shared/readers/reading-case.ts';
import { shuffled } from '#shared/readers/worklist.ts';
import { shiftsInForce } from '#shared/study/series-shift.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import type { Actor } from '../cases/audit/actor.ts';
import { readerIn } from '../cases/readers/covered-cases.ts';
import type { LockedReading } from '../cases/readers/reading-rows.ts';
import { pictureGone } from '../cases/rows/key-image-rows.ts';
import type { Vault } from '../cases/vault.ts';
import { type BlindedImages, withoutWords } from '../cover/blinded-images.ts';
import type { Session } from './draft.ts';
import type { Handlers } from './handlers.ts';
import { imagesOf } from './images-at-hand.ts';
import { modelOfStudy } from './reader-models.ts';
import { studySummary } from './study-summary.ts';

type ReadingProcedure = 'readers.worklist' | 'readers.item' | 'readers.picture' | 'readers.openImages' | 'readers.lock';

export interface ReadingHandlerOptions {
  vault: Pick<Vault, 'store' | 'note'>;
  session: Session;
  actor: () => Actor;
  changed: () => void;
  /** Opens the images of a kept case. */
  openImages: (input: { id: string; jobId: string }) => Promise<OpenedStudies> | OpenedStudies;
  /** What is opened for a reading is known here before its reader knows of it. */
  blinded: Pick<BlindedImages, 'add'>;
  /** Milliseconds; tests take another. */
  clock?: () => number;
}

const notYours = () =>
  new AppError('reader-study-not-yours', 'You are no reader of this study. Whoever begins a study says who reads.');

const caseGone = () =>
  new AppError('reading-gone', 'This case is no longer there to be read: it was erased, or lies in the trash.');

/** Of one study a case is always called the same, and by another name in every other: nobody knows it again from a board. */
const aliasesIn = ({ id, cases }: ReaderStudy): ReadonlyMap<string, Alias> => {
  const names = cases.map(({ caseId }) => `${id}/${caseId}`);
  const aliases = aliasesOf(names);
  return new Map(cases.map(({ caseId }) => [caseId, aliases.get(`${id}/${caseId}`) ?? { word: 0, number: 0 }]));
};

/** What was locked by one reader of one case. */
type Locked = { readonly [K in ReadingKind]?: LockedReading };

const lockedView = (locked: LockedReading | undefined): ReadingCase['first'] => {
  if (!locked) return null;
  const { probability, confidence, comment, seconds, pauses }: Reading = locked.body;
  return { reading: { probability, confidence, comment, seconds, pauses }, at: locked.at, by: locked.actor };
};

interface Found {
  readonly study: ReaderStudy;
  readonly reader: StudyReader;
  readonly one: ReaderStudy['cases'][number];
  readonly place: number;
  readonly locked: Locked;
  readonly step: Step;
}

export const readingHandlers = (options: ReadingHandlerOptions): Handlers<ReadingProcedure> => {
  const { vault, session, actor, changed, openImages, blinded, clock = Date.now } = options;
  /** When somebody first saw a case in this session: nobody reads longer than since then. */
  const seenSince = new Map<string, number>();

  const ownStudy = (studyId: string): { study: ReaderStudy; reader: StudyReader } => {
    const { study } = vault.store().readerStudy(studyId);
    const reader = readerIn(study, actor());
    if (!reader) throw notYours();
    return { study, reader };
  };

  const orderOf = ({ cases }: ReaderStudy, { seed }: StudyReader) => shuffled(cases, seed);

  const lockedOf = (studyId: string, { key }: StudyReader): Map<string, Locked> => {
    const own = vault
      .store()
      .readingsOfStudy(studyId)
      .filter(({ reader }) => reader === key);
    const byCase = Map.groupBy(own, ({ caseId }) => caseId);
    return new Map(
      [...byCase].map(([caseId, found]) => [caseId, Object.fromEntries(found.map((one) => [one.kind, one]))]),
    );
  };

  const kindsOf = (locked: Locked): Set<ReadingKind> => new Set(Object.keys(locked) as ReadingKind[]);

  const find = ({ studyId, place }: { studyId: string; place: number }): Found => {
    const { study, reader } = ownStudy(studyId);
    const one = orderOf(study, reader)[place - 1];
    if (!one || !vault.store().progressOf(study).there.has(one.caseId)) throw caseGone();
    const locked = lockedOf(studyId, reader).get(one.caseId) ?? {};
    return { study, reader, one, place, locked, step: stepOf(study, kindsOf(locked)) };
  };

  /** Covered until the first reading is locked, and where the study shows no model at all. */
  const modelOf = ({ study, one, locked }: Found, saved: SavedCase): ReadingCase['model'] => {
    if (study.readings === 1 || !locked.first) return { state: 'covered' };
    const model = modelOfStudy(saved, one.predictionId, () => vault.store().course(saved.id));
    if (!model) return { state: 'none' };
    const { shown, prediction } = model;
    const isWithheld = shown.probability === null;
    return {
      state: 'shown',
      shown,
      ...(prediction && !isWithheld ? { map: prediction.map, sample: prediction.sample } : {}),
    };
  };

  /** A map shows what the model made of the image: it is seen with the model, and never where that is withheld. */
  const picturesOf = (saved: SavedCase, model: ReadingCase['model']): SavedCase['keyImages'] => {
    const mapOf = model.state === 'shown' && model.map ? model.shown.predictionId : undefined;
    return saved.keyImages.filter(({ predictionId }) => predictionId === undefined || predictionId === mapOf);
  };

  const viewOf = (found: Found): { view: ReadingCase; saved: SavedCase } => {
    const { study, one, place, locked, step } = found;
    const saved = vault.store().get(one.caseId);
    const model = modelOf(found, saved);
    const { ageYears, patient } = saved.study;
    const view: ReadingCase = {
      studyId: study.id,
      place,
      total: study.cases.length,
      alias: aliasesIn(study).get(one.caseId) ?? { word: 0, number: 0 },
      criterion: study.criterion,
      readings: study.readings,
      simulated: isSimulatedCase(saved),
      ...(ageYears === undefined ? {} : { ageYears }),
      ...(patient.sex === undefined ? {} : { sex: patient.sex }),
      factors: saved.factors,
      shifts: shiftsInForce(saved.shifts ?? [], saved.roles),
      lesions: saved.lesions.map(({ comment: _comment, ...lesion }) => lesion),
      roles: saved.roles,
      keyImages: picturesOf(saved, model),
      imagesAtHand: imagesOf(saved, session).state === 'at-hand',
      state: step,
      first: lockedView(locked.first),
      second: lockedView(locked.second),
      model,
    };
    return { view, saved };
  };

  const keyOf = ({ study, reader, one }: Found, kind: ReadingKind): string =>
    JSON.stringify([study.id, reader.key, one.caseId, kind]);

  /** Whoever is shown a case has opened it, once for each reading. */
  const noteSeen = (found: Found): void => {
    if (found.step === 'done') return;
    const key = keyOf(found, found.step);
    if (seenSince.has(key)) return;
    seenSince.set(key, clock());
    vault.note({
      action: 'reading.opened',
      caseId: found.one.caseId,
      detail: { study: found.study.id, as: found.step },
    });
  };

  /** Nobody reads for longer than the case was open here. */
  const timed = (reading: Reading, found: Found, kind: ReadingKind): Reading => {
    const since = seenSince.get(keyOf(found, kind));
    if (since === undefined) return reading;
    return { ...reading, seconds: Math.min(reading.seconds, Math.max(0, (clock() - since) / 1_000)) };
  };

  const lock = (found: Found, kind: ReadingKind, given: Reading): void => {
    const { study, reader, one } = found;
    const reading = timed(given, found, kind);
    const place = { studyId: study.id, caseId: one.caseId, reader: reader.key };
    if (kind === 'first') {
      vault.store().lockReading({ ...place, kind, body: reading }, actor());
      return;
    }
    const saved = vault.store().get(one.caseId);
    const model = modelOf(found, saved);
    const body = { ...reading, model: model.state === 'shown' ? model.shown : null };
    vault.store().lockReading({ ...place, kind, body }, actor());
  };

  return {
    'readers.worklist': ({ studyId }) => {
      const { study, reader } = ownStudy(studyId);
      const store = vault.store();
      const { there } = store.progressOf(study);
      const [aliases, locked] = [aliasesIn(study), lockedOf(studyId, reader)];
      return {
        study: studySummary(store, study, actor()),
        items: orderOf(study, reader).map(({ caseId }) => ({
          alias: aliases.get(caseId) ?? { word: 0, number: 0 },
          state: there.has(caseId) ? stepOf(study, kindsOf(locked.get(caseId) ?? {})) : ('gone' as const),
        })),
      };
    },
    'readers.item': (place) => {
      const found = find(place);
      const { view } = viewOf(found);
      noteSeen(found);
      return view;
    },
    'readers.picture': ({ id, ...place }) => {
      const { view, saved } = viewOf(find(place));
      if (!view.keyImages.some((image) => image.id === id)) throw pictureGone();
      const { mediaType, bytes } = vault.store().picture(saved.id, id);
      return { mediaType, base64: Buffer.from(bytes).toString('base64') };
    },
    'readers.openImages': async ({ jobId, ...place }) => {
      const { saved } = viewOf(find(place));
      const opened = await openImages({ id: saved.id, jobId });
      blinded.add(opened.openId);
      return withoutWords(opened, saved.study.studyInstanceUID);
    },
    'readers.lock': ({ kind, reading, ...place }) => {
      lock(find(place), kind, reading);
      changed();
      const found = find(place);
      noteSeen(found);
      return viewOf(found).view;
    },
  };
};
