/** C-GET and C-MOVE (PS3.4 C.4.2, C.4.3): which images are asked for, and what the archive says meanwhile. */
import { pacsError } from '../errors.ts';
import type { ImageAsked } from '../fetch/assert-asked.ts';
import type { Association, Message } from './association.ts';
import { COMMAND, type CommandSet, isPending, isWarning, MEDIUM, SUCCESS, WITH_DATASET } from './command.ts';
import { type Identifier, identifierBytes } from './identifier.ts';
import { statusError } from './status.ts';
import { STUDY_ROOT } from './uids.ts';

/** Of one request: a list of UIDs is one value, which explicit syntaxes hold to 64 kB. */
export const MOST_AT_ONCE = 100;

/** Exactly these images of one series, so that everything else is known not to have been asked for. */
const imagesKey = (study: string, images: readonly ImageAsked[]): Identifier => ({
  '00080052': 'IMAGE',
  '0020000D': study,
  '0020000E': images[0]?.seriesInstanceUID ?? '',
  '00080018': images.map(({ sopInstanceUID }) => sopInstanceUID).join('\\'),
});

/** Images of one series each, few enough for one request. */
export const requestsOf = (images: readonly ImageAsked[]): ImageAsked[][] => {
  const bySeries = Map.groupBy(images, ({ seriesInstanceUID }) => seriesInstanceUID);
  return [...bySeries.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / MOST_AT_ONCE) }, (_, index) =>
      all.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE),
    ),
  );
};

const services = {
  get: { name: 'C-GET', request: COMMAND.getRequest, response: COMMAND.getResponse },
  move: { name: 'C-MOVE', request: COMMAND.moveRequest, response: COMMAND.moveResponse },
} as const;

/** Some of it could not be done (PS3.4 C.4.2.1.5): what is missing is seen when all is over. */
const SOME_FAILED = 0xa702;

export interface Retrieving {
  service: keyof typeof services;
  study: string;
  images: readonly ImageAsked[];
  /** AE title that a C-MOVE sends to. */
  destination?: string;
  /** Called with the id of the request once it is known. */
  asked?: (messageId: number) => void;
  /** What comes in between, which only C-GET has. */
  object?: (message: Message) => Promise<void>;
}

/**
 * Asks, and returns when the archive says that it is done. Throws `pacs-not-offered`, `pacs-status`, `pacs-move-unknown`, `pacs-answer`,
 * `pacs-endless` for an archive that says again and again that it goes on, and what `object` does.
 */
export const retrieve = async (association: Association, retrieving: Retrieving): Promise<void> => {
  const { service, study, images, destination, asked, object } = retrieving;
  const { name, request, response } = services[service];
  const context = association.contextOf(STUDY_ROOT[service]);
  if (!context) throw pacsError('pacs-not-offered', { params: { service: name } });
  const MessageID = association.nextMessageId();
  asked?.(MessageID);
  const command: CommandSet = {
    AffectedSOPClassUID: STUDY_ROOT[service],
    CommandField: request,
    MessageID,
    ...(destination === undefined ? {} : { MoveDestination: destination }),
    Priority: MEDIUM,
    CommandDataSetType: WITH_DATASET,
  };
  await association.send(context.id, command, [identifierBytes(imagesKey(study, images), context.transferSyntax)]);
  // One for each image, and as many again for those that count otherwise.
  let pending = 2 * images.length + 10;
  for (;;) {
    const message = await association.receive();
    if (!message) throw pacsError('pacs-broken-off');
    const { CommandField, MessageIDBeingRespondedTo, Status } = message.command;
    if (object && CommandField === COMMAND.storeRequest) {
      await object(message);
      continue;
    }
    if (CommandField !== response || MessageIDBeingRespondedTo !== MessageID || Status === undefined) {
      throw pacsError('pacs-answer', { detail: name });
    }
    if (Status === SUCCESS || isWarning(Status) || Status === SOME_FAILED) return;
    if (!isPending(Status)) throw statusError(Status);
    pending -= 1;
    if (pending < 0) throw pacsError('pacs-endless');
  }
};
