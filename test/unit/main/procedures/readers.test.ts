import { describe, expect, test } from 'vitest';
import type { Outcome } from '#shared/course/outcome.ts';
import type { BeginStudy } from '#shared/readers/reading-case.ts';
import type { Actor } from '../../../../src/main/cases/audit/actor.ts';
import type { CaseToSave } from '../../../../src/main/cases/rows/case-to-save.ts';
import { hashPassword } from '../../../../src/main/cases/users/password.ts';
import { BlindedImages } from '../../../../src/main/cover/blinded-images.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { readerHandlers } from '../../../../src/main/procedures/reader-studies.ts';
import { sampleReading } from '../cases/readers/sample-study.ts';
import { sampleCase, samplePictures, samplePrediction, sampleStudy } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

const ADA = { name: 'Ada', identity: 'u1' };
const BO = { name: 'Bo', identity: 'u2' };
const outcomeOf = (best: Outcome['best'], split?: string): Outcome => ({
  best,
  endpoints: {},
  confirmedBy: 'Dr Z',
  confirmedAt: '2024-12-01T10:00:00.000Z',
  ...(split === undefined ? {} : { split }),
});
const responded = outcomeOf({ mrecist: { response: 'PR', byHand: true } });

const workstation = (hasUsers = false) => {
  const store = temporaryStore();
  let who: Actor = 'Dr A';
  let time = 0;
  const handlers = readerHandlers({
    vault: { store: () => store, note: (event) => store.record(event, who), hasUsers: () => hasUsers },
    session: new Session(),
    actor: () => who,
    changed: () => undefined,
    covered: () => store.coveredFor(who),
    blinded: new BlindedImages(),
    openImages: () => Promise.reject(new Error('no images here')),
    clock: () => time,
  });
  const save = (number: number, given: Partial<CaseToSave> = {}, outcome?: Outcome) => {
    const study = { ...sampleStudy(`Muster^${number}`, `P-${number}`), studyInstanceUID: `2.25.${number}` };
    const prediction = samplePrediction(`prediction-${number}`, number / 10);
    const { id } = store.save({ ...sampleCase({ study, prediction, ...given }), ...samplePictures(1) }, 'Dr Z');
    if (outcome) {
      const write = { kind: 'outcome' as const, id: 'outcome', base: null, body: outcome };
      store.writeCourse(id, [write], { actor: 'Dr Z' });
    }
    return id;
  };
  const begin = async (caseIds: string[], given: Partial<BeginStudy> = {}) => {
    const { studies } = await handlers['readers.begin']({
      name: 'study',
      criterion: 'mrecist',
      readings: 2,
      threshold: 0.5,
      caseIds,
      readers: ['name:dr a'],
      ...given,
    });
    return studies[0]?.id ?? '';
  };
  return {
    store,
    handlers,
    save,
    begin,
    become: (actor: Actor) => {
      who = actor;
    },
    wait: (ms: number) => {
      time += ms;
    },
  };
};

describe('beginning a study', () => {
  test.each<[string, Partial<BeginStudy>, string]>([
    ['a case that is not here', { caseIds: ['nobody'] }, 'case-gone'],
    ['a reader who is not here', { readers: ['name:stranger'] }, 'unknown-reader'],
    ['a reader twice', { readers: ['name:dr a', 'name:dr a'] }, 'reader-twice'],
  ])('is refused for %s', async (_what, given, studyProblem) => {
    const { save, begin, store } = workstation();
    const id = save(1);
    const { caseIds = [id], ...rest } = given;
    await expect(async () => begin(caseIds, rest)).rejects.toMatchObject({
      code: 'reader-study-refused',
      params: { studyProblem },
    });
    expect(store.readerStudies()).toStrictEqual([]);
  });

  test('never takes made-up patients and others together', async () => {
    const { save, begin } = workstation();
    const ids = [save(1), save(2, { source: { kind: 'demo', path: '' } })];
    await expect(async () => begin(ids)).rejects.toMatchObject({ params: { studyProblem: 'mixed' } });
  });

  test('is refused for a reader who still reads one of its cases in another study, whoever begins it', async () => {
    const { store, save, begin, become } = workstation(true);
    const password = await hashPassword('a password of tests', { N: 2 ** 14, r: 1, p: 1 });
    const [ada, bo] = ['Ada', 'Bo'].map((name) => store.users.add({ name, role: 'administrator', password }, 'Dr Z'));
    become({ name: 'Bo', identity: bo?.id ?? '' });
    const readers = [`user:${ada?.id}`];
    const [read, other] = [save(1), save(2)];
    const first = await begin([read], { readings: 1, readers });
    await expect(async () => begin([other, read], { readers })).rejects.toMatchObject({
      code: 'reader-study-refused',
      params: { studyProblem: 'still-read' },
    });
    await begin([other], { readers });
    store.lockReading(
      { studyId: first, caseId: read, reader: readers[0] ?? '', kind: 'first', body: sampleReading(0.5) },
      'Dr Z',
    );
    expect(await begin([read], { readers })).not.toBe('');
  });

  test('keeps an order for each reader, and names no case by what it is called elsewhere', async () => {
    const { save, begin, handlers } = workstation();
    const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => save(number));
    const studyId = await begin(ids);
    const { items } = await handlers['readers.worklist']({ studyId });
    expect((await handlers['readers.worklist']({ studyId })).items).toStrictEqual(items);
    const text = JSON.stringify([items, await handlers['readers.item']({ studyId, place: 1 })]);
    for (const id of ids) expect(text).not.toContain(id);
    expect(text).not.toMatch(/Muster|P-\d/);
  });
});

