/** Against a real archive: Debian's Orthanc with its DICOMweb plugin, over TLS. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import {
  demoFiles,
  leftOutWithoutOrthanc,
  type Orthanc,
  PASSWORD,
  selfSigned,
  startOrthanc,
  USER,
} from '../../../fixtures/pacs/orthanc.ts';
import { folderForAll, temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { testApplication } from '../test-application.ts';

const methods = pacsWorkerMethods({ ...pacsLimits, tries: 1 });
const context = { signal: new AbortController().signal, progress: () => undefined };
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const PATIENT = 'SIM-0007';

describe.skipIf(leftOutWithoutOrthanc !== '')(`Orthanc by DICOMweb${leftOutWithoutOrthanc}`, () => {
  const others = folderForAll();
  let orthanc: Orthanc;
  const credential = { kind: 'basic' as const, user: USER, password: PASSWORD };
  const reach = () => ({
    address: { name: 'Orthanc', kind: 'dicomweb' as const, url: orthanc.url },
    credential,
    ca: readFileSync(orthanc.ca, 'utf8'),
  });
  const find = async (query: object) =>
    (await methods.find({ reach: reach(), query }, context)).studies.map(({ patientId }) => patientId);

  beforeAll(async () => {
    orthanc = await startOrthanc();
    await orthanc.fill([...demoFiles(), dicomFile(mrElements({ instance: 1 }))]);
  });
  afterAll(() => orthanc.close());

  test('answers a search by name, id, day, kind and description, and nothing else is found', async () => {
    await methods.echo(reach(), context);
    for (const query of [
      { patientName: 'demo' },
      { patientName: 'DEMO*' },
      { patientId: PATIENT },
      { from: '2026-03-17', to: '2026-03-17' },
      { from: '2026-03-01', modality: 'MR', patientName: 'liver' },
      { description: 'SIMULATED' },
    ]) {
      expect(await find(query), JSON.stringify(query)).toEqual([PATIENT]);
    }
    expect(await find({ patientName: 'nobody' })).toEqual([]);
    expect(await find({ to: '1990-01-01' })).toEqual([]);
  });

  test('sends six series as it keeps them, byte for byte', async () => {
    const [study] = (await methods.find({ reach: reach(), query: { patientId: PATIENT } }, context)).studies;
    if (!study) throw new Error('not found');
    expect(study).toMatchObject({ series: 6, images: 142, date: '20260317', modalities: ['MR'] });
    const { studyInstanceUID, patientId } = study;
    const plan = await methods.plan({ reach: reach(), studyInstanceUID }, context);
    expect(plan.reduce((sum, { images }) => sum + images, 0)).toBe(142);
    // Of the pixels, which the archive describes.
    expect(plan.every(({ bytes = 0 }) => bytes > 100_000)).toBe(true);
    const folder = temporaryFolder();
    const series = plan.map(({ seriesInstanceUID }) => seriesInstanceUID);
    const fetched = await methods.fetch(
      { reach: reach(), asked: { studyInstanceUID, patientId }, series, folder },
      context,
    );
    expect(fetched).toMatchObject({ images: 142, here: 0 });
    const came = readdirSync(folder).map((name) => digest(readFileSync(join(folder, name))));
    expect(new Set(came)).toEqual(new Set(demoFiles().map(digest)));
  });

  test('lets nobody in with another password, and is not spoken to with a certificate of another, or for another name', async () => {
    const wrong = { ...reach(), credential: { ...credential, password: 'planted-wrong' } };
    await expect(methods.echo(wrong, context)).rejects.toMatchObject({ code: 'pacs-denied' });
    await expect(methods.echo({ ...reach(), ca: undefined }, context)).rejects.toMatchObject({ code: 'pacs-tls' });
    const { certificate } = selfSigned(others);
    const believed = { ...reach(), ca: readFileSync(certificate, 'utf8') };
    await expect(methods.echo(believed, context)).rejects.toMatchObject({ code: 'pacs-tls' });
    const numbered = { ...reach().address, url: orthanc.url.replace('localhost', '127.0.0.1') };
    await expect(methods.echo({ ...reach(), address: numbered }, context)).rejects.toMatchObject({
      code: 'pacs-tls-name',
    });
  });

  test('a study is searched, fetched, opened, kept and sent back as objects; what came goes with it, and no secret is left anywhere', async () => {
    const folder = temporaryFolder();
    const application = await testApplication(folder, { passphrase: 'correct horse battery' });
    const call = (name: string, input: object) => application.call(name, input) as Promise<never>;
    const data = join(folder, 'data');
    const address = { name: 'Orthanc', kind: 'dicomweb', url: orthanc.url, ca: orthanc.ca };
    const { nodes } = (await call('pacs.save', { address, credential })) as { nodes: unknown };
    expect(nodes).toEqual([
      { name: 'Orthanc', kind: 'dicomweb', address: orthanc.url, plain: false, managed: false, credential: true },
    ]);
    const node = 'Orthanc';
    await call('pacs.echo', { node, jobId: 'echo' });
    const found = (await call('pacs.find', { node, query: { patientName: 'demo' }, jobId: 'f' })) as {
      studies: { studyInstanceUID: string; patientId: string }[];
    };
    const [study] = found.studies;
    const { series } = (await call('pacs.plan', { node, studyInstanceUID: study?.studyInstanceUID, jobId: 'p' })) as {
      series: { seriesInstanceUID: string }[];
    };
    const wanted = series.map(({ seriesInstanceUID }) => seriesInstanceUID);
    const { path } = (await call('pacs.fetch', {
      node,
      ...study,
      patientName: undefined,
      series: wanted,
      jobId: 'g',
    })) as {
      path: string;
    };
    const opened = (await call('study.open', { path, jobId: 'o' })) as {
      openId: string;
      studies: { studyInstanceUID: string; series: unknown[] }[];
    };
    expect(opened.studies).toHaveLength(1);
    expect(opened.studies[0]?.series.length).toBeGreaterThanOrEqual(6);
    const { openId } = opened;
    const draft = { openId, studyInstanceUID: study?.studyInstanceUID, roles: [], lesions: [], factors: {} };
    const { id } = (await call('cases.save', draft)) as { id: string };
    const before = await orthanc.instances();
    const sent = (await call('pacs.send', { node, id, as: ['pdf', 'sr', 'kos'], jobId: 's' })) as { sent: number };
    expect(sent).toMatchObject({ sent: 3, refused: [] });
    expect((await orthanc.instances()).length - before.length).toBe(3);

    const files = () =>
      readdirSync(join(data, 'fetched'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files().length).toBeGreaterThan(140);
    await call('study.close', { openId });
    expect(files().filter(({ name }) => !name.includes('.lock'))).toEqual([]);

    const { entries } = (await call('audit.list', {})) as { entries: { action: string; facts: unknown[] }[] };
    const actions = entries.map(({ action }) => action);
    for (const action of ['pacs.saved', 'pacs.searched', 'study.fetched', 'case.sent'])
      expect(actions).toContain(action);
    expect(entries.find(({ action }) => action === 'case.sent')?.facts).toContainEqual({ name: 'files', value: 3 });
    await call('pacs.remove', { name: node });
    await application.close();
    const left = readdirSync(data, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const { parentPath, name } of left) {
      const text = readFileSync(join(parentPath, name), 'latin1');
      expect(text, name).not.toContain(PASSWORD);
      expect(text, name).not.toContain(Buffer.from(`${USER}:${PASSWORD}`).toString('base64'));
    }
  });
});
