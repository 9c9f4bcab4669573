import { describe, expect, test } from 'vitest';
import type { DecisionEntry } from '#shared/board/decision.ts';
import { slideSchema } from '#shared/board/slide.ts';
import type { CaseToSave } from '../../../../src/main/cases/rows/case-to-save.ts';
import { boardHandlers } from '../../../../src/main/procedures/board.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { courseImages } from '../cases/course-images.ts';
import { sampleCase, samplePictures, samplePrediction } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

/** Numbers that nothing else of the sample has. */
const TELLTALE = { ...samplePrediction('prediction-1', 0.618_033), threshold: 0.414_213, logit: 0.481_211 };
const NUMBERS = /0\.618|0\.414|0\.481|0\.05|0\.25|-1\.5|mRECIST|a-model/;

const handlersWith = async (overrides: Partial<CaseToSave> = {}, covered = true) => {
  const store = temporaryStore();
  const saved = store.save({ ...sampleCase({ prediction: TELLTALE, ...overrides }), ...samplePictures() }, 'a');
  let who = 'Dr Chair';
  const handlers = boardHandlers({
    vault: { store: () => store, note: (event) => store.record(event, who) },
    session: new Session(),
    actor: () => who,
    changed: () => undefined,
    covered: () => store.coveredFor(who),
  });
  const place = { meetingId: 'm', caseId: saved.id };
  const meeting = { id: 'm', date: '2026-11-26', name: '', covered, caseIds: [saved.id] };
  await handlers['board.save']({ meeting, base: null });
  const become = (name: string) => {
    who = name;
  };
  return { store, handlers, place, saved, become };
};

test('a slide says where series were laid by hand on the arterial one that is, for its live images', async () => {
  const arterial = { role: 'arterial' as const, seriesId: '2.25.3', origin: 'user' as const };
  const moved = { mm: [3, 0, -5] as [number, number, number], by: 'Dr A', at: '2026-11-20T10:00:00.000Z' };
  const laid = { ...moved, seriesId: 'laid', against: arterial.seriesId };
  const { handlers, place } = await handlersWith({
    roles: [arterial],
    shifts: [laid, { ...moved, seriesId: 'old', against: 'another' }],
  });
  expect(slideSchema.parse(await handlers['board.slide'](place)).shifts).toStrictEqual([laid]);
});

const entry: DecisionEntry = {
  options: [
    { treatment: 'haic', detail: '', for: 'thrombus', against: 'access' },
    { treatment: 'tace', detail: '', for: '', against: '' },
  ],
  recommendation: 'haic',
  priority: 'soon',
  agreement: 'not-used',
  agreementReason: '',
  participants: [{ role: 'surgery', name: 'Dr S' }],
  dissent: [],
  wish: 'wants to stay at home',
  owner: 'Dr O',
  due: '2026-12-03',
};