describe('reading', () => {
  test('shows the prediction of when the study began, and its number not where it is withheld', async () => {
    const { save, begin, handlers, store } = workstation();
    const withheld = {
      ...samplePrediction('prediction-1', 0.987_654),
      decision: 'withheld' as const,
      withheldBecause: [{ code: 'bclc-d', text: 'BCLC D' }],
    };
    const id = save(1, { prediction: withheld });
    const studyId = await begin([id]);
    const { revision, predictions: _predictions, ...saved } = store.get(id);
    store.save({ ...saved, caseId: id, revision, prediction: samplePrediction('newer', 0.123_456) }, 'Dr Z');
    const item = await handlers['readers.lock']({ studyId, place: 1, kind: 'first', reading: sampleReading(0.4) });
    expect(item.model).toMatchObject({
      state: 'shown',
      shown: { predictionId: 'prediction-1', probability: null, withheldBecause: [{ code: 'bclc-d' }] },
    });
    expect(JSON.stringify(item)).not.toMatch(/0\.987654|0\.123456|"map"/);
  });

  test('takes no longer than the case was open here', async () => {
    const { save, begin, handlers, wait } = workstation();
    const studyId = await begin([save(1)]);
    await handlers['readers.item']({ studyId, place: 1 });
    wait(20_000);
    const reading = { ...sampleReading(0.4), seconds: 3_000 };
    const item = await handlers['readers.lock']({ studyId, place: 1, kind: 'first', reading });
    expect(item.first?.reading.seconds).toBe(20);
  });

  test('is of the readers of the study alone, each their own', async () => {
    const { store, save, begin, handlers, become } = workstation();
    const studyId = await begin([save(1)]);
    const { study, base } = store.readerStudy(studyId);
    const readers = [ADA, BO].map(({ name, identity }) => ({ key: `user:${identity}`, name, seed: 1, left: null }));
    store.writeReaderStudy({ action: 'readerStudy.begun', study: { ...study, readers }, base }, 'Dr Z');
    become({ name: 'Cy', identity: 'u3' });
    await expect(async () => handlers['readers.worklist']({ studyId })).rejects.toMatchObject({
      code: 'reader-study-not-yours',
    });
    become(ADA);
    await handlers['readers.lock']({ studyId, place: 1, kind: 'first', reading: sampleReading(0.9) });
    become(BO);
    expect((await handlers['readers.item']({ studyId, place: 1 })).first).toBeNull();
    await expect(async () => handlers['readers.results']({ studyId })).rejects.toMatchObject({
      code: 'reader-study-running',
    });
  });
});

test('results say of every case what became of it, or why it is held against nothing', async () => {
  const { store, save, begin, handlers } = workstation();
  const samePerson = { ...sampleStudy('Muster^1', 'P-1'), studyInstanceUID: '2.25.99', studyDate: '20990101' };
  const ids = [
    save(1, {}, responded),
    save(2, {}, outcomeOf({ mrecist: { response: 'NE', byHand: true } })),
    save(3),
    save(4, {}, outcomeOf({ 'recist-1.1': { response: 'PR', byHand: true } })),
    save(5, {}, outcomeOf({ mrecist: { response: 'SD', byHand: true } }, 'training')),
    save(6, { study: samePerson }, responded),
    save(7, { prediction: undefined } as Partial<CaseToSave>, outcomeOf({ mrecist: { response: 'SD', byHand: true } })),
    save(8, {}, responded),
  ];
  const studyId = await begin(ids, { readings: 1 });
  store.erasePatient([ids[7] ?? ''], 'Dr Z');
  await handlers['readers.close']({ studyId });
  const { cases, readers } = await handlers['readers.results']({ studyId });
  expect(cases.map(({ excluded, response, modelExcluded }) => [excluded ?? response, modelExcluded])).toStrictEqual([
    ['PR', null],
    ['not-evaluable', null],
    ['no-outcome', null],
    ['other-criterion', null],
    ['training', null],
    ['later-course', null],
    ['SD', 'no-prediction'],
    ['gone', 'no-prediction'],
  ]);
  expect(readers).toMatchObject([{ name: 'Dr A', finished: false, left: false }]);
});

test('who is through does not leave any more, so that no reading is taken out of the results afterwards', async () => {
  const { save, begin, handlers } = workstation();
  const studyId = await begin([save(1)], { readings: 1 });
  await handlers['readers.lock']({ studyId, place: 1, kind: 'first', reading: sampleReading(0.4) });
  await expect(async () => handlers['readers.leave']({ studyId, reason: '' })).rejects.toMatchObject({
    code: 'reader-study-ended',
  });
});
