import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { type ExportKind, exportKinds } from '#shared/report/export-kinds.ts';
import { NOTHING_COVERED } from '../../../../src/main/cases/readers/covered-cases.ts';
import type { CaseToSave } from '../../../../src/main/cases/rows/case-to-save.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { boardHandlers } from '../../../../src/main/procedures/board.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { exportCaseHandlers, exporter } from '../../../../src/main/procedures/export-case.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { ReportPress } from '../../../../src/main/reports/press.ts';
import { pseudonymsFor } from '../../../../src/main/study/deidentify/pseudonyms.ts';
import { subjectOfPatient } from '../../../../src/main/study/deidentify/subject.ts';
import { DicomStudyService } from '../../../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import { readObject } from '../../../fixtures/reports/read-object.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../cases/fake-keychain.ts';
import { sampleCase, samplePrediction } from '../cases/sample-case.ts';
import { forkedWorkers } from '../test-application.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const demo = resolve(import.meta.dirname, '../../../../resources/demo/study');

const kept = async (overrides: Partial<CaseToSave> = {}) => {
  const vault = new Vault({ folder: temporaryFolder(), keychain: fakeKeychain() });
  const studies = new DicomStudyService((access) => new WorkerClient('dicom', forkedWorkers, () => undefined, access));
  const press = new ReportPress(() => new WorkerClient('report', forkedWorkers, () => undefined));
  onTestFinished(() => {
    press.close();
    studies.closeAll();
    vault.close();
  });
  await vault.start();
  await vault.create({});
  const saved = vault.store().save(sampleCase({ prediction: samplePrediction('one', 0.618_033), ...overrides }), 'a');
  const out = join(temporaryFolder(), 'out');
  const session = new Session();
  let step = (): void => undefined;
  const handlers = exportCaseHandlers({
    vault,
    jobs: new Jobs(() => step()),
    resolveDestination: () => out,
    exportInto: exporter({
      vault,
      studies,
      session,
      demoSource: { kind: 'demo', path: demo },
      manifests: async () => [],
      language: () => 'en',
      appVersion: '0.0.0',
      press,
    }),
  });
  const run = (as: readonly ExportKind[] = exportKinds, research = false) =>
    handlers['cases.export']({ id: saved.id, as: [...as], research, destination: 'out', jobId: 'j' });
  const all = () =>
    readdirSync(out)
      .map((name) => readFileSync(join(out, name), 'latin1'))
      .join('\n');
  const onStep = (listener: () => void) => {
    step = listener;
  };
  return { vault, saved, out, run, all, studies, session, onStep };
};

