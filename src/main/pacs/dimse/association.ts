/** Messages over an association that stands (PS3.7 6.3, PS3.8 9.3.5): a command, and what belongs to it piece by piece. */
import { pacsError } from '../errors.ts';
import { type CommandSet, commandBytes, commandOf, NO_DATASET } from './command.ts';
import type { Connection } from './connection.ts';
import {
  abortBytes,
  type DataValue,
  dataBytes,
  dataValues,
  PDU,
  type Pdu,
  releaseRequestBytes,
  releaseResponseBytes,
} from './pdu.ts';

export interface Context {
  id: number;
  abstractSyntax: string;
  transferSyntax: string;
}

export interface Message {
  context: Context;
  command: CommandSet;
  /** Absent where the command has none. It is read to its end before the next message is. */
  dataset?: AsyncGenerator<Buffer, void>;
}

/** No command of the services here comes near; whoever sends more is not followed. */
const MOST_COMMAND_BYTES = 16 * 1024;
/** In a row: limits of bytes know nothing of parts that have none, and whoever sends them says nothing for ever. */
const MOST_EMPTY_PARTS = 100;
/** Of a part and its unit: length, context, control. */
const PART_HEAD = 6;
/** Where the archive takes any length. */
const MOST_PART = 128 * 1024;
/** The other side is told, and not waited for. */
const RELEASE_MS = 2_000;
/** Fewer would send an image in thousands of parts, and nobody asks for that. */
const LEAST_PEER_BYTES = 1024;

export class Association {
  readonly contexts: ReadonlyMap<number, Context>;
  readonly #connection: Connection;
  readonly #partBytes: number;
  #parts: DataValue[] = [];
  #emptyParts = 0;
  #dataset: AsyncGenerator<Buffer, void> | undefined;
  #nextId = 1;

  /** `peerBytes`: longest body of a unit that the other side takes; 0 is any. */
  constructor(connection: Connection, contexts: readonly Context[], peerBytes: number) {
    if (peerBytes !== 0 && peerBytes < LEAST_PEER_BYTES) throw pacsError('pacs-answer', { detail: 'max-pdu' });
    this.#connection = connection;
    this.contexts = new Map(contexts.map((context) => [context.id, context]));
    this.#partBytes = (peerBytes === 0 ? MOST_PART : Math.min(peerBytes, MOST_PART)) - PART_HEAD;
  }

  /** Undefined where the archive does not take this class, or not in one of these syntaxes. */
  contextOf(abstractSyntax: string, transferSyntax?: string): Context | undefined {
    return [...this.contexts.values()].find(
      (context) =>
        context.abstractSyntax === abstractSyntax &&
        (transferSyntax === undefined || context.transferSyntax === transferSyntax),
    );
  }

  nextMessageId(): number {
    return this.#nextId++ % 0x10000;
  }

  async send(
    contextId: number,
    command: CommandSet,
    dataset?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const bytes = commandBytes(command);
    await this.#connection.write(dataBytes({ contextId, isCommand: true, isLast: true, bytes }));
    if (!dataset) return;
    let held = Buffer.alloc(0);
    for await (const piece of dataset) {
      held = Buffer.concat([held, piece]);
      // The last part has to be known as such, so one is always held back.
      while (held.length > this.#partBytes) {
        await this.#write(contextId, held.subarray(0, this.#partBytes), false);
        held = held.subarray(this.#partBytes);
      }
    }
    await this.#write(contextId, held, true);
  }

  #write(contextId: number, bytes: Buffer, isLast: boolean): Promise<void> {
    return this.#connection.write(dataBytes({ contextId, isCommand: false, isLast, bytes }));
  }

  /** The next message; undefined where the other side releases the association. Throws `pacs-broken-off`, `pacs-slow`, `pacs-answer`. */
  async receive(): Promise<Message | undefined> {
    // What nobody wanted to read has still to be passed.
    for await (const _ of this.#dataset ?? []);
    this.#dataset = undefined;
    const first = await this.#part();
    if (!first) return undefined;
    const context = this.contexts.get(first.contextId);
    if (!context || !first.isCommand) throw pacsError('pacs-answer', { detail: 'context' });
    const command = commandOf(await this.#commandBytes(first));
    if (command.CommandDataSetType === NO_DATASET) return { context, command };
    this.#dataset = this.#pieces(context);
    return { context, command, dataset: this.#dataset };
  }

  async #commandBytes(first: DataValue): Promise<Buffer> {
    const pieces = [first.bytes];
    let { isLast } = first;
    let length = first.bytes.length;
    while (!isLast) {
      const part = await this.#part();
      length += part?.bytes.length ?? 0;
      if (!part?.isCommand || part.contextId !== first.contextId || length > MOST_COMMAND_BYTES) {
        throw pacsError('pacs-answer', { detail: 'command' });
      }
      pieces.push(part.bytes);
      isLast = part.isLast;
    }
    return Buffer.concat(pieces);
  }

  async *#pieces(context: Context): AsyncGenerator<Buffer, void> {
    for (;;) {
      const part = await this.#part();
      if (!part) throw pacsError('pacs-broken-off');
      if (part.isCommand || part.contextId !== context.id) throw pacsError('pacs-answer', { detail: 'dataset' });
      yield part.bytes;
      if (part.isLast) return;
    }
  }

  async #part(): Promise<DataValue | undefined> {
    for (;;) {
      const part = this.#parts.shift();
      if (part) {
        this.#emptyParts = part.bytes.length === 0 ? this.#emptyParts + 1 : 0;
        if (this.#emptyParts > MOST_EMPTY_PARTS) throw pacsError('pacs-endless');
        return part;
      }
      const pdu = await this.#connection.pdu();
      if (pdu.type === PDU.releaseRequest) {
        await this.#connection.write(releaseResponseBytes());
        return undefined;
      }
      this.#parts = dataParts(pdu);
    }
  }

  /** Ends it as both sides want. What comes of the end is nobody's concern any more. */
  async release(): Promise<void> {
    const timer = setTimeout(() => this.#connection.destroy(pacsError('pacs-slow')), RELEASE_MS);
    try {
      await this.#connection.write(releaseRequestBytes());
      await this.#connection.pdu();
    } catch {
      // It ended otherwise.
    }
    clearTimeout(timer);
    this.#connection.end();
  }

  /** Ends it at once. */
  abort(): void {
    this.#connection.end(abortBytes());
  }
}

const dataParts = ({ type, body }: Pdu): DataValue[] => {
  if (type === PDU.abort) throw pacsError('pacs-broken-off', { detail: 'abort' });
  if (type !== PDU.data) throw pacsError('pacs-answer', { detail: `pdu ${type}` });
  const values = dataValues(body);
  if (values.length === 0) throw pacsError('pacs-answer', { detail: 'empty pdu' });
  return values;
};
