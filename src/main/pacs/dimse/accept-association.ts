/** An association that the archive asks for, to send what a C-MOVE asked it for (PS3.8 7.1). */
import { pacsError } from '../errors.ts';
import { Association, type Context } from './association.ts';
import type { Connection } from './connection.ts';
import {
  type AnsweredContext,
  associateAcceptBytes,
  associateRejectBytes,
  associateRequestOf,
  PDU,
  type ProposedContext,
} from './pdu.ts';
import { IMPLICIT_LITTLE, imageSyntaxes, isStorage } from './uids.ts';

/** PS3.8 9.3.4. */
const REASON = { callingUnknown: 3, calledUnknown: 7 } as const;
/** PS3.8 9.3.3.2. */
const RESULT = { accepted: 0, abstractSyntaxUnknown: 3, transferSyntaxesUnknown: 4 } as const;

const answerTo = ({ id, abstractSyntax, transferSyntaxes }: ProposedContext): AnsweredContext => {
  const refused = (result: number) => ({ id, result, transferSyntax: IMPLICIT_LITTLE });
  if (!isStorage(abstractSyntax)) return refused(RESULT.abstractSyntaxUnknown);
  // The first that it names and haicast decodes: what it names first is how it keeps them.
  const transferSyntax = transferSyntaxes.find((syntax) => imageSyntaxes.includes(syntax));
  return transferSyntax === undefined
    ? refused(RESULT.transferSyntaxesUnknown)
    : { id, result: RESULT.accepted, transferSyntax };
};

/** Throws `pacs-other-sender` for one that calls by another name, or calls another. */
export const acceptAssociation = async (
  connection: Connection,
  { ownAETitle, archiveAETitle, mostPduBytes }: { ownAETitle: string; archiveAETitle: string; mostPduBytes: number },
): Promise<Association> => {
  const { type, body } = await connection.pdu();
  if (type !== PDU.associateRequest) throw pacsError('pacs-answer', { detail: `pdu ${type}` });
  const request = associateRequestOf(body);
  const reason =
    request.calledAETitle !== ownAETitle.trim()
      ? REASON.calledUnknown
      : request.callingAETitle !== archiveAETitle.trim() && REASON.callingUnknown;
  if (reason) {
    connection.end(associateRejectBytes(reason));
    throw pacsError('pacs-other-sender');
  }
  const contexts = request.contexts.map(answerTo);
  const { calledAETitle, callingAETitle } = request;
  await connection.write(
    associateAcceptBytes({ calledAETitle, callingAETitle, contexts, mostPduBytes, providerOf: [] }),
  );
  const accepted: Context[] = contexts.flatMap(({ id, result, transferSyntax }) => {
    const proposed = request.contexts.find((context) => context.id === id);
    return result === RESULT.accepted && proposed
      ? [{ id, abstractSyntax: proposed.abstractSyntax, transferSyntax }]
      : [];
  });
  return new Association(connection, accepted, request.mostPduBytes);
};
