import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type ProcedureInput, type ProcedureName, type ProcedureOutput, procedures } from '#shared/api.ts';
import { defaultOptions } from '#shared/study/deidentify.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import type { ComposedApplication } from '../../../../src/main/application.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { sampleStudyOf } from '../cases/readers/sample-study.ts';
import { sampleCase, sampleStudy } from '../cases/sample-case.ts';
import { testApplication } from '../test-application.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

/** Who the patient is stands in everything that a file can say in words, and in the names of the files. */
const WHO = /zyxw|4711|19500102|20240131/i;
const UID = '1.2.3.4711';
const words: ElementSpec[] = [
  ['0008,0050', 'SH', 'A-4711'],
  ['0008,1030', 'LO', 'Leber Zyxw'],
  ['0008,103E', 'LO', 't2 fs Zyxw'],
  ['0010,0010', 'PN', 'Zyxw^Erika'],
  ['0010,0020', 'LO', 'P-4711'],
  ['0010,0030', 'DA', '19500102'],
  ['0018,0010', 'LO', 'Gadovist Zyxw'],
  ['0018,0050', 'DS', '5'],
  ['0018,1030', 'LO', 'Protocol Zyxw'],
  ['0020,0052', 'UI', '1.2.3.99'],
  ['0028,2110', 'CS', '01'],
  ['0028,2112', 'DS', 'Zyxw'],
];
/** A series of its own, which is gone before it is shown. */
const GONE: ElementSpec[] = [
  ['0008,103E', 'LO', 'gone Zyxw'],
  ['0020,000E', 'UI', '1.2.3.77'],
  ['0020,0011', 'IS', '7'],
];

const folder = folderForAll();
const passphrase = 'a passphrase for tests';
let application: ComposedApplication;
let opened: OpenedStudies;
let other = '';

const call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
  application.call(name, input) as Promise<ProcedureOutput<N>>;

const write = (own: ElementSpec[], instance: number) => {
  const pixels = new Uint8Array(32);
  const elements = mrElements({ rows: 4, columns: 4, instance, uid: `1.2.3.5.${instance}`, pixels, extra: words });
  const replaced = new Map([...elements, ...own].map((one) => [one[0], one]));
  replaced.set('0020,000D', ['0020,000D', 'UI', '1.2.3.4711']);
  writeFileSync(
    join(folder, 'Zyxw', `Zyxw-${instance}`),
    dicomFile([...replaced.values()].toSorted((a, b) => (a[0] < b[0] ? -1 : 1))),
  );
};

beforeAll(async () => {
  mkdirSync(join(folder, 'Zyxw'));
  for (const instance of [1, 2]) write([], instance);
  write(GONE, 7);
  const vault = new Vault({ folder: join(folder, 'data') });
  await vault.create({ passphrase });
  const store = vault.store();
  const source = { kind: 'path' as const, path: join(folder, 'Zyxw') };
  const study = { ...sampleStudy('Zyxw^Erika', 'P-4711'), studyInstanceUID: UID };
  const { id } = store.save(sampleCase({ study, source, roles: [], lesions: [] }), 'Dr Z');
  // The same patient once more: what is proposed for the images names them.
  const earlier = { ...study, studyInstanceUID: '2.25.8' };
  other = store.save(sampleCase({ study: earlier, source, roles: [], lesions: [] }), 'Dr Z').id;
  const readers = [{ key: 'name:dr a', name: 'Dr A', seed: 1, left: null }];
  const begun = sampleStudyOf([id], { cases: [{ caseId: id, predictionId: null }], readers });
  store.writeReaderStudy({ action: 'readerStudy.begun', study: begun, base: null }, 'Dr Z');
  vault.close();
  application = await testApplication(folder, { passphrase, resolveDestination: () => join(folder, 'out') });
  opened = await call('readers.openImages', { studyId: 'study', place: 1, jobId: 'j' });
});
afterAll(() => application.close());

const said = async (name: ProcedureName, input: unknown): Promise<string> => {
  try {
    return JSON.stringify(await application.call(name, input));
  } catch (error) {
    const { code, message, params, detail } = error as Record<string, unknown>;
    expect(code, `${name}: ${String(message)}`).not.toBe('bad-input');
    return JSON.stringify({ code, message, params, detail });
  }
};

const study = { studyInstanceUID: UID, roles: [], lesions: sampleCase().lesions, factors: {}, note: '' };

