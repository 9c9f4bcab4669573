/** Objects to an archive by C-STORE (PS3.4 B.2), their bytes as they are in their files. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { readFileHead } from '../../study/scan/file-head.ts';
import { firstHeadBytes } from '../../study/scan/read-file.ts';
import type { Outgoing, Stored } from '../archive.ts';
import { pacsError } from '../errors.ts';
import type { Association } from './association.ts';
import { COMMAND, isWarning, MEDIUM, SUCCESS, WITH_DATASET } from './command.ts';
import type { Wanted } from './open-association.ts';

/** PS3.7 annex C: SOP class not supported, which is how an archive is said not to take one at all. */
const NOT_SUPPORTED = 0x0122;

/** One context for each class in each syntax that its files have. */
export const storeContexts = (objects: readonly Outgoing[]): Wanted[] => {
  const pairs = new Map(objects.map((one) => [`${one.sopClassUID} ${one.transferSyntaxUID}`, one]));
  return [...pairs.values()].map(({ sopClassUID, transferSyntaxUID }) => ({
    abstractSyntax: sopClassUID,
    transferSyntaxes: [transferSyntaxUID],
  }));
};

/** Offset of the first byte behind the meta information. */
const datasetStart = async (file: string): Promise<number> => {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(firstHeadBytes), 0, firstHeadBytes, 0);
    const head = readFileHead(buffer.subarray(0, bytesRead), bytesRead < firstHeadBytes);
    if (!head) throw pacsError('pacs-not-dicom');
    return head.start;
  } finally {
    await handle.close();
  }
};

/** Throws where the association fails; what the archive refuses is said in the result. */
export const storeObject = async (association: Association, object: Outgoing): Promise<Stored> => {
  const { sopClassUID, sopInstanceUID, transferSyntaxUID, file } = object;
  const context = association.contextOf(sopClassUID, transferSyntaxUID);
  if (!context) return { sopInstanceUID, failure: NOT_SUPPORTED };
  const MessageID = association.nextMessageId();
  await association.send(
    context.id,
    {
      AffectedSOPClassUID: sopClassUID,
      CommandField: COMMAND.storeRequest,
      MessageID,
      Priority: MEDIUM,
      CommandDataSetType: WITH_DATASET,
      AffectedSOPInstanceUID: sopInstanceUID,
    },
    createReadStream(file, { start: await datasetStart(file) }) as AsyncIterable<Buffer>,
  );
  const message = await association.receive();
  if (!message) throw pacsError('pacs-broken-off');
  const { CommandField, MessageIDBeingRespondedTo, Status } = message.command;
  if (CommandField !== COMMAND.storeResponse || MessageIDBeingRespondedTo !== MessageID || Status === undefined) {
    throw pacsError('pacs-answer', { detail: 'C-STORE' });
  }
  return Status === SUCCESS || isWarning(Status) ? { sopInstanceUID } : { sopInstanceUID, failure: Status };
};
