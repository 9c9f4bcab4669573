/** An archive that lies, is slow or breaks off is refused with its reason, and nothing false stays on the disk. */
import { readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import {
  asMultipart,
  multipartType,
  type SmallDicomweb,
  startSmallDicomweb,
} from '../../../fixtures/pacs/small-dicomweb.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

let archive: SmallDicomweb;
let study: { studyInstanceUID: string; patientId: string };
let series: string[];

const limits = { ...pacsLimits, objectBytes: 300_000, tries: 2, pauseMs: 1 };
const methods = pacsWorkerMethods(limits);
/** Waits for nothing: only for archives that are to be too slow. */
const impatient = pacsWorkerMethods({ ...limits, answerMs: 1_000, windowMs: 300, tries: 1 });
const context = (signal = new AbortController().signal, progress = () => undefined) => ({ signal, progress });
const reach = () => ({ address: { name: 'Small', kind: 'dicomweb' as const, url: archive.url } });

beforeAll(async () => {
  archive = await startSmallDicomweb([1, 2, 3].map((instance) => dicomFile(mrElements({ instance }))));
  const [found] = (await methods.find({ reach: reach(), query: { patientName: '*' } }, context())).studies;
  if (!found) throw new Error('nothing found');
  study = found;
  const planned = await methods.plan({ reach: reach(), studyInstanceUID: study.studyInstanceUID }, context());
  series = planned.map(({ seriesInstanceUID }) => seriesInstanceUID);
});
beforeEach(() => {
  archive.lie = undefined;
  archive.asked.length = 0;
});
afterAll(() => archive.close());

const fetchInto = (folder: string, asked: { patientId?: string } = {}, signal?: AbortSignal, by = methods) =>
  by.fetch(
    {
      reach: reach(),
      asked: { studyInstanceUID: study.studyInstanceUID, patientId: study.patientId, ...asked },
      series,
      folder,
    },
    context(signal),
  );

type Lie = (request: IncomingMessage, response: ServerResponse, truth: Uint8Array) => void;

const sends =
  (bytes: Uint8Array, type = multipartType): Lie =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': type }).end(bytes);

/** The truth with other values of some elements. */
const with_ = (changes: Record<string, string>, instance = 1): Uint8Array =>
  dicomFile(
    mrElements({ instance }).map((element) => {
      const change = changes[element[0]];
      return change === undefined ? element : [element[0], element[1], change];
    }),
  );

const endless: Lie = (_request, response) => {
  response.writeHead(200, { 'content-type': multipartType });
  response.write('--edge\r\nContent-Type: application/dicom\r\n\r\n');
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
};

const lies: [what: string, code: string, lie: Lie][] = [
  ['an image of another patient', 'pacs-other-patient', sends(asMultipart(with_({ '0010,0020': 'SOMEBODY' })))],
  ['an image of another study', 'pacs-other-study', sends(asMultipart(with_({ '0020,000D': '1.2.3.4' })))],
  ['an image of another series', 'pacs-other-series', sends(asMultipart(with_({ '0020,000E': '1.2.3.6' })))],
  ['another image than the one asked for', 'pacs-other-image', sends(asMultipart(with_({ '0008,0018': '1.2.3.5' })))],
  [
    'an image that ends before its pixels',
    'pacs-wrong-length',
    (_request, response, truth) => sends(asMultipart(truth.subarray(0, truth.length - 20)))(_request, response, truth),
  ],
  [
    'fewer bytes than it says',
    'pacs-broken-off',
    (_request, response, truth) => {
      response.writeHead(200, { 'content-type': multipartType, 'content-length': truth.length + 10_000 });
      response.write(asMultipart(truth).subarray(0, 500), () => response.destroy());
    },
  ],
  [
    'half a multipart and then its end',
    'pacs-broken-off',
    (_request, response, truth) =>
      response.writeHead(200, { 'content-type': multipartType }).end(asMultipart(truth).subarray(0, 400)),
  ],
  ['a body without end', 'pacs-endless', endless],
  [
    'a body that stops',
    'pacs-slow',
    (_request, response, truth) => {
      response.writeHead(200, { 'content-type': multipartType }).write(asMultipart(truth).subarray(0, 500));
    },
  ],
  ['no answer at all', 'pacs-slow', () => undefined],
  ['a page of HTML', 'pacs-content-type', sends(Buffer.from('<html>sign in</html>'), 'text/html')],
  [
    'a part of another type',
    'pacs-content-type',
    sends(Buffer.from('--edge\r\nContent-Type: image/png\r\n\r\nx\r\n--edge--\r\n')),
  ],
  [
    'two objects for one',
    'pacs-content-type',
    (_request, response, truth) => {
      const part = Buffer.concat([
        Buffer.from('--edge\r\nContent-Type: application/dicom\r\n\r\n'),
        truth,
        Buffer.from('\r\n'),
      ]);
      sends(Buffer.concat([part, part, Buffer.from('--edge--\r\n')]))(_request, response, truth);
    },
  ],
  ['no DICOM object', 'pacs-not-dicom', sends(asMultipart(Buffer.from('this is no image')))],
  [
    'a body in gzip',
    'pacs-content-type',
    (_request, response, truth) =>
      response.writeHead(200, { 'content-type': multipartType, 'content-encoding': 'gzip' }).end(truth),
  ],
  [
    'another address',
    'pacs-redirect',
    (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  ],
  ['a refusal', 'pacs-denied', (_request, response) => response.writeHead(403).end()],
  ['a fault of its own', 'pacs-status', (_request, response) => response.writeHead(500).end()],
];

test.each(lies)('an archive that sends %s is refused (%s)', async (_what, code, lie) => {
  archive.lie = lie;
  const folder = temporaryFolder();
  const by = code === 'pacs-slow' ? impatient : methods;
  await expect(fetchInto(folder, {}, undefined, by)).rejects.toMatchObject({ code });
  expect(readdirSync(folder)).toEqual([]);
});

test('what may pass is tried again, and what is a lie is not', async () => {
  const images = () => archive.asked.filter((path) => /instances\/[^?]+$/.test(path)).length;
  archive.lie = (_request, response) => response.destroy();
  await expect(fetchInto(temporaryFolder())).rejects.toMatchObject({ code: 'pacs-broken-off' });
  expect(images()).toBeGreaterThan(3);
  archive.asked.length = 0;
  archive.lie = sends(asMultipart(with_({ '0010,0020': 'SOMEBODY' })));
  await expect(fetchInto(temporaryFolder())).rejects.toMatchObject({ code: 'pacs-other-patient' });
  expect(images()).toBeLessThanOrEqual(3);
});

test('an image that is there already is not fetched again, and what was missing is', async () => {
  const folder = temporaryFolder();
  let sent = 0;
  archive.lie = (_request, response, truth) => {
    sent += 1;
    if (sent > 1) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': multipartType }).end(asMultipart(truth));
  };
  await expect(fetchInto(folder)).rejects.toMatchObject({ code: 'pacs-status' });
  const before = readdirSync(folder);
  archive.lie = undefined;
  archive.asked.length = 0;
  expect(await fetchInto(folder)).toMatchObject({ images: 3, here: before.length });
  expect(archive.asked.filter((path) => /instances\/[^?]+$/.test(path))).toHaveLength(3 - before.length);
  expect(readdirSync(folder)).toHaveLength(3);
  for (const name of readdirSync(folder)) {
    // No UID and no name of anybody, and for nobody else's eyes.
    expect(name).toMatch(/^[0-9a-f]{32}$/);
    if (process.platform !== 'win32') expect(statSync(`${folder}/${name}`).mode & 0o777).toBe(0o600);
  }
});

test('a patient is compared by the id that the archive gave, and not where it gave none', async () => {
  await expect(fetchInto(temporaryFolder(), { patientId: 'ANOTHER' })).rejects.toMatchObject({
    code: 'pacs-other-patient',
  });
  const unknown = { studyInstanceUID: study.studyInstanceUID, patientId: undefined };
  const folder = temporaryFolder();
  const result = await methods.fetch({ reach: reach(), asked: unknown, series, folder }, context());
  expect(result.images).toBe(3);
});

test('a fetch that is cancelled ends, however slow the archive is', async () => {
  const controller = new AbortController();
  archive.lie = () => controller.abort();
  const folder = temporaryFolder();
  await expect(fetchInto(folder, {}, controller.signal)).rejects.toThrow();
  expect(readdirSync(folder)).toEqual([]);
});

test('a series that the archive has lost is said, and a search that nobody answers as well', async () => {
  const folder = temporaryFolder();
  const asked = { studyInstanceUID: study.studyInstanceUID, patientId: study.patientId };
  await expect(
    methods.fetch({ reach: reach(), asked, series: [...series, '1.2.3'], folder }, context()),
  ).rejects.toMatchObject({ code: 'pacs-not-there' });
  const gone = { address: { name: 'Gone', kind: 'dicomweb' as const, url: 'http://127.0.0.1:9/dicom-web' } };
  await expect(methods.echo(gone, context())).rejects.toMatchObject({ code: 'pacs-unreachable' });
});

test('what lets in is sent in the header that is for it, and in no address', async () => {
  const sent = new Set<string | undefined>();
  archive.lie = (request, response, truth) => {
    sent.add(request.headers.authorization);
    response.writeHead(200, { 'content-type': multipartType }).end(asMultipart(truth));
  };
  const asked = { studyInstanceUID: study.studyInstanceUID, patientId: study.patientId };
  for (const credential of [
    { kind: 'bearer' as const, token: 'planted-token' },
    { kind: 'basic' as const, user: 'reader', password: 'planted-password' },
  ]) {
    const letIn = { ...reach(), credential };
    await methods.fetch({ reach: letIn, asked, series, folder: temporaryFolder() }, context());
  }
  const basic = Buffer.from('reader:planted-password').toString('base64');
  expect([...sent]).toEqual(['Bearer planted-token', `Basic ${basic}`]);
  expect(archive.asked.join()).not.toMatch(/planted|reader/);
});