/** Everything that a handle of images can be given to. */
const asked = (openId: string): { readonly [N in ProcedureName]?: object } => {
  const seriesId = ofImages(2)?.id ?? '';
  const one = { openId, seriesId };
  const export_ = { openId, linking: 'none', options: defaultOptions };
  return {
    'study.volume': { ...one, jobId: 'j' },
    'study.slice': { ...one, jobId: 'j' },
    'study.thumbnail': { ...one, jobId: 'j' },
    'study.tags': { ...one, index: 0 },
    'study.previewDeidentified': { ...export_, seriesId, index: 0 },
    'study.exportDeidentified': {
      ...export_,
      seriesIds: [seriesId],
      checkedSeriesIds: [],
      destination: 'd',
      jobId: 'j',
    },
    'prediction.run': { ...study, openId, jobId: 'j' },
    'prediction.whatIf': { ...study, openId, predictionId: 'p', jobId: 'j' },
    'evidence.neighbours': { predictionId: 'p', opened: { openId, studyInstanceUID: UID }, jobId: 'j' },
    'draft.keep': { window: 'w', draft: { ...study, openId }, unsaved: true },
    'cases.save': { ...study, openId, studyInstanceUID: '2.25.8' },
    'course.propose': { openId, studyInstanceUID: UID },
    'course.addFollowUp': { caseId: other, openId, studyInstanceUID: UID, samePerson: false },
  };
};

const ofImages = (images: number) => opened.studies[0]?.series.find(({ instances }) => instances === images);
const describedBy = (images: number) => ofImages(images)?.description;

test('images of a reading come with what was measured and words of imaging, and without whose they are', () => {
  expect(JSON.stringify(opened)).not.toMatch(/zyxw|P-4711|A-4711|19500102|20240131/i);
  expect([describedBy(2), describedBy(1)]).toEqual(['t2 fs', '']);
  // What a pane has to say of its picture; one that is no number is none.
  expect(ofImages(2)?.facts).toEqual({ EchoTime: 1.23, SliceThickness: 5, LossyImageCompression: '01' });
});

test('they can be looked at', async () => {
  const series = ofImages(2);
  const { url, shape } = await call('study.volume', { openId: opened.openId, seriesId: series?.id ?? '', jobId: 'j' });
  expect(shape).toEqual([2, 4, 4]);
  expect((await application.bytes(url))?.byteLength).toBe(64);
});

test.each(Object.keys(procedures).filter((name) => name !== 'study.close'))(
  '%s tells nothing else of them',
  async (name) => {
    const known = asked(opened.openId);
    const input = known[name as ProcedureName];
    if (input === undefined) {
      // One more that takes a handle has to be asked here.
      expect(
        JSON.stringify(z.toJSONSchema(procedures[name as ProcedureName].input, { unrepresentable: 'any' })),
      ).not.toContain('openId');
      return;
    }
    const answer = await said(name as ProcedureName, input);
    expect(answer).not.toMatch(WHO);
    if (!['study.volume', 'study.slice', 'study.thumbnail'].includes(name))
      expect(JSON.parse(answer)).toMatchObject({ code: expect.stringMatching(/^(reading-images|case-covered)$/) });
  },
);

test('why one of them cannot be shown is not said in the words of its file', async () => {
  rmSync(join(folder, 'Zyxw', 'Zyxw-7'));
  const gone = ofImages(1);
  const input = { openId: opened.openId, seriesId: gone?.id ?? '', jobId: 'j' };
  for (const name of ['study.volume', 'study.slice', 'study.thumbnail'] as const) {
    const answer = await said(name, input);
    expect(answer).toContain('reading-images-failed');
    expect(answer).not.toMatch(WHO);
  }
  const path = `/volumes/${opened.openId}/${encodeURIComponent(gone?.id ?? '')}`;
  for (const of of [path, `${path}/0`])
    await expect(application.bytes(of)).rejects.toMatchObject({ code: 'reading-images-failed' });
});

test('neither the list nor an archive says by their UID whose they are, which the list says of other images', async () => {
  expect(await call('cases.list', { studyInstanceUID: UID })).toMatchObject({ cases: [], total: 0 });
  expect((await call('cases.list', { studyInstanceUID: '2.25.8' })).total).toBe(1);
  const [place, series] = [{ node: 'n', studyInstanceUID: UID, jobId: 'j' }, ['1.2.3']];
  await expect(call('pacs.find', { node: 'n', query: { studyInstanceUID: UID }, jobId: 'j' })).rejects.toMatchObject({
    code: 'case-covered',
  });
  await expect(call('pacs.plan', place)).rejects.toMatchObject({ code: 'case-covered' });
  await expect(call('pacs.fetch', { ...place, patientId: '', series })).rejects.toMatchObject({ code: 'case-covered' });
});

test('what is opened from its folder, as ever, has its tags', async () => {
  const { openId, studies } = await call('study.open', { path: join(folder, 'Zyxw'), jobId: 'j' });
  const seriesId = studies[0]?.series[0]?.id ?? '';
  expect(JSON.stringify(await call('study.tags', { openId, seriesId, index: 0 }))).toContain('Zyxw');
});
