import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ProcedureInput, type ProcedureName, type ProcedureOutput, procedures } from '#shared/api.ts';
import { stagingOf } from '#shared/board/staging.ts';
import type { ComposedApplication } from '../../../../src/main/application.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { asksCover } from '../../../../src/main/cover/covered-answers.ts';
import { plantedDecision } from '../../../fixtures/planted-meeting.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { sampleTimePoint } from '../../shared/course/sample-course.ts';
import { courseImages } from '../cases/course-images.ts';
import { sampleStudyOf } from '../cases/readers/sample-study.ts';
import { sampleCase, samplePictures, samplePrediction } from '../cases/sample-case.ts';
import { testApplication } from '../test-application.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

/** What nothing else of the history has: of the model, of the outcome, of what a board made of both. */
const TELLTALE = { ...samplePrediction('telltale', 0.618_033), threshold: 0.414_213 };
const TOLD = /0\.618|0\.414|a-model|"PR"|above-threshold|TELL/;

const folder = folderForAll();
const passphrase = 'a passphrase for tests';
let application: ComposedApplication;
let id = '';
let mapped = '';

const call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
  application.call(name, input) as Promise<ProcedureOutput<N>>;

beforeAll(async () => {
  const vault = new Vault({ folder: join(folder, 'data') });
  await vault.create({ passphrase });
  const store = vault.store();
  const saved = store.save({ ...sampleCase({ prediction: TELLTALE }), ...samplePictures() }, 'Dr Z');
  id = saved.id;
  mapped = saved.keyImages[0]?.id ?? '';
  const { write, pictures } = courseImages();
  const outcome = {
    best: {
      mrecist: { response: 'PR' as const, byHand: true },
      'recist-1.1': { response: 'PR' as const, byHand: true },
    },
    endpoints: { pfs: { days: 210, event: true } },
    confirmedBy: 'Dr Z',
    confirmedAt: '2024-12-01T10:00:00.000Z',
    note: 'TELL outcome',
  };
  store.writeCourse(id, [write], { actor: 'Dr Z', pictures });
  const shrunk = sampleTimePoint('f9', '2024-06-20', { L1: { state: 'measured', mm: 20 } });
  store.writeCourse(id, [{ kind: 'time-point', id: 'f9', body: shrunk, base: null }], { actor: 'Dr Z' });
  store.writeCourse(id, [{ kind: 'outcome', id: 'outcome', base: null, body: outcome }], { actor: 'Dr Z' });
  const meeting = { id: 'm', date: '2026-11-26', name: '', covered: false, caseIds: [id] };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'Dr Z');
  const listing = { question: 'TELL question', presenter: '' };
  store.writeBoard(
    { kind: 'listing', caseId: id, meetingId: 'm', body: { ...listing, question: 'q' }, base: null },
    'Dr Z',
  );
  const seen = { seen: 'not-shown' as const, model: null, staging: stagingOf({}), keyImageIds: [] };
  const snapshot = { question: 'q', presenter: '', caseRevision: 1, ...seen };
  const decision = { ...plantedDecision, owner: 'TELL owner', date: '2026-11-26', snapshot };
  store.writeBoard({ kind: 'decision', caseId: id, meetingId: 'm', body: decision, base: null }, 'Dr Z');
  // A case that nobody reads: the list still has its number.
  const other = { ...sampleCase().study, studyInstanceUID: '2.25.999' };
  const plain = samplePrediction('another', 0.271_828);
  store.save(sampleCase({ study: other, prediction: { ...plain, model: { ...plain.model, id: 'plain' } } }), 'Dr Z');
  const study = sampleStudyOf([id], {
    readings: 2,
    cases: [{ caseId: id, predictionId: 'telltale' }],
    readers: [{ key: 'name:dr a', name: 'Dr A', seed: 1, left: null }],
  });
  store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, 'Dr Z');
  vault.close();
  application = await testApplication(folder, { passphrase });
});
afterAll(() => application.close());

const filled = (given: object) => ({ jobId: 'j', ...given });