describe('while the model is covered', () => {
  test('nothing of it leaves the records with a slide: no number, no map, no name of it', async () => {
    const { handlers, place } = await handlersWith();
    const slide = await handlers['board.slide'](place);
    expect(slide.model).toStrictEqual({ state: 'covered' });
    expect(slide.keyImages.filter(({ predictionId }) => predictionId !== undefined)).toStrictEqual([]);
    expect(JSON.stringify(slideSchema.parse(slide))).not.toMatch(NUMBERS);
  });

  test('it is shown once somebody says that the board has voted, and that is kept with the case', async () => {
    const { handlers, place, store } = await handlersWith();
    const slide = await handlers['board.showModel']({ ...place, when: 'after' });
    expect(slide.model).toMatchObject({ state: 'shown', shown: { probability: 0.618_033, threshold: 0.414_213 } });
    expect(slide.keyImages.some(({ predictionId }) => predictionId === 'prediction-1')).toBe(true);
    expect(slide).toMatchObject({ seen: 'after', shown: { when: 'after', by: 'Dr Chair' } });
    expect((await handlers['board.slide'](place)).seen).toBe('after');
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('what was seen before the vote is not made into after it', async () => {
    const { handlers, place } = await handlersWith();
    await handlers['board.showModel']({ ...place, when: 'before' });
    expect((await handlers['board.showModel']({ ...place, when: 'after' })).seen).toBe('before');
  });

  test('nothing is told of what a board before saw of it, and thought of it', async () => {
    const { handlers, place, saved } = await handlersWith();
    const agreed = { ...entry, agreement: 'agree' as const, agreementReason: 'as 62 % says' };
    await handlers['board.showModel']({ ...place, when: 'after' });
    await handlers['board.decide']({ ...place, entry: agreed, revision: saved.revision, base: null });
    const meeting = { id: 'next', date: '2026-12-10', name: '', covered: true, caseIds: [saved.id] };
    await handlers['board.save']({ meeting, base: null });
    const next = { ...place, meetingId: 'next' };
    const slide = await handlers['board.slide'](next);
    expect(slide.decisions).toMatchObject([{ body: { recommendation: 'haic', agreement: 'not-used' } }]);
    expect(JSON.stringify(slideSchema.parse(slide))).not.toMatch(NUMBERS);
    expect(JSON.stringify(slide)).not.toMatch(/as 62/);
    const { decisions } = await handlers['board.showModel']({ ...next, when: 'after' });
    expect(decisions).toMatchObject([
      { body: { agreement: 'agree', snapshot: { model: { probability: 0.618_033 } } } },
    ]);
  });

  test('a new prediction is covered again', async () => {
    const { handlers, place, store, saved } = await handlersWith();
    await handlers['board.showModel']({ ...place, when: 'after' });
    store.save(sampleCase({ caseId: saved.id, prediction: samplePrediction('prediction-2', 0.7) }), 'a');
    expect(await handlers['board.slide'](place)).toMatchObject({ model: { state: 'covered' }, seen: 'not-shown' });
  });
});

test('who is shown a case at a board has opened it, once each, and the audit log says so', async () => {
  const { store, handlers, place, become } = await handlersWith();
  await handlers['board.get']({ id: place.meetingId });
  for (const name of ['Dr Chair', 'Dr Chair', 'Dr Other']) {
    become(name);
    await handlers['board.slide'](place);
  }
  const { entries } = store.auditPage({ action: 'case.opened' });
  expect(entries.map(({ actor, caseId }) => [actor, caseId])).toStrictEqual([
    ['Dr Other', place.caseId],
    ['Dr Chair', place.caseId],
  ]);
});

test('a withheld result is shown as withheld: reasons, and neither number nor map', async () => {
  const withheldBecause = [{ code: 'not-mr', text: 'CT' }];
  const { handlers, place } = await handlersWith({
    prediction: { ...TELLTALE, decision: 'withheld', withheldBecause },
  });
  const slide = await handlers['board.showModel']({ ...place, when: 'after' });
  expect(slide.model).toMatchObject({
    state: 'shown',
    shown: { decision: 'withheld', withheldBecause, probability: null, interval: null, threshold: null, reasons: [] },
  });
  expect(JSON.stringify(slide)).not.toMatch(/0\.618|0\.414|0\.481/);
  expect(slide.keyImages.some(({ predictionId }) => predictionId !== undefined)).toBe(false);
});

test('a case whose inputs were changed after the prediction has none to be shown', async () => {
  const { handlers, place, store, saved } = await handlersWith();
  const { prediction: _gone, ...changed } = sampleCase({ caseId: saved.id, note: 'other' });
  store.save(changed, 'a');
  expect((await handlers['board.slide'](place)).model).toStrictEqual({ state: 'none' });
});

describe('a decision', () => {
  test('is locked with name and time, holds what was shown, and is found by its words', async () => {
    const { handlers, place, store, saved } = await handlersWith();
    await handlers['board.ask']({ ...place, listing: { question: 'HAIC or TACE?', presenter: 'Dr P' }, base: null });
    const { write, pictures } = courseImages();
    store.writeCourse(saved.id, [write], { actor: 'a', pictures });
    await handlers['board.showModel']({ ...place, when: 'after' });
    const agreed = { ...entry, agreement: 'disagree' as const, agreementReason: 'poor access' };
    const given = { ...place, entry: agreed, revision: saved.revision, base: null };
    const { versions } = await handlers['board.decide'](given);
    expect(versions).toMatchObject([{ by: 'Dr Chair', amendment: null, body: agreed }]);
    // What the board could see of the follow-up is part of what it decided on.
    expect(versions[0]?.body.snapshot.keyImageIds).toEqual(expect.arrayContaining(Object.keys(pictures)));
    expect(versions[0]?.body.snapshot).toMatchObject({
      question: 'HAIC or TACE?',
      presenter: 'Dr P',
      seen: 'after',
      caseRevision: 1,
      model: { id: 'a-model', version: '1.0.0', probability: 0.618_033, interval: { low: 0.05, high: 0.25 } },
    });
    expect(store.list({ text: 'stay at home' }).total).toBe(1);
    expect((await handlers['board.list']({})).boards).toMatchObject([{ cases: 1, decided: 1 }]);
    expect(store.verify()).toStrictEqual({ intact: true });
    expect(JSON.stringify(store.audit())).not.toMatch(/poor access|stay at home|Dr O/);
  });

  test('holds nothing of a model that nobody was shown', async () => {
    const { handlers, place, saved } = await handlersWith();
    const { versions } = await handlers['board.decide']({ ...place, entry, revision: saved.revision, base: null });
    expect(versions[0]?.body.snapshot).toMatchObject({ seen: 'not-shown', model: null });
    expect(JSON.stringify(versions)).not.toMatch(/0\.618|0\.414/);
  });

  test('is amended by a new version alone, with its reason; the version before stays', async () => {
    const { handlers, place, saved } = await handlersWith();
    const given = { ...place, entry, revision: saved.revision };
    const { versions } = await handlers['board.decide']({ ...given, base: null });
    const base = versions[0]?.sequence ?? 0;
    const next = { ...entry, recommendation: 'tace' as const };
    await expect(async () => handlers['board.decide']({ ...given, entry: next, base })).rejects.toMatchObject({
      code: 'decision-locked',
    });
    const amended = await handlers['board.decide']({ ...given, entry: next, base, amendment: 'new laboratory' });
    expect(amended.versions.map(({ body, amendment }) => [body.recommendation, amendment])).toStrictEqual([
      ['tace', 'new laboratory'],
      ['haic', null],
    ]);
    const stale = async () => handlers['board.decide']({ ...given, base, amendment: 'again' });
    await expect(stale).rejects.toMatchObject({ code: 'board-changed' });
  });

  test('about a case that was saved meanwhile is refused: it is not what was on the screen', async () => {
    const { handlers, place, store, saved } = await handlersWith();
    store.save(sampleCase({ caseId: saved.id, note: 'other', prediction: TELLTALE }), 'a');
    const late = async () => handlers['board.decide']({ ...place, entry, revision: saved.revision, base: null });
    await expect(late).rejects.toMatchObject({ code: 'case-changed' });
  });

  test.each([
    ['recommends what was not considered', { recommendation: 'ablation' as const }, 'recommendation-not-considered'],
    ['agrees with a model that was not shown', { agreement: 'agree' as const }, 'nothing-shown'],
    ['is due before the meeting', { due: '2026-11-25' }, 'due-before-meeting'],
  ])('that %s is refused, and nothing is kept', async (_what, change, problem) => {
    const { handlers, place, saved } = await handlersWith();
    const given = { ...place, entry: { ...entry, ...change }, revision: saved.revision, base: null };
    await expect(async () => handlers['board.decide'](given)).rejects.toMatchObject({
      code: 'decision-refused',
      params: { refusal: problem },
    });
    expect((await handlers['board.decisions']({ caseId: saved.id })).versions).toStrictEqual([]);
  });

  test('asks somebody to do something until it is said to be done, and not while its case is in the trash', async () => {
    const { handlers, place, store, saved } = await handlersWith();
    await handlers['board.decide']({ ...place, entry, revision: saved.revision, base: null });
    expect((await handlers['board.actions']({})).actions).toMatchObject([
      { caseId: saved.id, owner: 'Dr O', due: '2026-12-03', recommendation: 'haic' },
    ]);
    store.trash(saved.id, 'a');
    expect((await handlers['board.actions']({})).actions).toStrictEqual([]);
    store.restore(saved.id, 'a');
    expect((await handlers['board.setDone']({ ...place, done: true })).actions).toStrictEqual([]);
    expect((await handlers['board.setDone']({ ...place, done: false })).actions).toHaveLength(1);
  });
});

test('an amended decision asks again, whatever was done for the version before', async () => {
  const { handlers, place, saved } = await handlersWith();
  const given = { ...place, entry, revision: saved.revision };
  const { versions } = await handlers['board.decide']({ ...given, base: null });
  await handlers['board.setDone']({ ...place, done: true });
  const next = { ...entry, recommendation: 'tace' as const, owner: 'Dr N' };
  await handlers['board.decide']({ ...given, entry: next, base: versions[0]?.sequence ?? 0, amendment: 'why' });
  expect((await handlers['board.actions']({})).actions).toMatchObject([{ recommendation: 'tace', owner: 'Dr N' }]);
  expect((await handlers['board.setDone']({ ...place, done: true })).actions).toStrictEqual([]);
});

test('a list says what is missing of each case, and goes on without one that was erased', async () => {
  const { handlers, place, store, saved } = await handlersWith({ source: { kind: 'path', path: '/nowhere/at/all' } });
  const { lines } = await handlers['board.get']({ id: 'm' });
  expect(lines[0]?.missing.map(({ code }) => code)).toStrictEqual(['question', 'factors', 'images-gone']);
  store.trash(saved.id, 'a');
  expect((await handlers['board.get']({ id: 'm' })).lines[0]?.trashed).toBe(true);
  store.erase(saved.id, 'request', 'a');
  expect(await handlers['board.get']({ id: 'm' })).toMatchObject({ lines: [], meeting: { caseIds: [] } });
  await expect(async () => handlers['board.slide'](place)).rejects.toMatchObject({ code: 'case-not-found' });
});
