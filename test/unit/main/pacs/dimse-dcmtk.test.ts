/** Against dcmtk: `dcmqrscp` as a second archive, `storescp` over TLS with certificates of both sides. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';
import { readFileHead } from '../../../../src/main/study/scan/file-head.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import {
  type DcmtkServer,
  leftOutWithoutDcmtk,
  startDcmqrscp,
  startTlsStorescp,
} from '../../../fixtures/pacs/dcmtk.ts';
import { freePort, selfSigned } from '../../../fixtures/pacs/orthanc.ts';
import { folderForAll, temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const methods = pacsWorkerMethods({ ...pacsLimits, tries: 1 });
const context = { signal: new AbortController().signal, progress: () => undefined };

const datasetDigest = (bytes: Uint8Array): string =>
  createHash('sha256')
    .update(bytes.subarray(readFileHead(bytes, true)?.start ?? 0))
    .digest('hex');

describe.skipIf(leftOutWithoutDcmtk !== '')(`dcmtk${leftOutWithoutDcmtk}`, () => {
  const others = folderForAll();
  let archive: DcmtkServer;
  let movePort: number;
  const files = [1, 2, 3].map((instance) => dicomFile(mrElements({ instance })));
  const address = (more: object = {}) => ({
    name: 'dcmtk',
    kind: 'dimse' as const,
    host: '127.0.0.1',
    port: archive.port,
    calledAETitle: 'DCMQR',
    callingAETitle: 'HAICAST',
    ...more,
  });

  beforeAll(async () => {
    movePort = await freePort();
    archive = await startDcmqrscp(movePort);
    const folder = join(others, 'sent');
    mkdirSync(folder);
    for (const [index, bytes] of files.entries()) writeFileSync(join(folder, `${index}.dcm`), bytes);
    const stored = await methods.store({ reach: { address: address() }, folder }, context);
    expect(stored.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  });
  afterAll(() => archive.close());

  const fetchBy = async (more: object, folder: string) => {
    const reach = { address: address(more) };
    const [study] = (await methods.find({ reach, query: { patientName: '*' } }, context)).studies;
    if (!study) throw new Error('not found');
    const plan = await methods.plan({ reach, studyInstanceUID: study.studyInstanceUID }, context);
    const series = plan.map(({ seriesInstanceUID }) => seriesInstanceUID);
    return await methods.fetch({ reach, asked: study, series, folder }, context);
  };

  test.each([
    ['C-GET', () => ({})],
    ['C-MOVE', () => ({ move: { host: '127.0.0.1', port: movePort } })],
  ])('what dcmqrscp took it gives back by %s, every data set byte for byte', async (_, more) => {
    const folder = temporaryFolder();
    expect(await fetchBy(more(), folder)).toMatchObject({ images: 3, here: 0 });
    const came = readdirSync(folder).map((name) => datasetDigest(readFileSync(join(folder, name))));
    expect(new Set(came)).toEqual(new Set(files.map(datasetDigest)));
  });

  test('a port that is taken, and a place that the archive does not know, are said', async () => {
    const taken = { move: { host: '127.0.0.1', port: archive.port } };
    await expect(fetchBy(taken, temporaryFolder())).rejects.toMatchObject({ code: 'pacs-no-listen' });
    const unknown = { callingAETitle: 'STRANGER', move: { host: '127.0.0.1', port: movePort } };
    await expect(fetchBy(unknown, temporaryFolder())).rejects.toMatchObject({ code: 'pacs-move-unknown' });
    // Nothing listens any more, also where nothing came.
    const listens = await new Promise((resolve) => {
      createConnection(movePort, '127.0.0.1')
        .once('connect', () => resolve(true))
        .once('error', () => resolve(false));
    });
    expect(listens).toBe(false);
  });

  test('storescp takes objects over TLS from who shows the right certificate, and is not spoken to with a wrong one', async () => {
    const own = join(others, 'own');
    mkdirSync(own);
    const { key, certificate } = selfSigned(own);
    const server = await startTlsStorescp(certificate);
    try {
      const folder = join(others, 'tls');
      mkdirSync(folder);
      writeFileSync(join(folder, 'a.dcm'), files[0] ?? new Uint8Array());
      const tlsAddress = { ...address(), port: server.port, tls: {} };
      const pem = (file: string) => readFileSync(file, 'utf8');
      const shown = { certificate: pem(certificate), key: pem(key) };
      const reach = { address: tlsAddress, ca: pem(join(server.folder, 'certificate.pem')), ...shown };
      await methods.echo(reach, context);
      expect(await methods.store({ reach, folder }, context)).toMatchObject([{ sopInstanceUID: expect.any(String) }]);
      const kept = readdirSync(server.folder).filter((name) => name.startsWith('MR'));
      expect(kept.map((name) => datasetDigest(readFileSync(join(server.folder, name))))).toEqual([
        datasetDigest(files[0] ?? new Uint8Array()),
      ]);
      await expect(methods.echo({ ...reach, ca: pem(certificate) }, context)).rejects.toMatchObject({
        code: 'pacs-tls',
      });
      await expect(methods.echo({ ...reach, ca: undefined }, context)).rejects.toMatchObject({ code: 'pacs-tls' });
      // It sees with the first word that nobody is shown to it.
      const nobody = { address: tlsAddress, ca: reach.ca };
      await expect(methods.echo(nobody, context)).rejects.toMatchObject({ code: expect.stringMatching(/^pacs-/) });
    } finally {
      await server.close();
    }
  });
});