/** What a reader could ask to be told what they should not be, of every procedure that could tell it. */
const asked = (): { [N in ProcedureName]?: readonly unknown[] } => {
  const draft = { caseId: id, revision: 1, ...sampleCase(), studyInstanceUID: sampleCase().study.studyInstanceUID };
  const place = { studyId: 'study', place: 1 };
  const board = { meetingId: 'm', caseId: id };
  const { studyInstanceUID } = draft;
  const inputs = { openId: 'o', studyInstanceUID, roles: [], lesions: sampleCase().lesions, factors: {} };
  return {
    'prediction.run': [filled(inputs)],
    'prediction.whatIf': [
      filled({ ...inputs, predictionId: 'telltale', caseId: id }),
      filled({ ...inputs, predictionId: 'telltale' }),
    ],
    'evidence.neighbours': [
      filled({ predictionId: 'telltale', caseId: id }),
      filled({ predictionId: 'telltale', opened: { openId: 'o', studyInstanceUID } }),
    ],
    'prediction.showWithheld': [{ predictionId: 'telltale', caseId: id }],
    'records.export': [filled({ destination: 'd', protection: { plain: true } })],
    'draft.get': [{ window: 'w' }],
    'draft.take': [{ window: 'w', from: 'w' }],
    'keyImages.read': [{ id: mapped, caseId: id }],
    'cases.list': [
      {},
      { text: 'Muster' },
      { text: 'TELL' },
      { status: 'predicted' },
      { decision: 'above-threshold' },
      { decision: 'below-threshold' },
      { course: 'closed' },
      { sort: { by: 'probability', descending: true } },
      { sort: { by: 'model', descending: false } },
      { studyInstanceUID: sampleCase().study.studyInstanceUID },
    ],
    'cases.save': [draft],
    'cases.get': [{ id }],
    'cases.open': [{ id }],
    'cases.export': [filled({ id, as: ['json'], destination: 'd' })],
    'report.get': [{ caseId: id }],
    'report.make': [filled({ caseId: id, format: 'html', appendix: true })],
    'cases.openImages': [filled({ id })],
    'cases.relink': [filled({ id, path: '/images' })],
    'course.get': [{ caseId: id }],
    'course.openImages': [filled({ caseId: id, timePointId: 'f1' })],
    'course.history': [{ caseId: id }],
    'course.export': [{ criterion: 'mrecist' }],
    'course.waterfall': [filled({ criterion: 'recist-1.1' })],
    'evidence.rows': [filled({ from: 0 })],
    'evidence.recalibrate': [filled({ model: { id: 'a-model', version: '1.0.0' }, criterion: 'mrecist' })],
    'board.list': [{}],
    'board.get': [{ id: 'm' }],
    'board.slide': [board],
    'board.showModel': [{ ...board, when: 'before' }],
    'board.decisions': [{ caseId: id }],
    'board.actions': [{}],
    'board.setDone': [{ ...board, done: true }],
    'readers.list': [{}],
    'readers.candidates': [{}],
    'readers.worklist': [{ studyId: 'study' }],
    'readers.item': [place],
    'readers.picture': [{ ...place, id: mapped }],
    'readers.openImages': [filled(place)],
    'readers.results': [{ studyId: 'study' }],
    'pacs.find': [filled({ node: 'n', query: { studyInstanceUID } })],
    'pacs.plan': [filled({ node: 'n', studyInstanceUID })],
    'pacs.fetch': [filled({ node: 'n', studyInstanceUID, patientId: '', series: ['1.2'] })],
    'pacs.send': [filled({ node: 'n', id, as: ['sr'] })],
    'audit.list': [{}, { caseId: id }, { action: 'case.created' }],
    'audit.export': [filled({ destination: 'd' })],
  };
};

/** Change the records, or need more than a line to be asked: held in the tests of their own procedures. */
const ASKED_ELSEWHERE: readonly ProcedureName[] = [
  'report.check',
  'course.write',
  'course.propose',
  'course.addFollowUp',
  'board.save',
  'board.ask',
  'board.decide',
  'readers.begin',
  'readers.lock',
];

const answerOf = async (name: ProcedureName, input: unknown): Promise<string> => {
  try {
    return JSON.stringify(await application.call(name, input));
  } catch (error) {
    const { code, message, params } = error as { code?: string; message: string; params?: unknown };
    // Refused for what it asks, and not for how it asks.
    expect(code, `${name}: ${message}`).not.toBe('bad-input');
    return JSON.stringify({ code, message, params });
  }
};

