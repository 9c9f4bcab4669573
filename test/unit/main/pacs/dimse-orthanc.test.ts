/** Against a real archive by the DICOM network protocol: Debian's Orthanc, by C-ECHO, C-FIND, C-GET, C-MOVE and C-STORE. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reach } from '../../../../src/main/pacs/archive.ts';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';
import { readFileHead } from '../../../../src/main/study/scan/file-head.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import { leftOutWithoutDcmtk } from '../../../fixtures/pacs/dcmtk.ts';
import {
  AE_TITLE,
  demoFiles,
  freePort,
  leftOutWithoutOrthanc,
  type Orthanc,
  selfSigned,
  startOrthanc,
} from '../../../fixtures/pacs/orthanc.ts';
import { folderForAll, temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const methods = pacsWorkerMethods({ ...pacsLimits, tries: 1 });
const context = { signal: new AbortController().signal, progress: () => undefined };
const PATIENT = 'SIM-0007';
const addressOf = ({ dicomPort }: Orthanc) => ({
  name: 'Orthanc',
  kind: 'dimse' as const,
  host: '127.0.0.1',
  port: dicomPort,
  calledAETitle: AE_TITLE,
  callingAETitle: 'HAICAST',
});

/** Of what an archive keeps: the file's own head is its writer's. */
const datasetDigest = (bytes: Uint8Array): string => {
  const start = readFileHead(bytes, true)?.start ?? 0;
  return createHash('sha256').update(bytes.subarray(start)).digest('hex');
};

describe.skipIf(leftOutWithoutOrthanc !== '')(`Orthanc by DIMSE${leftOutWithoutOrthanc}`, () => {
  let orthanc: Orthanc;
  let movePort: number;
  const address = (more: object = {}) => ({ ...addressOf(orthanc), ...more });
  const byGet = () => ({ address: address() });
  const byMove = () => ({ address: address({ move: { host: '127.0.0.1', port: movePort } }) });
  const find = async (query: object) =>
    (await methods.find({ reach: byGet(), query }, context)).studies.map(({ patientId }) => patientId);

  beforeAll(async () => {
    movePort = await freePort();
    orthanc = await startOrthanc({ movePort });
    await orthanc.fill([...demoFiles(), dicomFile(mrElements({ instance: 1 }))]);
  });
  afterAll(() => orthanc.close());

  test('answers an echo and a search by name, id, day, kind and description, and nothing else is found', async () => {
    await methods.echo(byGet(), context);
    for (const query of [
      { patientName: 'demo' },
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

  const fetchBy = async (reach: ReturnType<typeof byGet>, folder: string) => {
    const [study] = (await methods.find({ reach, query: { patientId: PATIENT } }, context)).studies;
    if (!study) throw new Error('not found');
    expect(study).toMatchObject({ series: 6, images: 142, date: '20260317', modalities: ['MR'] });
    const { studyInstanceUID, patientId } = study;
    const plan = await methods.plan({ reach, studyInstanceUID }, context);
    expect(plan.reduce((sum, { images }) => sum + images, 0)).toBe(142);
    const series = plan.map(({ seriesInstanceUID }) => seriesInstanceUID);
    return await methods.fetch({ reach, asked: { studyInstanceUID, patientId }, series, folder }, context);
  };

  test.each([
    ['C-GET', byGet],
    ['C-MOVE', byMove],
  ])(
    'sends six series by %s as it keeps them, every data set byte for byte, and only what is missing the second time',
    async (_, by) => {
      const folder = temporaryFolder();
      expect(await fetchBy(by(), folder)).toMatchObject({ images: 142, here: 0 });
      const came = readdirSync(folder);
      expect(new Set(came.map((name) => datasetDigest(readFileSync(join(folder, name)))))).toEqual(
        new Set(demoFiles().map(datasetDigest)),
      );
      expect(await fetchBy(by(), folder)).toMatchObject({ images: 142, here: 142, bytes: 0 });
    },
  );

  test.skipIf(leftOutWithoutDcmtk !== '')(
    `sends an image that it keeps compressed as it keeps it${leftOutWithoutDcmtk}`,
    async () => {
      const made = temporaryFolder();
      const [plain, compressed] = [join(made, 'plain.dcm'), join(made, 'rle.dcm')];
      // A second image of the other patient's study.
      writeFileSync(plain, dicomFile(mrElements({ instance: 2 })));
      execFileSync('dcmcrle', [plain, compressed]);
      const kept = readFileSync(compressed);
      await orthanc.fill([kept]);
      const [study] = (await methods.find({ reach: byGet(), query: { from: '1990-01-01' } }, context)).studies.filter(
        ({ patientId }) => patientId !== PATIENT,
      );
      if (!study) throw new Error('not found');
      const plan = await methods.plan({ reach: byGet(), studyInstanceUID: study.studyInstanceUID }, context);
      const series = plan.map(({ seriesInstanceUID }) => seriesInstanceUID);
      for (const reach of [byGet(), byMove()]) {
        const folder = temporaryFolder();
        await methods.fetch({ reach, asked: study, series, folder }, context);
        const came = readdirSync(folder).map((name) => datasetDigest(readFileSync(join(folder, name))));
        expect(came).toContain(datasetDigest(kept));
      }
    },
  );

  test('takes objects, byte for byte, and keeps them', async () => {
    const folder = temporaryFolder();
    for (const instance of [7, 8]) writeFileSync(join(folder, `${instance}.dcm`), dicomFile(mrElements({ instance })));
    const before = await orthanc.instances();
    const stored = await methods.store({ reach: byGet(), folder }, context);
    expect(stored.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    const kept = await orthanc.instances();
    expect(kept.length - before.length).toBe(2);
    for (const { sopInstanceUID } of stored) expect(kept).toContain(sopInstanceUID);
  });
});

describe.skipIf(leftOutWithoutOrthanc !== '')(`Orthanc by DIMSE over TLS${leftOutWithoutOrthanc}`, () => {
  const folder = folderForAll();
  const kept = [1, 2].map((instance) => dicomFile(mrElements({ instance })));
  let orthanc: Orthanc;
  let movePort: number;
  let reach: Reach;

  beforeAll(async () => {
    movePort = await freePort();
    const { key, certificate } = selfSigned(folder);
    orthanc = await startOrthanc({ movePort, trusted: certificate });
    await orthanc.fill(kept);
    const pem = (file: string) => readFileSync(file, 'utf8');
    const address = {
      ...addressOf(orthanc),
      tls: { ca: orthanc.ca, certificate, key },
      move: { host: '127.0.0.1', port: movePort },
    };
    reach = { address, ca: pem(orthanc.ca), certificate: pem(certificate), key: pem(key) };
  });
  afterAll(() => orthanc.close());

  const fetchInto = async (into: string) => {
    const [study] = (await methods.find({ reach, query: { patientName: '*' } }, context)).studies;
    if (!study) throw new Error('not found');
    const plan = await methods.plan({ reach, studyInstanceUID: study.studyInstanceUID }, context);
    const series = plan.map(({ seriesInstanceUID }) => seriesInstanceUID);
    return await methods.fetch({ reach, asked: study, series, folder: into }, context);
  };

  test('sends by C-MOVE what it keeps, both sides by their certificates', async () => {
    const into = temporaryFolder();
    expect(await fetchInto(into)).toMatchObject({ images: 2 });
    const came = readdirSync(into).map((name) => datasetDigest(readFileSync(join(into, name))));
    expect(new Set(came)).toEqual(new Set(kept.map(datasetDigest)));
  });
});