test('an export is in the audit log of its case, by what left and by nothing that names the patient', async () => {
  const { vault, saved, run } = await kept();
  const exported = await run();
  const [entry] = vault.store().auditPage({ limit: 1 }).entries;
  expect(entry).toMatchObject({ action: 'case.exported', caseId: saved.id });
  expect(entry?.facts).toEqual(
    expect.arrayContaining([
      { name: 'as', value: 'pdf sr kos fhir json csv' },
      { name: 'files', value: exported.files.length },
      { name: 'leftOut', value: 2 },
    ]),
  );
  expect(JSON.stringify(entry)).not.toMatch(/Muster|P-0001/);
  // A report that is taken out of its object is known to have been made here.
  const [printed] = vault.store().auditPage({ action: 'case.printed', limit: 1 }).entries;
  expect(printed?.facts).toContainEqual({ name: 'report', value: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test.each([
  ['after the first of its objects', ['fhir', 'json'] as const],
  ['after the last', ['fhir'] as const],
])('of a case that is erased %s nothing leaves', async (_when, as) => {
  const { vault, saved, run, out, onStep } = await kept();
  let erased = false;
  onStep(() => {
    if (erased || !existsSync(out)) return;
    vault.store().erasePatient([saved.id], 'a');
    erased = true;
  });
  await expect(run(as)).rejects.toMatchObject({ code: 'case-not-found' });
  expect(erased).toBe(true);
  expect(existsSync(out)).toBe(false);
  expect(vault.store().auditPage({ action: 'case.exported' }).entries).toStrictEqual([]);
});

test('a research export names nobody, joins copies of the images by the site’s own secret, and is in the audit log as one', async () => {
  const { vault, run, all, out, saved } = await kept();
  const exported = await run(exportKinds, true);
  expect(exported.notMade).toEqual(expect.arrayContaining([{ kind: 'pdf', reason: 'may-name-patient' }]));
  expect(all()).not.toMatch(/Muster|P-0001/);
  const { patientId, issuer = '' } = saved.study.patient;
  const subject = subjectOfPatient({ patientId, issuer, study: saved.study.studyInstanceUID });
  const { patient, uid } = pseudonymsFor(vault.store().secret('deidentification'), subject);
  const report = readObject(readFileSync(join(out, 'measurements.dcm')));
  expect(report).toMatchObject({ PatientID: patient, StudyInstanceUID: uid(saved.study.studyInstanceUID) });
  const [entry] = vault.store().auditPage({ limit: 1 }).entries;
  expect(entry).toMatchObject({ action: 'case.exported' });
  expect(entry?.facts).toContainEqual({ name: 'research', value: true });
});

test('a study that is gone is said, and objects are made without it', async () => {
  const { run } = await kept();
  expect(await run(['sr', 'sc'])).toMatchObject({
    namesImages: false,
    files: [{ name: 'measurements.dcm' }],
    notMade: [{ kind: 'sc', reason: 'no-key-images' }],
  });
});

test('a study that is at hand is read once: its images are named, and it is closed again', async () => {
  const first = await kept();
  const { studies } = await first.studies.open({ kind: 'demo', path: demo });
  const [study] = studies;
  const arterial = study?.series.find(({ suggestion }) => suggestion.role === 'arterial');
  if (!study || !arterial) throw new Error('the demonstration study has an arterial series');
  const {
    run,
    all,
    studies: service,
  } = await kept({
    study,
    source: { kind: 'demo', path: '' },
    roles: [{ role: 'arterial', seriesId: arterial.id, origin: 'suggested' }],
    lesions: sampleCase().lesions.map((lesion) => ({ ...lesion, seriesId: arterial.id })),
  });
  expect(await run(['sr', 'map'])).toMatchObject({ namesImages: true, notMade: [] });
  expect(all()).toContain('DEMO^LIVER');
  expect(all()).toContain('1.2.840.10008.5.1.4.1.1.4');
  expect(service.processIds).toEqual([]);
});

const boardOf = (vault: Vault, session: Session) =>
  boardHandlers({
    vault,
    session,
    actor: () => 'Dr Chair',
    changed: () => undefined,
    covered: () => NOTHING_COVERED,
  });

test('while a board keeps the model covered nothing of it leaves, and all of it once the board has seen it', async () => {
  const { vault, saved, run, all, session } = await kept();
  const board = boardOf(vault, session);
  const meeting = { id: 'm', date: '2026-11-26', name: '', covered: true, caseIds: [saved.id] };
  await board['board.save']({ meeting, base: null });
  const covered = await run();
  expect(covered.notMade).toEqual(
    expect.arrayContaining(['json', 'csv', 'map'].map((kind) => ({ kind, reason: 'covered' }))),
  );
  expect(all()).not.toMatch(/0\.618|61\.8|a-model/);
  await board['board.showModel']({ meetingId: 'm', caseId: saved.id, when: 'after' });
  const shown = await run(['sr', 'json']);
  expect(shown.notMade).toEqual([]);
  expect(shown.folder).not.toBe('');
});

test('a prediction that is outdated stays covered too', async () => {
  const { vault, saved, run, all, session } = await kept();
  const board = boardOf(vault, session);
  const meeting = { id: 'm', date: '2026-11-26', name: '', covered: true, caseIds: [saved.id] };
  await board['board.save']({ meeting, base: null });
  const changed = sampleCase({ caseId: saved.id, revision: saved.revision, prediction: undefined });
  expect(vault.store().save(changed, 'a').predictionOutdated).toBe(true);
  expect((await run()).notMade).toEqual(
    expect.arrayContaining(['json', 'csv', 'map'].map((kind) => ({ kind, reason: 'covered' }))),
  );
  expect(all()).not.toMatch(/0\.618|61\.8|a-model/);
});

test('a case that is changed while its study is read leaves as it was last saved, and one that is erased does not', async () => {
  const source = { kind: 'path', path: '/nowhere' } as const;
  const { vault, saved, run, out, all, studies } = await kept({ source });
  const whileRead = (work: () => void) =>
    vi.spyOn(studies, 'open').mockImplementation(async () => {
      work();
      throw new AppError('nothing-found', 'No study is there.');
    });
  const again = sampleCase({ source, caseId: saved.id, revision: saved.revision, note: 'changed' });
  whileRead(() => vault.store().save(again, 'a'));
  await run(['json']);
  expect(JSON.parse(all())).toMatchObject({ note: 'changed', revision: 2 });
  rmSync(out, { recursive: true });
  whileRead(() => vault.store().erasePatient([saved.id], 'a'));
  await expect(run()).rejects.toMatchObject({ code: 'case-not-found' });
  expect(existsSync(out)).toBe(false);
});
