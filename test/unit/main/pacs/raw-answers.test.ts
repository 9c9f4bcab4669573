/** Answers that break HTTP itself: each ends what was asked, with its reason, and ends no process. */
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';
import { pacsWorkerMethods } from '../../../../src/main/pacs/worker-methods.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\n';

const echoOf = async (answer: (socket: Socket) => void) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const address = { name: 'Raw', kind: 'dicomweb' as const, url: `http://127.0.0.1:${port}/dicom-web` };
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return await pacsWorkerMethods({ ...pacsLimits, tries: 1 }).echo({ address }, context);
};

test.each<[string, string, (socket: Socket) => void]>([
  [
    'another protocol',
    'pacs-broken-off',
    (socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  ],
  ['nothing of HTTP', 'pacs-broken-off', (socket) => socket.write('SSH-2.0-x\r\n')],
  ['a head without end', 'pacs-broken-off', (socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1e6)}`)],
  [
    'a broken chunk',
    'pacs-broken-off',
    (socket) => socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\nZZZ\r\n`),
  ],
  [
    'a reset in the middle',
    'pacs-broken-off',
    (socket) => socket.write(`${head}Content-Length: 9\r\n\r\n[`, () => setImmediate(() => socket.resetAndDestroy())),
  ],
])('%s is told as what broke off', async (_what, code, answer) => {
  await expect(echoOf(answer)).rejects.toMatchObject({ code });
});
