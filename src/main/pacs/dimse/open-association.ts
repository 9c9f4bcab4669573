/** An association asked for (PS3.8 7.1): who calls whom, and for what. */
import type { Reach } from '../archive.ts';
import { pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import { Association, type Context } from './association.ts';
import { Connection, openSocket, type Patience } from './connection.ts';
import { associateAcceptOf, associateRequestBytes, PDU, type ProposedContext, rejectionOf } from './pdu.ts';

export interface Calling {
  reach: Reach;
  limits: PacsLimits;
  signal: AbortSignal;
  patience?: Patience;
}

/** A class, in one of these syntaxes, which the archive chooses from. */
export interface Wanted {
  abstractSyntax: string;
  transferSyntaxes: readonly string[];
}

/** Ids are odd numbers of one byte (PS3.8 9.3.2.2). */
export const MOST_CONTEXTS = 128;

const withIds = (wanted: readonly Wanted[]): ProposedContext[] =>
  wanted.slice(0, MOST_CONTEXTS).map((one, index) => ({ id: 2 * index + 1, ...one }));

const accepted = (
  proposed: readonly ProposedContext[],
  answered: readonly { id: number; result: number; transferSyntax: string }[],
): Context[] =>
  answered.flatMap(({ id, result, transferSyntax }) => {
    if (result !== 0) return [];
    const one = proposed.find((context) => context.id === id);
    // What was not offered cannot be agreed to.
    if (!one?.transferSyntaxes.includes(transferSyntax)) throw pacsError('pacs-answer', { detail: 'context' });
    return [{ id, abstractSyntax: one.abstractSyntax, transferSyntax }];
  });

/** Throws `pacs-rejected`, and what a network or an archive that does not speak the protocol stands for. */
export const openAssociation = async (
  { reach, limits, signal, patience }: Calling,
  wanted: readonly Wanted[],
  providerOf: readonly string[] = [],
): Promise<Association> => {
  const { address } = reach;
  if (address.kind !== 'dimse') throw new TypeError('no address of the DICOM network');
  const socket = await openSocket(reach, limits, signal);
  const connection = new Connection(socket, { limits, signal, ...(patience ? { patience } : {}) });
  try {
    const { calledAETitle, callingAETitle } = address;
    const contexts = withIds(wanted);
    const mostPduBytes = limits.pduBytes;
    await connection.write(
      associateRequestBytes({ calledAETitle, callingAETitle, contexts, mostPduBytes, providerOf }),
    );
    const { type, body } = await connection.pdu();
    if (type === PDU.associateReject) throw pacsError('pacs-rejected', { detail: rejectionOf(body) });
    if (type === PDU.abort) throw pacsError('pacs-rejected', { detail: 'abort' });
    if (type !== PDU.associateAccept) throw pacsError('pacs-answer', { detail: `pdu ${type}` });
    const accept = associateAcceptOf(body);
    return new Association(connection, accepted(contexts, accept.contexts), accept.mostPduBytes);
  } catch (error) {
    connection.destroy(error);
    throw error;
  }
};

/** Does `work` over an association, which is released after it, or broken off where it fails. */
export const withAssociation = async <T>(
  association: Association,
  work: (association: Association) => Promise<T>,
): Promise<T> => {
  let result: T;
  try {
    result = await work(association);
  } catch (error) {
    association.abort();
    throw error;
  }
  await association.release();
  return result;
};
