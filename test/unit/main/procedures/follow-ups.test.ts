import { expect, test } from 'vitest';
import { type ProcedureInput, type ProcedureOutput, procedures } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { followUpHandlers } from '../../../../src/main/procedures/follow-ups.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import type { StudySource } from '../../../../src/main/study/records.ts';
import { sampleCase, sampleStudy } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

const later = (changes: Partial<ScannedStudy> = {}): ScannedStudy => ({
  ...sampleStudy(),
  studyInstanceUID: '2.25.77',
  studyDate: '20240401',
  ...changes,
});

/** The handlers over real records; folders are what `there` says, and what is opened is known by its path. */
const setUp = async (there: Record<string, ScannedStudy[]>) => {
  const store = temporaryStore();
  const vault = { store: () => store, note: (event: Parameters<typeof store.record>[0]) => store.record(event, 'a') };
  const open: { id: string; source: StudySource; studies: ScannedStudy[] }[] = [];
  const found = (openId: string) => {
    const one = open.find(({ id }) => id === openId);
    if (!one) throw new AppError('not-open', 'not open');
    return one;
  };
  const studies = {
    open: async (source: StudySource): Promise<OpenedStudies> => {
      const held = there[source.path];
      if (!held) throw new AppError('not-found', 'not found');
      const id = `open-${open.length}`;
      open.push({ id, source, studies: held });
      return { openId: id, name: '', studies: held, skipped: [], files: held.length, elapsedMs: 1 };
    },
    close: async () => undefined,
    source: (openId: string) => found(openId).source,
    study: (openId: string, uid: string) => {
      const one = found(openId).studies.find(({ studyInstanceUID }) => studyInstanceUID === uid);
      if (!one) throw new AppError('not-open', 'not open');
      return one;
    },
  };
  const handlers = followUpHandlers({
    vault,
    studies,
    session: new Session(),
    jobs: new Jobs(() => undefined),
    resourcesFolder: '/resources',
    resolveSource: (path) => ({ kind: path.startsWith('upload:') ? 'upload' : 'path', path }),
    actor: () => 'a',
    changed: () => undefined,
  });
  const call = async <N extends keyof typeof handlers>(name: N, input: ProcedureInput<N>) => {
    const handler = handlers[name] as (given: ProcedureInput<N>) => unknown;
    return procedures[name].output.parse(await handler(input)) as ProcedureOutput<N>;
  };
  const caseId = store.save(sampleCase(), 'a').id;
  const opened = async (path: string) => {
    const { openId, studies: held } = await studies.open({
      kind: path.startsWith('upload:') ? 'upload' : 'path',
      path,
    });
    return { openId, studyInstanceUID: held[0]?.studyInstanceUID ?? '' };
  };
  const add = async (path: string, more: { samePerson?: boolean; date?: string } = {}) =>
    call('course.addFollowUp', { caseId, samePerson: false, ...(await opened(path)), ...more });
  return { store, there, call, caseId, opened, add };
};

test('a later study of the patient becomes a time point with its place, and its roles; the audit log names nobody', async () => {
  const { add, store, caseId } = await setUp({ '/later': [later()] });
  const { course, timePointId } = await add('/later');
  expect(course.timePoints[1]).toMatchObject({
    id: timePointId,
    date: '2024-04-01',
    study: { state: 'opened', kind: 'path', path: '/later', studyInstanceUID: '2.25.77' },
    roles: [{ role: 'opposed-phase', seriesId: '2.25.2#echo-1', origin: 'suggested' }],
    measures: {},
  });
  const { entries, intact } = store.audit(caseId);
  expect(entries.map(({ action }) => action)).toContain('course.followUpOpened');
  expect(JSON.stringify(entries)).not.toMatch(/Muster|P-0001|\/later/);
  expect(intact).toBe(true);
});

test('numbers that were typed for the day keep their place, and get their images', async () => {
  const { add, store, caseId } = await setUp({ '/later': [later()] });
  const typed = {
    id: 'f1',
    date: '2024-04-01',
    study: { state: 'none' as const },
    measures: { L1: { state: 'measured' as const, mm: 40 } },
    factors: {},
  };
  store.writeCourse(caseId, [{ kind: 'time-point', id: 'f1', body: typed, base: null }], { actor: 'a' });
  const { course, timePointId } = await add('/later');
  expect(timePointId).toBe('f1');
  expect(course.timePoints).toHaveLength(2);
  expect(course.timePoints[1]).toMatchObject({ measures: typed.measures, study: { state: 'opened' } });
});

