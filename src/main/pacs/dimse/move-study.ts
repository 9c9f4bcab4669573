/** Images by C-MOVE: the archive is asked to send them here, where haicast listens for as long as it asks, and to nobody else. */
import { lookup } from 'node:dns/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { PacsAddress } from '#shared/pacs/node.ts';
import type { Reach } from '../archive.ts';
import { mayPass, networkError, pacsError } from '../errors.ts';
import type { ImageAsked } from '../fetch/assert-asked.ts';
import type { Landing } from '../fetch/landing.ts';
import { acceptAssociation } from './accept-association.ts';
import type { Association } from './association.ts';
import { COMMAND } from './command.ts';
import { Connection, Patience } from './connection.ts';
import { type Calling, openAssociation, withAssociation } from './open-association.ts';
import { Expected, receiveObject } from './receive-object.ts';
import { requestsOf, retrieve } from './retrieve.ts';
import { plainSyntaxes, STUDY_ROOT } from './uids.ts';

type DimseAddress = Extract<PacsAddress, { kind: 'dimse' }>;
type Move = NonNullable<DimseAddress['move']>;

/** More than an archive opens for one request; others wait, and are nobody who was asked. */
const MOST_CONNECTIONS = 16;

/** `::ffff:10.0.0.5` is 10.0.0.5 as a socket of both families says it. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/i, '');

/** Addresses that the archive may send from: its own, and those that somebody named. */
const sendersOf = async (host: string, { from = [] }: Move): Promise<ReadonlySet<string>> => {
  try {
    const found = await lookup(host, { all: true });
    return new Set([...found.map(({ address }) => plainAddress(address)), ...from]);
  } catch (error) {
    throw networkError(error);
  }
};

/** Without an authority of its own a server of Node believes every public one: anybody who bought a certificate is let in. */
const tlsServer = ({ certificate, key, ca }: Reach): Server => {
  if (ca === undefined) throw pacsError('pacs-move-no-ca');
  const shown = { cert: certificate, key, minVersion: 'TLSv1.2' } as const;
  return createTlsServer({ ...shown, ca, requestCert: true, rejectUnauthorized: true });
};

const listening = async (reach: Reach, move: Move, tls: boolean): Promise<Server> => {
  const server = tls ? tlsServer(reach) : createServer();
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ port: move.port, host: move.host, exclusive: true }, resolve);
    });
  } catch (error) {
    throw pacsError('pacs-no-listen', { detail: String((error as { code?: unknown }).code ?? ''), cause: error });
  }
  return server;
};

/** What is asked for now; between two requests nothing is. */
interface Current {
  expected: Expected;
  messageId: number;
}

export const moveStudy = async (
  calling: Calling,
  { images, landing }: { images: readonly ImageAsked[]; landing: Landing },
): Promise<void> => {
  const { reach, limits } = calling;
  const { address } = reach;
  if (address.kind !== 'dimse' || !address.move) throw new TypeError('no address of the DICOM network to move to');
  const { move, tls } = address;
  const senders = await sendersOf(address.host, move);
  const server = await listening(reach, move, tls !== undefined);
  const failed = new AbortController();
  const signal = AbortSignal.any([calling.signal, failed.signal]);
  // The archive says nothing while it sends.
  const patience = new Patience();
  const incoming = new Set<Promise<void>>();
  let current: Current | undefined;
  let strangers = 0;
  let uncertified = 0;
  let broken: unknown;
  const isMissing = (some: readonly ImageAsked[]) => some.some(({ sopInstanceUID }) => !landing.has(sopInstanceUID));

  const objectsOf = async (association: Association): Promise<void> => {
    for (;;) {
      const message = await association.receive();
      if (!message) return;
      const { command } = message;
      const { CommandField, MoveOriginatorApplicationEntityTitle: title, MoveOriginatorMessageID: id } = command;
      if (CommandField !== COMMAND.storeRequest || !current) throw pacsError('pacs-answer', { detail: 'C-STORE' });
      // Both are optional; where they are said they say whose request this is.
      const isOurs = title === undefined || title.trim() === '' || title.trim() === address.callingAETitle.trim();
      if (!isOurs || (id !== undefined && id !== current.messageId)) throw pacsError('pacs-other-image');
      await receiveObject(association, message, { expected: current.expected, landing, limits, signal });
    }
  };

  const taken = async (socket: Socket): Promise<void> => {
    const connection = new Connection(socket, { limits, signal, patience });
    let association: Association;
    try {
      association = await acceptAssociation(connection, {
        ownAETitle: address.callingAETitle,
        archiveAETitle: address.calledAETitle,
        mostPduBytes: limits.pduBytes,
      });
    } catch {
      // Whoever that was, it was not the archive that was asked, or it came to nothing: what is missing is seen at the end.
      strangers += 1;
      socket.destroySoon();
      return;
    }
    try {
      await objectsOf(association);
      connection.end();
    } catch (error) {
      association.abort();
      // A connection that ends is no lie: what is missing then is asked for again.
      if (mayPass(error)) broken = error;
      else failed.abort(error);
    }
  };

  // Before a word of TLS is spoken with anybody else.
  server.on('connection', (socket: Socket) => {
    if (senders.has(plainAddress(socket.remoteAddress))) return;
    strangers += 1;
    socket.destroy();
  });
  // Also of one that was shut out above: it is gone by now, and nothing tells from where it came.
  server.on('tlsClientError', () => {
    uncertified += 1;
  });
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (socket.destroyed) return;
    const work = taken(socket);
    incoming.add(work);
    void work.finally(() => incoming.delete(work));
  });

  try {
    const query = [{ abstractSyntax: STUDY_ROOT.move, transferSyntaxes: plainSyntaxes }];
    const association = await openAssociation({ ...calling, signal, patience }, query);
    await withAssociation(association, async () => {
      for (const asked of requestsOf(images)) {
        await retrieve(association, {
          service: 'move',
          study: landing.studyInstanceUID,
          images: asked,
          destination: address.callingAETitle,
          asked: (messageId) => {
            current = { expected: new Expected(asked), messageId };
          },
        });
        // The answer may overtake what was sent; a connection that is kept open for later is not waited for.
        if (isMissing(asked)) await Promise.all(incoming);
      }
    });
    if (isMissing(images)) {
      if (broken !== undefined) throw broken;
      if (strangers > 0) throw pacsError('pacs-other-sender');
      if (uncertified > 0) throw pacsError('pacs-sender-certificate');
    }
  } catch (error) {
    failed.abort(error);
    throw failed.signal.reason;
  } finally {
    server.close();
    failed.abort();
    await Promise.allSettled(incoming);
  }
};
