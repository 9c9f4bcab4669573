/** One object that an archive sends by C-STORE (PS3.4 B.2), from the network into a file: its bytes as they come. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { part10File } from '../../study/encode/elements.ts';
import { bounded } from '../bounded.ts';
import { pacsError } from '../errors.ts';
import type { ImageAsked } from '../fetch/assert-asked.ts';
import type { Landing } from '../fetch/landing.ts';
import type { PacsLimits } from '../limits.ts';
import type { Association, Message } from './association.ts';
import { COMMAND, type CommandSet, NO_DATASET, SUCCESS } from './command.ts';

/** What was asked for at once, by SOP Instance UID. */
export class Expected {
  readonly #asked: ReadonlyMap<string, ImageAsked>;
  #came = 0;

  constructor(images: readonly ImageAsked[]) {
    this.#asked = new Map(images.map((image) => [image.sopInstanceUID, image]));
  }

  get instances(): string[] {
    return [...this.#asked.keys()];
  }

  /** Throws `pacs-other-image` for one that nobody asked for, `pacs-endless` for more than were asked for. */
  take(sopInstanceUID: string | undefined): ImageAsked {
    const image = this.#asked.get(sopInstanceUID ?? '');
    if (!image) throw pacsError('pacs-other-image');
    this.#came += 1;
    if (this.#came > this.#asked.size) throw pacsError('pacs-endless');
    return image;
  }
}

export interface Receiving {
  expected: Expected;
  landing: Landing;
  limits: PacsLimits;
  signal: AbortSignal;
}

async function* asFile(head: Uint8Array, dataset: AsyncGenerator<Buffer, void>): AsyncGenerator<Uint8Array, void> {
  yield head;
  yield* dataset;
}

const answerTo = ({ AffectedSOPClassUID, MessageID, AffectedSOPInstanceUID }: CommandSet): CommandSet => ({
  ...(AffectedSOPClassUID === undefined ? {} : { AffectedSOPClassUID }),
  CommandField: COMMAND.storeResponse,
  ...(MessageID === undefined ? {} : { MessageIDBeingRespondedTo: MessageID }),
  CommandDataSetType: NO_DATASET,
  Status: SUCCESS,
  ...(AffectedSOPInstanceUID === undefined ? {} : { AffectedSOPInstanceUID }),
});

/** Throws what `Expected` and `Landing` do; nothing is answered then, and whoever called breaks the association off. */
export const receiveObject = async (
  association: Association,
  { context, command, dataset }: Message,
  { expected, landing, limits, signal }: Receiving,
): Promise<void> => {
  // The class of a context is the one that its objects have.
  if (!dataset || command.AffectedSOPClassUID !== context.abstractSyntax) {
    throw pacsError('pacs-answer', { detail: 'C-STORE' });
  }
  const image = expected.take(command.AffectedSOPInstanceUID);
  const { sopInstanceUID: sopInstance } = image;
  const head = part10File({ sopClass: context.abstractSyntax, sopInstance, syntax: context.transferSyntax });
  // Sent once more it would be the same.
  if (!landing.has(sopInstance)) {
    await landing.take(image, (file) =>
      pipeline(
        Readable.from(asFile(head, dataset), { objectMode: false }),
        bounded(limits.objectBytes, limits).once('error', () => association.abort()),
        createWriteStream(file, { flags: 'wx', mode: 0o600 }),
        { signal },
      ),
    );
  }
  await association.send(context.id, answerTo(command));
};