describe('while a reader study asks', () => {
  test('every procedure whose answer depends on it is asked here', () => {
    const names = (Object.keys(procedures) as ProcedureName[]).filter(asksCover);
    expect([...Object.keys(asked()), ...ASKED_ELSEWHERE]).toEqual(expect.arrayContaining(names));
  });

  test('nothing that its reader asks is answered with the model’s number, or what became of the patient', async () => {
    for (const [name, inputs] of Object.entries(asked())) {
      for (const input of inputs) {
        expect(await answerOf(name as ProcedureName, input), `${name} ${JSON.stringify(input)}`).not.toMatch(TOLD);
      }
    }
  });

  test('and another name at the same workstation is told no more, since nobody signs in', async () => {
    await call('settings.set', { userName: 'Somebody else' });
    await expect(call('cases.get', { id })).rejects.toMatchObject({ code: 'case-covered' });
    await call('settings.set', { userName: 'Dr A' });
  });

  test('the list has the case by its name, without its number, and others with theirs', async () => {
    const { cases, total } = await call('cases.list', {});
    expect(total).toBe(2);
    expect(cases.find((one) => one.id === id)).toMatchObject({ covered: true, probability: null, decision: null });
    expect(cases.find((one) => one.id !== id)).toMatchObject({ probability: 0.271_828 });
    // Found by its number, it would be known to have that number.
    expect((await call('cases.list', { decision: 'above-threshold' })).total).toBe(0);
    expect((await call('cases.list', { course: 'closed' })).total).toBe(0);
  });

  test('the evidence leaves it out, and says so', async () => {
    expect(await call('evidence.rows', { from: 0, jobId: 'j' })).toMatchObject({ total: 0, inStudy: 1 });
  });

  test('and no count tells of it: neither the waterfall by another criterion, nor the list of meetings', async () => {
    const nothing = { bars: [], courses: 0, otherwise: 0, withoutSums: 0 };
    for (const criterion of ['mrecist', 'recist-1.1'] as const) {
      expect(await call('course.waterfall', { criterion, jobId: 'j' })).toMatchObject(nothing);
    }
    expect((await call('board.list', {})).boards).toMatchObject([{ id: 'm', cases: 1, decided: 0 }]);
  });

  test('an erasure and the trash are not kept waiting', async () => {
    expect(await call('cases.ofPatient', { id, jobId: 'j' })).toMatchObject({ cases: expect.any(Array) });
    await call('cases.trash', { id });
    await call('cases.restore', { id });
  });

  test('the model is shown after the first reading, and what became of the patient still is not', async () => {
    const place = { studyId: 'study', place: 1 };
    const reading = { probability: 0.3, confidence: 4, comment: '', seconds: 5, pauses: 0 };
    expect((await call('readers.item', place)).model).toStrictEqual({ state: 'covered' });
    await expect(call('readers.lock', { ...place, kind: 'second', reading })).rejects.toMatchObject({
      code: 'reading-first',
    });
    const read = await call('readers.lock', { ...place, kind: 'first', reading });
    expect(read.model).toMatchObject({ state: 'shown', shown: { probability: 0.618_033 } });
    expect(JSON.stringify(read)).not.toMatch(/"PR"|TELL|Muster|P-0001/);
    await expect(call('course.get', { caseId: id })).rejects.toMatchObject({ code: 'case-covered' });
    await expect(call('readers.lock', { ...place, kind: 'first', reading })).rejects.toMatchObject({
      code: 'reading-locked',
    });
  });

  test('through with it, or gone, everything is told again', async () => {
    const place = { studyId: 'study', place: 1 };
    await expect(call('readers.results', { studyId: 'study' })).rejects.toMatchObject({ code: 'reader-study-running' });
    const reading = { probability: 0.6, confidence: 4, comment: '', seconds: 5, pauses: 0 };
    await call('readers.lock', { ...place, kind: 'second', reading });
    expect(JSON.stringify(await call('cases.get', { id }))).toMatch(/0\.618/);
    const results = await call('readers.results', { studyId: 'study' });
    expect(results.cases).toMatchObject([
      { response: 'PR', model: 0.618_033, readings: { 'name:dr a': { first: { probability: 0.3 } } } },
    ]);
    expect((await call('course.waterfall', { criterion: 'recist-1.1', jobId: 'j' })).bars).toMatchObject([
      { best: 'PR' },
    ]);
    expect((await call('board.list', {})).boards).toMatchObject([{ id: 'm', cases: 1, decided: 1 }]);
    const { rows } = await call('evidence.rows', { from: 0, jobId: 'j' });
    expect(rows[0]?.readers).toStrictEqual({ 'Dr A': 0.3 });
  });
});