test.each<[string, Partial<ScannedStudy>, string]>([
  [
    'another patient',
    { patient: { patientName: 'Anders^Max', patientId: 'P-9', birthDate: '19700101' } },
    'other-person',
  ],
  [
    'a patient of whom one thing differs',
    { patient: { ...sampleStudy().patient, birthDate: '19500103' } },
    'doubtful-person',
  ],
  ['the baseline itself', { studyInstanceUID: '2.25.1' }, 'follow-up-same-study'],
  ['CT alone', { series: sampleStudy().series.map((one) => ({ ...one, modality: 'CT' })) }, 'follow-up-no-mr'],
  ['a study without a day', { studyDate: '' }, 'follow-up-undated'],
  ['a study of a day that is still to come', { studyDate: '29990101' }, 'follow-up-in-future'],
  ['a study before the baseline', { studyDate: '20240130' }, 'follow-up-before-baseline'],
])('refused, and nothing is changed: %s', async (_what, changes, code) => {
  const { add, store, caseId } = await setUp({ '/later': [later(changes)] });
  await expect(add('/later')).rejects.toMatchObject({ code });
  expect(store.course(caseId).revisions).toStrictEqual({});
});

test('what a person says settles a doubt and a missing day, and never another patient', async () => {
  const doubtful = { ...sampleStudy().patient, birthDate: '19500103' };
  const other = { patientName: 'Anders^Max', patientId: 'P-9', birthDate: '19700101' };
  const { add } = await setUp({
    '/doubtful': [later({ patient: doubtful, studyDate: '' })],
    '/other': [later({ patient: other, studyInstanceUID: '2.25.78' })],
  });
  await expect(add('/other', { samePerson: true })).rejects.toMatchObject({ code: 'other-person' });
  const { course } = await add('/doubtful', { samePerson: true, date: '2024-05-01' });
  expect(course.timePoints[1]?.date).toBe('2024-05-01');
});

test('the courses of the patient are proposed, those that agree before those that are asked, and nobody else’s', async () => {
  const { call, store, opened, caseId } = await setUp({ '/later': [later()] });
  const doubtful = store.save(
    sampleCase({ study: { ...sampleStudy(), patient: { ...sampleStudy().patient, birthDate: '19600101' } } }),
    'a',
  );
  store.save(sampleCase({ study: sampleStudy('Anders^Max', 'P-00011') }), 'a');
  const { candidates } = await call('course.propose', await opened('/later'));
  expect(candidates.map(({ caseId: id, verdict }) => [id, verdict])).toStrictEqual([
    [caseId, 'same'],
    [doubtful.id, 'doubtful'],
  ]);
});

test('images are opened again from where they were; gone, they are found in another place, which is remembered', async () => {
  const { call, store, there, caseId, add } = await setUp({ '/later': [later()], '/wrong': [sampleStudy()] });
  const { timePointId } = await add('/later');
  const again = (path?: string) =>
    call('course.openImages', { caseId, timePointId, jobId: 'j', ...(path === undefined ? {} : { path }) });
  expect((await again()).studies).toHaveLength(1);
  there['/moved'] = [later()];
  delete there['/later'];
  await expect(again()).rejects.toMatchObject({ code: 'images-gone' });
  await expect(again('/wrong')).rejects.toMatchObject({ code: 'other-study' });
  expect((await again('/moved')).studies).toHaveLength(1);
  expect(store.course(caseId).timePoints[1]?.study).toMatchObject({ path: '/moved' });
  expect((await again()).studies).toHaveLength(1);
});

test('files that a browser handed over are known as long as the session, and leave no path behind', async () => {
  const { call, store, caseId, add } = await setUp({ 'upload:1': [later()] });
  const { timePointId } = await add('upload:1');
  expect(store.course(caseId).timePoints[1]?.study).toMatchObject({ kind: 'upload', path: '' });
  expect((await call('course.openImages', { caseId, timePointId, jobId: 'j' })).studies).toHaveLength(1);
});

test('nothing is added to a closed course without a reason', async () => {
  const { call, store, caseId, opened } = await setUp({ '/later': [later()] });
  const outcome = {
    best: {},
    endpoints: {},
    note: '',
    confirmedBy: 'a',
    confirmedAt: '2024-06-01T00:00:00.000Z',
  };
  const write = { kind: 'outcome' as const, id: 'outcome', body: outcome, base: null };
  store.writeCourse(caseId, [write as never], { actor: 'a' });
  const input = { caseId, samePerson: false, ...(await opened('/later')) };
  await expect(call('course.addFollowUp', input)).rejects.toMatchObject({ code: 'course-closed' });
  const { course } = await call('course.addFollowUp', { ...input, amendment: 'a later image was found' });
  expect(course.timePoints).toHaveLength(2);
});

test('a follow-up that came with an export of another installation leads nowhere until it is linked here', async () => {
  const { add, store, call, caseId } = await setUp({ '/later': [later()], '': [later()] });
  const { course, timePointId } = await add('/later');
  const point = course.timePoints.find(({ id }) => id === timePointId);
  const base = course.revisions[`time-point/${timePointId}`] ?? null;
  const body = { ...point, study: { ...point?.study, path: '' } } as NonNullable<typeof point>;
  store.writeCourse(caseId, [{ kind: 'time-point', id: timePointId, body, base }], { actor: 'a' });
  await expect(call('course.openImages', { caseId, timePointId, jobId: 'j' })).rejects.toMatchObject({
    code: 'images-gone',
  });
});
