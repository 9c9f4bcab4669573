/** An archive of the DICOM network protocol that lies, is slow or breaks off is refused with its reason, and nothing false stays on the disk. */
import { readdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { COMMAND } from '../../../../src/main/pacs/dimse/command.ts';
import { dataBytes, PDU, pduBytes } from '../../../../src/main/pacs/dimse/pdu.ts';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';
import { readFileHead } from '../../../../src/main/study/scan/file-head.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import { type Liar, type Lie, type SmallDimse, startSmallDimse } from '../../../fixtures/pacs/small-dimse.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

let archive: SmallDimse;
let study: { studyInstanceUID: string; patientId: string };
let series: string[];

const limits = { ...pacsLimits, objectBytes: 300_000, listBytes: 200_000, tries: 2, pauseMs: 1, associations: 1 };
const methods = pacsWorkerMethods(limits);
/** Waits for nothing: only for archives that are to be too slow. */
const impatient = pacsWorkerMethods({ ...limits, answerMs: 1_000, windowMs: 300, tries: 1 });
const context = (signal = new AbortController().signal) => ({ signal, progress: () => undefined });
const reach = (port = archive.port) => ({
  address: {
    name: 'Small',
    kind: 'dimse' as const,
    host: '127.0.0.1',
    port,
    calledAETitle: 'SMALL',
    callingAETitle: 'HAICAST',
  },
});

beforeAll(async () => {
  archive = await startSmallDimse([1, 2, 3].map((instance) => dicomFile(mrElements({ instance }))));
  const [found] = (await methods.find({ reach: reach(), query: { patientName: '*' } }, context())).studies;
  if (!found) throw new Error('nothing found');
  study = found;
  const planned = await methods.plan({ reach: reach(), studyInstanceUID: study.studyInstanceUID }, context());
  series = planned.map(({ seriesInstanceUID }) => seriesInstanceUID);
});
beforeEach(() => {
  archive.lie = undefined;
  archive.greet = undefined;
  archive.lieOfList = undefined;
  archive.commands.length = 0;
});
afterAll(() => archive.close());

const fetchInto = (folder: string, by = methods, signal?: AbortSignal) =>
  by.fetch({ reach: reach(), asked: study, series, folder }, context(signal));

/** The truth with other values of some elements. */
const with_ = (changes: Record<string, string>): Buffer => {
  const bytes = dicomFile(
    mrElements({ instance: 1 }).map((element) => {
      const change = changes[element[0]];
      return change === undefined ? element : [element[0], element[1], change];
    }),
  );
  return Buffer.from(bytes.subarray(readFileHead(bytes, true)?.start ?? 0));
};

const first = ({ asked }: Liar) => {
  const [one] = asked;
  if (!one) throw new Error('nothing was asked for');
  return one;
};
const sends =
  (changes: Record<string, string>): Lie =>
  async (liar) => {
    await liar.store(first(liar), { dataset: with_(changes) });
    await liar.done();
  };

const lies: [what: string, code: string, lie: Lie][] = [
  ['an image of another patient', 'pacs-other-patient', sends({ '0010,0020': 'SOMEBODY' })],
  ['an image of another study', 'pacs-other-study', sends({ '0020,000D': '1.2.3.4' })],
  ['an image of another series', 'pacs-other-series', sends({ '0020,000E': '1.2.3.6' })],
  ['another image under the name of the one asked for', 'pacs-other-image', sends({ '0008,0018': '1.2.3.5' })],
  [
    'an image that nobody asked for',
    'pacs-other-image',
    (liar) => liar.store(first(liar), { command: { AffectedSOPInstanceUID: '1.2.3.7' } }),
  ],
  [
    'an object of another class than was agreed',
    'pacs-answer',
    (liar) => liar.store(first(liar), { command: { AffectedSOPClassUID: '1.2.840.10008.5.1.4.1.1.2' } }),
  ],
  [
    'an image that ends before its pixels',
    'pacs-wrong-length',
    (liar) => liar.store(first(liar), { dataset: first(liar).dataset.subarray(0, first(liar).dataset.length - 20) }),
  ],
  [
    'letters in the place of a data set',
    'pacs-wrong-length',
    (liar) => liar.store(first(liar), { dataset: Buffer.alloc(4000, 'x') }),
  ],
  ['an image without end', 'pacs-endless', (liar) => liar.store(first(liar), { dataset: Buffer.alloc(1_000_000) })],
  [
    'the same image again and again',
    'pacs-endless',
    async (liar) => {
      for (;;) await liar.store(first(liar));
    },
  ],
  [
    'again and again that it goes on',
    'pacs-endless',
    async (liar) => {
      for (;;) await liar.pending();
    },
  ],
  ['nothing, and says that it is done', 'pacs-missing', (liar) => liar.done()],
  ['nothing, and says that some failed', 'pacs-missing', (liar) => liar.done(0xb000)],
  ['a refusal', 'pacs-status', (liar) => liar.done(0xa900)],
  [
    'a unit that claims four gigabytes',
    'pacs-answer',
    async ({ socket }) => socket.write(Buffer.from([PDU.data, 0, 0xff, 0xff, 0xff, 0xf0])),
  ],
  [
    'a part that claims more than its unit has',
    'pacs-answer',
    async ({ socket }) => socket.write(pduBytes(PDU.data, Buffer.from([0, 0, 1, 0, 1, 3]))),
  ],
  ['a unit of no kind', 'pacs-answer', async ({ socket }) => socket.write(pduBytes(0x42, Buffer.alloc(4)))],
  [
    'a message of a context that was not agreed',
    'pacs-answer',
    async ({ socket }) =>
      socket.write(dataBytes({ contextId: 254, isCommand: true, isLast: true, bytes: Buffer.alloc(0) })),
  ],
  [
    'a command that never ends',
    'pacs-answer',
    async ({ socket, association }) => {
      const [contextId = 1] = association.contexts.keys();
      const part = dataBytes({ contextId, isCommand: true, isLast: false, bytes: Buffer.alloc(8_000) });
      for (let n = 0; n < 4; n++) socket.write(part);
    },
  ],
  [
    'parts without a byte, for ever',
    'pacs-endless',
    async ({ socket, association }) => {
      const [contextId = 1] = association.contexts.keys();
      const part = dataBytes({ contextId, isCommand: true, isLast: false, bytes: Buffer.alloc(0) });
      for (let n = 0; n < 200; n++) socket.write(part);
    },
  ],
  ['half of an image, and its end', 'pacs-broken-off', (liar) => half(liar, (socket) => socket.end())],
  [
    'half of an image, and an abort',
    'pacs-broken-off',
    (liar) => half(liar, (socket) => socket.write(pduBytes(PDU.abort, Buffer.alloc(4)))),
  ],
];

/** The command and a part of an image, by hand. */
const half = async (liar: Liar, then: (socket: Socket) => unknown): Promise<void> => {
  const one = first(liar);
  const of = liar.association.contextOf(one.identifier['00080016'] ?? '', one.syntax);
  async function* pieces() {
    yield one.dataset.subarray(0, 17_000);
    then(liar.socket);
    await new Promise(() => undefined);
  }
  await liar.association.send(
    of?.id ?? 0,
    {
      AffectedSOPClassUID: of?.abstractSyntax ?? '',
      CommandField: COMMAND.storeRequest,
      MessageID: 1,
      Priority: 0,
      CommandDataSetType: 1,
      AffectedSOPInstanceUID: one.identifier['00080018'] ?? '',
    },
    pieces(),
  );
};

test.each(lies)('%s is refused as %s, and nothing of it stays', async (_what, code, lie) => {
  archive.lie = lie;
  const folder = temporaryFolder();
  await expect(fetchInto(folder)).rejects.toMatchObject({ code });
  // The same image twice is one that was asked for.
  expect(readdirSync(folder).length).toBeLessThanOrEqual(code === 'pacs-endless' ? 1 : 0);
});

test.each<[what: string, lie: Lie]>([
  ['an image that stops', (liar) => half(liar, () => undefined)],
  ['no answer at all', () => new Promise(() => undefined)],
])('%s is not waited for', async (_what, lie) => {
  archive.lie = lie;
  await expect(fetchInto(temporaryFolder(), impatient)).rejects.toMatchObject({ code: 'pacs-slow' });
});

test.each<[what: string, code: string, greet: (socket: Socket) => void]>([
  ['nothing said', 'pacs-slow', () => undefined],
  ['closed at once', 'pacs-broken-off', (socket) => socket.end()],
  ['a rejection', 'pacs-rejected', (socket) => socket.write(pduBytes(PDU.associateReject, Buffer.from([0, 1, 1, 7])))],
  ['an abort', 'pacs-rejected', (socket) => socket.write(pduBytes(PDU.abort, Buffer.alloc(4)))],
  ['a web server', 'pacs-answer', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  [
    'an acceptance that is cut',
    'pacs-answer',
    (socket) => socket.write(pduBytes(PDU.associateAccept, Buffer.alloc(20))),
  ],
])('%s in the place of an association is %s', async (_what, code, greet) => {
  archive.greet = greet;
  const by = code === 'pacs-slow' ? impatient : methods;
  await expect(by.echo(reach(), context())).rejects.toMatchObject({ code });
});

test('nobody there is said, and what may pass is tried again', async () => {
  await expect(methods.echo(reach(1), context())).rejects.toMatchObject({ code: 'pacs-unreachable' });
  const folder = temporaryFolder();
  let tries = 0;
  archive.lie = async (liar) => {
    tries += 1;
    for (const one of tries === 1 ? liar.asked.slice(0, 1) : liar.asked) await liar.store(one);
    if (tries === 1) liar.socket.destroy();
    else await liar.done();
  };
  expect(await fetchInto(folder)).toMatchObject({ images: 3 });
  // The second time the archive was asked for two of three.
  expect([tries, readdirSync(folder).length]).toEqual([2, 3]);
});

test('a list without end is cut where it is too long to look at, and one of too many bytes is refused', async () => {
  const answers =
    (bytes: Buffer) =>
    async (
      association: Parameters<NonNullable<SmallDimse['lieOfList']>>[0],
      request: { MessageID?: number },
      id: number,
    ) => {
      for (;;) {
        await association.send(
          id,
          {
            CommandField: COMMAND.findResponse,
            MessageIDBeingRespondedTo: request.MessageID ?? 0,
            CommandDataSetType: 1,
            Status: 0xff01,
          },
          [bytes],
        );
      }
    };
  const uid = Buffer.from([0x20, 0, 0x0d, 0, 0x55, 0x49, 4, 0, ...Buffer.from('1.2\0')]);
  archive.lieOfList = answers(uid);
  const found = await methods.find({ reach: reach(), query: { patientName: '*' } }, context());
  expect([found.studies.length, found.isMore]).toEqual([200, true]);
  archive.lieOfList = answers(
    Buffer.concat([uid, Buffer.from([0x99, 0x7f, 0, 0, 0x4f, 0x42, 0, 0, 0, 0x80, 0, 0]), Buffer.alloc(32_768)]),
  );
  await expect(methods.find({ reach: reach(), query: { patientName: '*' } }, context())).rejects.toMatchObject({
    code: 'pacs-endless',
  });
});

test('whoever cancels is not kept waiting, and the connection is gone', async () => {
  const cancel = new AbortController();
  archive.lie = () => {
    cancel.abort(new Error('cancelled'));
    return new Promise(() => undefined);
  };
  await expect(fetchInto(temporaryFolder(), methods, cancel.signal)).rejects.toThrow('cancelled');
});
