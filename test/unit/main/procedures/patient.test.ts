import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BackupService } from '../../../../src/main/cases/backup/backup-service.ts';
import { NOTHING_COVERED } from '../../../../src/main/cases/readers/covered-cases.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { caseHandlers } from '../../../../src/main/procedures/cases.ts';
import { followUpKey, Session } from '../../../../src/main/procedures/draft.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { patientHandlers } from '../../../../src/main/procedures/patient.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../cases/fake-keychain.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../cases/sample-case.ts';

const kept = async () => {
  const dataFolder = temporaryFolder();
  const vault = new Vault({ folder: dataFolder, keychain: fakeKeychain() });
  onTestFinished(() => vault.close());
  await vault.start();
  await vault.create({});
  const now = () => new Date('2026-05-04T08:00:00.000Z');
  const backups = new BackupService({ vault, dataFolder, now, changed: () => {} });
  const session = new Session();
  const closed: string[] = [];
  const handlers = patientHandlers({
    vault,
    studies: { close: async (openId) => void closed.push(openId) },
    session,
    backups,
    jobs: new Jobs(() => {}),
    actor: () => 'Dr Example',
    changed: () => {},
  });
  const save = (patientName: string, patientId: string, changes = {}) =>
    vault.store().save(sampleCase({ study: sampleStudy(patientName, patientId), ...changes }), 'a').id;
  return { dataFolder, vault, backups, session, closed, handlers, save };
};

const draft = (studyInstanceUID: string, more = {}) => ({
  studyInstanceUID,
  roles: [],
  lesions: [],
  factors: {},
  ...more,
});

test('everything of a patient is found, in the trash too, and what is not certain is asked about', async () => {
  const { vault, handlers, save, backups } = await kept();
  const asked = save('Muster^Erika', 'P-0001');
  const trashed = save('Muster^Erika', 'P-0001');
  vault.store().trash(trashed, 'a');
  const otherId = save('Muster^Erika', 'X-7');
  save('Other^Person', 'P-0002');
  await backups.make();
  const found = await handlers['cases.ofPatient']({ id: asked, jobId: 'j' });
  expect(found.cases[0]).toMatchObject({ id: asked, match: 'certain', trashedAt: null });
  expect(found.cases.map(({ id, match }) => [id, match]).sort()).toStrictEqual(
    [
      [asked, 'certain'],
      [trashed, 'certain'],
      [otherId, 'name'],
    ].sort(),
  );
  // A backup of May is the newest of its month until the next May has one, which may be on its last day.
  expect(found).toMatchObject({ unreadable: 0, backups: { count: 1, goneBy: '2027-05-31' }, aside: [] });
});

test('what was chosen is erased together, with unsaved work and open studies; nobody else is, and a restore leaves it out', async () => {
  const { vault, handlers, save, session, closed, backups, dataFolder } = await kept();
  const asked = save('Muster^Erika', 'P-0001', { prediction: samplePrediction('one') });
  const again = save('Muster^Erika', 'P-0001');
  const other = save('Other^Person', 'P-0002');
  const uid = vault.store().get(asked).study.studyInstanceUID;
  const { name } = await backups.make();
  session.keepDraft('one', draft(uid, { openId: 'open-1' }), true);
  session.keepDraft('two', draft('1.2.3', { caseId: again }), true);
  session.keepDraft('three', draft('9.9.9'), true);
  session.keepPrediction(samplePrediction('unsaved'), draft(uid));
  const pictures = ['of the patient', 'of somebody else'].map((text) => {
    const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(text)]);
    return session.pictures.put({ mediaType: 'image/png', base64: bytes.toString('base64') }).id;
  });
  session.keepDraft('three', draft('9.9.9', { keyImages: [{ id: pictures[1] }] }), true);
  const uploaded = { kind: 'upload', path: '/tmp/of-the-patient' } as const;
  for (const key of [asked, followUpKey(asked, 'visit'), followUpKey(other, 'visit')])
    session.keepSource(key, uploaded);

  await expect(
    handlers['cases.erasePatient']({ id: asked, caseIds: [asked, other], jobId: 'j' }),
  ).rejects.toMatchObject({ code: 'not-of-patient' });
  // One that was saved since they were shown.
  await expect(handlers['cases.erasePatient']({ id: asked, caseIds: [asked], jobId: 'j' })).rejects.toMatchObject({
    code: 'not-of-patient',
  });
  expect(vault.store().count()).toBe(3);

  const done = await handlers['cases.erasePatient']({ id: asked, caseIds: [asked, again], jobId: 'j' });
  expect(done).toStrictEqual({ cases: 2, closed: ['open-1'] });
  expect(closed).toStrictEqual(['open-1']);
  expect([session.draft('one'), session.draft('two'), session.draft('three')?.studyInstanceUID]).toStrictEqual([
    null,
    null,
    '9.9.9',
  ]);
  expect(session.made('unsaved')).toBeUndefined();
  // A window that still shows it brings nothing back; the study itself may be opened anew.
  const erased = expect.objectContaining({ code: 'case-erased' });
  expect(() => session.keepDraft('two', draft('1.2.3', { caseId: again }), true)).toThrow(erased);
  expect(() => session.keepDraft('one', draft(uid, { openId: 'open-1' }), true)).toThrow(erased);
  expect([session.draft('one'), session.draft('two')]).toStrictEqual([null, null]);
  session.keepDraft('one', draft(uid, { openId: 'open-2' }), false);
  session.keepDraft('one', null, false);
  expect(pictures.map((id) => session.pictures.get(id) !== undefined)).toStrictEqual([false, true]);
  expect([asked, followUpKey(asked, 'visit')].map((key) => session.source(key))).toStrictEqual([undefined, undefined]);
  expect(session.source(followUpKey(other, 'visit'))).toStrictEqual(uploaded);
  expect(
    vault
      .store()
      .list()
      .cases.map(({ id }) => id),
  ).toStrictEqual([other]);
  expect(
    vault
      .store()
      .tombstones.map(({ case_id, reason }) => [case_id, reason])
      .sort(),
  ).toStrictEqual(
    [
      [again, 'request'],
      [asked, 'request'],
    ].sort(),
  );
  const [entry] = vault.store().auditPage({}).entries;
  expect(entry).toMatchObject({ action: 'patient.erased', actor: 'Dr Example', caseId: null });
  expect(JSON.stringify(vault.store().audit().entries)).not.toMatch(/Muster|P-0001/);
  expect(vault.store().verify()).toStrictEqual({ intact: true });

  const folder = join(dataFolder, 'backups', name);
  await vault.restore(folder, JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')), { made: 'then' });
  expect(
    vault
      .store()
      .list()
      .cases.map(({ id }) => id),
  ).toStrictEqual([other]);
});

test('of a single case that is erased, no unsaved work is left either', async () => {
  const { vault, save, session } = await kept();
  const id = save('Muster^Erika', 'P-0001');
  vault.store().trash(id, 'a');
  session.keepDraft('one', draft('1.2.3', { caseId: id }), true);
  session.keepDraft('two', draft('1.2.3'), true);
  const handlers = caseHandlers({
    vault,
    studies: undefined as never,
    session,
    jobs: new Jobs(() => {}),
    demoSource: { kind: 'demo', path: '' },
    resolveSource: (path) => ({ kind: 'path', path }),
    actor: () => 'Dr Example',
    changed: () => {},
    covered: () => NOTHING_COVERED,
    decodeShown: () => {},
  });
  await handlers['cases.erase']({ id });
  expect([session.draft('one'), session.draft('two')?.studyInstanceUID]).toStrictEqual([null, '1.2.3']);
});
