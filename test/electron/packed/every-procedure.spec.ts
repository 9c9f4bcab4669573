/** Every procedure of the contract once, in the packed application: what one needs at run time has to be in the package. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { procedures } from '../../../src/shared/api.ts';
import { suggestedRoles } from '../../../src/shared/study/suggested-roles.ts';
import { demoFiles } from '../../fixtures/pacs/orthanc.ts';
import { startSmallDicomweb } from '../../fixtures/pacs/small-dicomweb.ts';
import { pictureOf, plainImage } from '../../fixtures/reports/key-images.ts';
import { callerOf } from '../caller.ts';
import { expect, test } from '../fixtures.ts';
import { twinExecutable } from './packed-app.ts';

const chooseFolder = async (page: Page): Promise<string> => {
  const chosen = await page.evaluate<{ destination: string }>('window.haicast.pickExportFolder()');
  return chosen.destination;
};

const tinyModel = resolve(import.meta.dirname, '../../fixtures/models/tiny');
const options = { cleanDescriptors: true, modifiedDates: true, patientCharacteristics: true, safePrivate: true };

test('every procedure of the contract answers in the packed application', async ({ launch, dataFolder }) => {
  const target = join(dataFolder, 'models-copy');
  await mkdir(target);
  const { app, page } = await launch({ executable: twinExecutable() });
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, target);
  await page.locator('header').waitFor();
  const { call, called } = callerOf(page);

  await call('app.info', {});
  await call('app.pageFailed', { code: 'page', kind: 'Error', at: [] });
  const { language } = await call('settings.get', {});
  await call('settings.set', { language });
  const { models, rejected } = await call('models.list', {});
  expect(rejected).toEqual([]);
  const model = models[0]?.manifest.id ?? '';
  await call('models.card', { id: model });
  const { id: own } = await call('models.install', { path: tinyModel, jobId: 'install' });
  await call('models.setDefault', { id: own });
  await call('models.setDefault', { id: model });
  await call('models.remove', { id: own });
  await call('models.refresh', {});
  await call('models.provider', {});
  await call('models.selfTest', { id: model });

  const { status } = await call('records.create', { passphrase: 'correct horse battery' });
  expect(status.state).toBe('open');
  await call('records.status', {});
  await call('records.untoldRecoveryKey', { kept: true });
  const passphrase = 'another horse battery';
  const known = { current: 'correct horse battery' };
  const { recoveryKey } = await call('records.newRecoveryKey', known);
  await call('records.rekey', { ...known, passphrase, recoveryKey, jobId: 'rekey' });
  expect(await call('records.lock', {})).toMatchObject({ state: 'locked', lockedByHand: true });
  expect(await call('records.unlock', { passphrase })).toMatchObject({ state: 'open' });

  const { opened, factors, lesions } = await call('study.openDemo', { jobId: 'demo' });
  const { openId } = opened;
  const study = opened.studies[0];
  const series = study?.series[0];
  if (!study || !series) throw new Error('the demonstration study has no series');
  const image = { openId, seriesId: series.id, index: 0 };
  const { tags } = await call('study.tags', image);
  expect(tags.find(({ tag }) => tag === '(0010,0010)')?.keyword).toBe('PatientName');
  await call('study.volume', { openId, seriesId: series.id, jobId: 'volume' });
  await call('study.slice', { openId, seriesId: series.id, slice: 0, jobId: 'slice' });
  await call('study.thumbnail', { openId, seriesId: series.id, jobId: 'thumbnail' });
  const preview = await call('study.previewDeidentified', { ...image, options, linking: 'none' });
  expect(preview.lines.some(({ keyword }) => keyword === 'PatientID')).toBe(true);
  const copy = await call('study.exportDeidentified', {
    openId,
    seriesIds: [series.id],
    checkedSeriesIds: [series.id],
    destination: await chooseFolder(page),
    options,
    linking: 'none',
    jobId: 'export',
  });
  expect(copy.written).toBeGreaterThan(0);
  await call('job.cancel', { jobId: 'export' });

  const roles = suggestedRoles(study.series);
  const inputs = { openId, studyInstanceUID: study.studyInstanceUID, roles, lesions, factors };
  const prediction = await call('prediction.run', { ...inputs, jobId: 'predict' });
  const other = { ...inputs, factors: { ...factors, afp: { value: 90_000, unit: 'ng/mL' } } };
  const whatIf = await call('prediction.whatIf', { ...other, predictionId: prediction.id, jobId: 'what-if' });
  expect(whatIf).toMatchObject({ state: 'shown' });
  await call('prediction.showWithheld', { predictionId: prediction.id });
  const draft = { ...inputs, predictionId: prediction.id };
  await call('draft.keep', { window: 'one', draft, unsaved: true });
  expect((await call('draft.others', { window: 'two' })).others).toHaveLength(1);
  await call('draft.take', { window: 'two', from: 'one' });
  expect((await call('draft.get', { window: 'two' })).draft).toMatchObject(draft);
  const picture = { mediaType: plainImage.mediaType, base64: Buffer.from(pictureOf(plainImage)).toString('base64') };
  const put = await call('keyImages.put', picture);
  const keyImage = {
    ...put,
    mediaType: picture.mediaType,
    role: 'arterial' as const,
    seriesId: roles[0]?.seriesId ?? '',
    sliceIndex: 0,
    origin: 'kept' as const,
    takenAt: new Date().toISOString(),
  };
  const { id } = await call('cases.save', { ...draft, keyImages: [keyImage] });
  expect(await call('keyImages.read', { id: put.id, caseId: id })).toEqual(picture);
  await call('draft.keep', { window: 'two', draft: null, unsaved: false });
  expect((await call('cases.list', {})).total).toBe(1);
  await call('cases.get', { id });
  await call('cases.open', { id });
  await call('cases.printed', { id, as: 'pdf' });
  const { content } = await call('report.get', { caseId: id });
  await call('report.make', { caseId: id, format: 'pdf', appendix: true, jobId: 'report' });
  await call('report.check', { content });
  // One of each kind that needs something at run time: a decoder, the study's process, the tables.
  const objects = {
    id,
    as: ['pdf' as const, 'sr' as const, 'sc' as const, 'map' as const, 'fhir' as const, 'csv' as const],
  };
  const leaving = await call('cases.export', { ...objects, destination: await chooseFolder(page), jobId: 'objects' });
  expect(leaving).toMatchObject({ notMade: [], namesImages: true });
  await call('cases.trash', { id });
  await call('cases.restore', { id });
  const neighbours = await call('evidence.neighbours', { predictionId: prediction.id, caseId: id, jobId: 'near' });
  expect(neighbours).toMatchObject({ state: 'too-few', comparable: 0 });

  const therapy = { id: 'tki', kind: 'TKI' as const, name: 'lenvatinib', start: '2026-03-24' };
  const writes = [{ kind: 'co-therapy' as const, id: therapy.id, body: therapy, base: null }];
  expect((await call('course.write', { caseId: id, writes })).coTherapies).toEqual([therapy]);
  expect((await call('course.get', { caseId: id })).coTherapies).toEqual([therapy]);
  const { entries } = await call('course.history', {
    caseId: id,
    part: { kind: 'co-therapy', id: therapy.id },
  });
  expect(entries).toHaveLength(1);
  const { opened: later } = await call('study.openDemo', { jobId: 'follow-up', followUp: 1 });
  const followUp = { openId: later.openId, studyInstanceUID: later.studies[0]?.studyInstanceUID ?? '' };
  expect((await call('course.propose', followUp)).candidates).toMatchObject([{ caseId: id, verdict: 'same' }]);
  const { timePointId } = await call('course.addFollowUp', { caseId: id, samePerson: false, ...followUp });
  await call('study.close', { openId: later.openId });
  const seen = await call('course.openImages', { caseId: id, timePointId, jobId: 'again' });
  expect(seen.studies[0]?.studyInstanceUID).toBe(followUp.studyInstanceUID);
  await call('study.close', { openId: seen.openId });

  const meeting = { id: 'thursday', date: '2026-11-26', name: '', covered: true, caseIds: [id] };
  const place = { meetingId: meeting.id, caseId: id };
  await call('board.save', { meeting, base: null });
  const listing = { question: 'HAIC?', presenter: 'Dr Example' };
  const { base } = await call('board.ask', { ...place, listing, base: null });
  expect((await call('board.get', { id: meeting.id })).lines).toHaveLength(1);
  expect((await call('board.slide', place)).model).toEqual({ state: 'covered' });
  const slide = await call('board.showModel', { ...place, when: 'after' });
  expect(slide.model).toMatchObject({ state: 'shown' });
  const entry = {
    options: [{ treatment: 'haic' as const, detail: '', for: '', against: '' }],
    recommendation: 'haic' as const,
    priority: 'soon' as const,
    agreement: 'not-used' as const,
    agreementReason: '',
    participants: [{ role: 'surgery' as const, name: '' }],
    dissent: [],
    wish: '',
    owner: 'Dr Example',
    due: '2026-12-03',
  };
  await call('board.decide', { ...place, entry, revision: slide.revision, base: null });
  expect((await call('board.decisions', { caseId: id })).versions).toHaveLength(1);
  expect((await call('board.actions', {})).actions).toHaveLength(1);
  expect((await call('board.setDone', { ...place, done: true })).actions).toEqual([]);
  expect((await call('board.list', {})).boards).toMatchObject([{ cases: 1, decided: 1 }]);

  const { cases: askable, people } = await call('readers.candidates', {});
  expect(askable).toMatchObject([{ caseId: id, predicted: true, simulated: true }]);
  const begun = await call('readers.begin', {
    name: 'Readers and model',
    criterion: 'mrecist',
    readings: 2,
    threshold: 0.5,
    caseIds: [id],
    readers: people.map(({ key }) => key),
  });
  const studyId = begun.studies[0]?.id ?? '';
  expect((await call('readers.worklist', { studyId })).items).toMatchObject([{ state: 'first' }]);
  const item = { studyId, place: 1 };
  const toRead = await call('readers.item', item);
  expect(toRead.model).toEqual({ state: 'covered' });
  await call('readers.picture', { ...item, id: toRead.keyImages[0]?.id ?? '' });
  const unnamed = await call('readers.openImages', { ...item, jobId: 'read' });
  expect(unnamed.studies[0]?.patient.patientName).toBe('');
  await call('study.close', { openId: unnamed.openId });
  const reading = { probability: 0.5, confidence: 3, comment: '', seconds: 1, pauses: 0 };
  expect((await call('readers.lock', { ...item, kind: 'first', reading })).model).toMatchObject({ state: 'shown' });
  await call('readers.leave', { studyId, reason: '' });
  await call('readers.close', { studyId });
  expect((await call('readers.results', { studyId })).cases).toMatchObject([{ excluded: 'no-outcome' }]);
  expect((await call('readers.list', {})).studies).toMatchObject([{ ended: true, you: 'left' }]);

  expect((await call('audit.list', { caseId: id })).entries.map(({ action }) => action)).toContain('case.created');
  expect((await call('audit.names', {})).actions).toContain('case.created');
  const exported = await call('audit.export', { destination: await chooseFolder(page), jobId: 'audit' });
  expect(exported.entries).toBeGreaterThan(3);
  const checked = await call('support.selfCheck', { jobId: 'self-check' });
  expect(checked.findings.map(({ subject }) => subject)).toContain('records');
  const { id: bundle } = await call('support.preview', { jobId: 'bundle' });
  const support = await call('support.save', { id: bundle, destination: await chooseFolder(page) });
  expect(support.files).toBeGreaterThan(3);
  expect(await call('records.verify', { scope: 'whole', jobId: 'verify' })).toMatchObject({
    intact: true,
    scope: 'whole',
  });
  expect(await call('records.verify', { scope: 'new', jobId: 'verify' })).toMatchObject({ intact: true, scope: 'new' });
  const protection = { passphrase: 'a long enough passphrase' };
  const all = await call('records.export', { destination: await chooseFolder(page), protection, jobId: 'all' });
  expect(all).toMatchObject({ cases: 1, pictures: 1, unreadable: [] });
  const file = join(target, all.file);
  const taken = await call('records.import', { path: file, ...protection, dryRun: true, jobId: 'import' });
  expect(taken.cases).toMatchObject([{ id, state: 'same' }]);
  await call('backup.chooseFolder', { destination: await chooseFolder(page) });
  const { name } = await call('backup.make', { jobId: 'backup' });
  expect((await call('backup.status', {})).backups[0]?.name).toBe(name);
  expect(await call('backup.preview', { name, jobId: 'backup' })).toMatchObject({ newCases: 0, changedCases: 0 });
  expect(await call('backup.restore', { name, jobId: 'backup' })).toMatchObject({ state: 'open', cases: 1 });
  expect(await call('records.salvage', {})).toMatchObject({ kept: 1, lost: [] });
  const archive = await startSmallDicomweb(demoFiles());
  const address = { name: 'Archive', kind: 'dicomweb' as const, url: archive.url };
  expect((await call('pacs.save', { address })).nodes).toMatchObject([{ name: 'Archive', managed: false }]);
  const node = address.name;
  await call('pacs.echo', { node, jobId: 'echo' });
  const [answer] = (await call('pacs.find', { node, query: { modality: 'MR' }, jobId: 'find' })).studies;
  if (!answer) throw new Error('the archive has no study');
  const { studyInstanceUID, patientId } = answer;
  const plan = (await call('pacs.plan', { node, studyInstanceUID, jobId: 'plan' })).series;
  const wanted = plan.slice(0, 1).map(({ seriesInstanceUID }) => seriesInstanceUID);
  const got = await call('pacs.fetch', { node, studyInstanceUID, patientId, series: wanted, jobId: 'fetch' });
  const { openId: fetchedId } = await call('study.open', { path: got.path, jobId: 'open-fetched' });
  await call('study.close', { openId: fetchedId });
  expect(await call('pacs.send', { node, id, as: ['sr'], jobId: 'send' })).toMatchObject({ sent: 1, refused: [] });
  expect((await call('pacs.remove', { name: node })).nodes).toEqual([]);
  await archive.close();
  const images = await call('cases.openImages', { id, jobId: 'images' });
  const relinked = await call('cases.relink', {
    id,
    path: resolve(import.meta.dirname, '../../../resources/demo/study'),
    jobId: 'relink',
  });
  const again = await call('study.open', { path: target, jobId: 'open' });
  for (const one of [opened, images, relinked, again]) await call('study.close', { openId: one.openId });

  await call('board.remove', { id: meeting.id, base });
  await call('cases.trash', { id });
  await call('cases.erase', { id });
  expect((await call('cases.list', { trashed: true })).total).toBe(0);

  const header = ['id', 'date', 'response', 'criterion'];
  const table = { header, lines: [{ line: 2, cells: ['A', '2024-03-14', 'PR', 'mRECIST'] }] };
  const mapping = { id: 'id', date: 'date', response: 'response', criterion: 'criterion' };
  const { kept: caseIds } = await call('course.import', { table, mapping, dryRun: false, jobId: 'import' });
  expect(await call('course.export', { criterion: 'mrecist' })).toMatchObject({ courses: 1 });
  expect(await call('course.waterfall', { criterion: 'mrecist', jobId: 'waterfall' })).toMatchObject({ courses: 1 });
  expect(await call('evidence.rows', { from: 0, jobId: 'evidence' })).toMatchObject({
    total: 1,
    rows: [{ patient: 0 }],
  });
  const none = { model: { id: 'none', version: '0' }, criterion: 'mrecist' } as const;
  expect(await call('evidence.recalibrations', {})).toEqual({ kept: [] });
  expect(await call('evidence.withdraw', { ...none, simulated: false })).toEqual({ kept: [] });
  await expect(call('evidence.recalibrate', { ...none, jobId: 'recalibrate' })).rejects.toThrow('too few');
  expect(await call('course.takeBack', { caseIds })).toEqual({ cases: 1 });
  expect(await call('course.loadSimulated', { jobId: 'history' })).toEqual({ cases: 60 });
  expect(await call('course.simulated', {})).toEqual({ cases: 60 });
  expect(await call('course.removeSimulated', {})).toEqual({ cases: 60 });
  const past = caseIds[0] ?? '';
  const found = await call('cases.ofPatient', { id: past, jobId: 'patient' });
  expect(found.cases.map((one) => one.id)).toEqual([past]);
  expect(await call('cases.erasePatient', { id: past, caseIds, jobId: 'patient' })).toEqual({ cases: 1, closed: [] });

  expect(await call('identity.status', {})).toMatchObject({ mode: 'single' });
  const ada = { name: 'Ada', password: 'ada ada ada' };
  await call('users.add', { ...ada, role: 'administrator' });
  const { id: rui } = await call('users.add', { name: 'Rui', role: 'reader', password: 'rui rui rui' });
  await call('users.change', { id: rui, disabled: true });
  expect((await call('users.list', {})).users).toHaveLength(2);
  await call('identity.changePassword', { current: ada.password, password: 'another ada' });
  expect(await call('identity.turnOff', { password: 'another ada' })).toMatchObject({ mode: 'single', user: null });
  const on = { name: 'ada', password: 'another ada' };
  expect(await call('identity.turnOn', on)).toMatchObject({ mode: 'users', user: { name: 'Ada' } });
  expect(await call('identity.lock', { by: 'hand' })).toMatchObject({ mode: 'users', user: null });
  expect(await call('identity.signIn', { name: 'ada', password: 'another ada' })).toMatchObject({
    user: { name: 'Ada' },
  });
  const recover = { recoveryKey, name: 'Ada', password: 'a third ada' };
  expect(await call('identity.recover', recover)).toMatchObject({ user: { name: 'Ada' } });

  expect([...called].sort()).toEqual(Object.keys(procedures).sort());
});
