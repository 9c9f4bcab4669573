/** Protocol data units of the upper layer (PS3.8 9.3), as bytes. Pure; whatever does not fit its length is refused. */
import { implementationClassUid } from '../../study/encode/elements.ts';
import { pacsError } from '../errors.ts';
import { APPLICATION_CONTEXT } from './uids.ts';

export const PDU = {
  associateRequest: 1,
  associateAccept: 2,
  associateReject: 3,
  data: 4,
  releaseRequest: 5,
  releaseResponse: 6,
  abort: 7,
} as const;

export interface Pdu {
  type: number;
  /** Behind its six bytes of type and length. */
  body: Buffer;
}

/** Type, a reserved byte, length. */
export const PDU_HEADER = 6;

export const pduBytes = (type: number, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(PDU_HEADER);
  head.writeUInt8(type);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
};

/** What is proposed: an abstract syntax (SOP class) and the transfer syntaxes it may come in. */
export interface ProposedContext {
  /** Odd, 1 to 255 (PS3.8 9.3.2.2). */
  id: number;
  abstractSyntax: string;
  transferSyntaxes: readonly string[];
}

/** PS3.8 9.3.3.2: 0 is acceptance. */
export interface AnsweredContext {
  id: number;
  result: number;
  transferSyntax: string;
}

export interface AssociateRequest {
  calledAETitle: string;
  callingAETitle: string;
  contexts: readonly ProposedContext[];
  /** Longest body of a P-DATA-TF that its sender takes; 0 is any. */
  mostPduBytes: number;
  /** SOP classes that the requester is to be sent, as in C-GET (PS3.7 D.3.3.4). */
  providerOf: readonly string[];
}

export interface AssociateAccept {
  calledAETitle: string;
  callingAETitle: string;
  contexts: readonly AnsweredContext[];
  mostPduBytes: number;
  providerOf: readonly string[];
}

const ITEM = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  answeredContext: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  mostPduBytes: 0x51,
  implementationClass: 0x52,
  role: 0x54,
  implementationVersion: 0x55,
} as const;

const item = (type: number, body: Uint8Array): Buffer => {
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const title = (aeTitle: string): Buffer => Buffer.from(aeTitle.padEnd(16, ' '), 'latin1');

/** PS3.7 D.3.3.4: of this class the requester is provider (sent to), and no user. */
const roleItem = (sopClass: string): Buffer => {
  const uid = Buffer.from(sopClass);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(uid.length);
  return item(ITEM.role, Buffer.concat([length, uid, Buffer.from([0, 1])]));
};

const userInformation = (mostPduBytes: number, providerOf: readonly string[]): Buffer =>
  item(
    ITEM.userInformation,
    Buffer.concat([
      item(ITEM.mostPduBytes, u32(mostPduBytes)),
      item(ITEM.implementationClass, Buffer.from(implementationClassUid)),
      ...providerOf.map(roleItem),
      item(ITEM.implementationVersion, Buffer.from('HAICAST')),
    ]),
  );

const associateHead = ({ calledAETitle, callingAETitle }: { calledAETitle: string; callingAETitle: string }): Buffer =>
  Buffer.concat([
    Buffer.from([0, 1, 0, 0]),
    title(calledAETitle),
    title(callingAETitle),
    Buffer.alloc(32),
    item(ITEM.applicationContext, Buffer.from(APPLICATION_CONTEXT)),
  ]);

const proposedItem = ({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Buffer =>
  item(
    ITEM.proposedContext,
    Buffer.concat([
      Buffer.from([id, 0, 0, 0]),
      item(ITEM.abstractSyntax, Buffer.from(abstractSyntax)),
      ...transferSyntaxes.map((uid) => item(ITEM.transferSyntax, Buffer.from(uid))),
    ]),
  );

const answeredItem = ({ id, result, transferSyntax }: AnsweredContext): Buffer =>
  item(
    ITEM.answeredContext,
    Buffer.concat([Buffer.from([id, 0, result, 0]), item(ITEM.transferSyntax, Buffer.from(transferSyntax))]),
  );

export const associateRequestBytes = (request: AssociateRequest): Buffer =>
  pduBytes(
    PDU.associateRequest,
    Buffer.concat([
      associateHead(request),
      ...request.contexts.map(proposedItem),
      userInformation(request.mostPduBytes, request.providerOf),
    ]),
  );

export const associateAcceptBytes = (accept: AssociateAccept): Buffer =>
  pduBytes(
    PDU.associateAccept,
    Buffer.concat([
      associateHead(accept),
      ...accept.contexts.map(answeredItem),
      userInformation(accept.mostPduBytes, accept.providerOf),
    ]),
  );

export const associateRejectBytes = (reason: number): Buffer =>
  // Permanent, by the service user (PS3.8 9.3.4).
  pduBytes(PDU.associateReject, Buffer.from([0, 1, 1, reason]));
export const releaseRequestBytes = (): Buffer => pduBytes(PDU.releaseRequest, Buffer.alloc(4));
export const releaseResponseBytes = (): Buffer => pduBytes(PDU.releaseResponse, Buffer.alloc(4));
export const abortBytes = (): Buffer => pduBytes(PDU.abort, Buffer.alloc(4));

/** A part of a message (PS3.8 9.3.5.1). */
export interface DataValue {
  contextId: number;
  isCommand: boolean;
  isLast: boolean;
  bytes: Buffer;
}

/** One P-DATA-TF with one part in it. */
export const dataBytes = ({ contextId, isCommand, isLast, bytes }: DataValue): Buffer => {
  const head = Buffer.alloc(6);
  head.writeUInt32BE(bytes.length + 2);
  head.writeUInt8(contextId, 4);
  // PS3.8 annex E.2.
  head.writeUInt8((isCommand ? 1 : 0) + (isLast ? 2 : 0), 5);
  return pduBytes(PDU.data, Buffer.concat([head, bytes]));
};

/** Steps through bytes that others wrote; throws `pacs-answer` where they end too early. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    if (length < 0 || this.#at + length > this.#bytes.length) throw pacsError('pacs-answer', { detail: 'pdu' });
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  u8 = (): number => this.take(1).readUInt8();
  u16 = (): number => this.take(2).readUInt16BE();
  u32 = (): number => this.take(4).readUInt32BE();
  text = (length: number): string =>
    this.take(length)
      .toString('latin1')
      .replace(/[\0 ]+$/, '')
      .trimStart();

  /** An item of PS3.8 9.3.2: its type, and what is in it. */
  item(): { type: number; body: Cursor; length: number } {
    const type = this.u8();
    this.take(1);
    const length = this.u16();
    return { type, body: new Cursor(this.take(length)), length };
  }
}

/** Parts of a P-DATA-TF. Throws `pacs-answer`. */
export const dataValues = (body: Buffer): DataValue[] => {
  const cursor = new Cursor(body);
  const values: DataValue[] = [];
  while (!cursor.isAtEnd) {
    const length = cursor.u32();
    const contextId = cursor.u8();
    const control = cursor.u8();
    const bytes = cursor.take(length - 2);
    values.push({ contextId, isCommand: (control & 1) === 1, isLast: (control & 2) === 2, bytes });
  }
  return values;
};

interface Negotiated {
  calledAETitle: string;
  callingAETitle: string;
  proposed: ProposedContext[];
  answered: AnsweredContext[];
  mostPduBytes: number;
  providerOf: string[];
}

const proposedOf = (body: Cursor): ProposedContext => {
  const id = body.u8();
  body.take(3);
  let abstractSyntax = '';
  const transferSyntaxes: string[] = [];
  while (!body.isAtEnd) {
    const { type, body: uid, length } = body.item();
    if (type === ITEM.abstractSyntax) abstractSyntax = uid.text(length);
    else if (type === ITEM.transferSyntax) transferSyntaxes.push(uid.text(length));
  }
  return { id, abstractSyntax, transferSyntaxes };
};

const answeredOf = (body: Cursor): AnsweredContext => {
  const id = body.u8();
  body.take(1);
  const result = body.u8();
  body.take(1);
  let transferSyntax = '';
  while (!body.isAtEnd) {
    const { type, body: uid, length } = body.item();
    if (type === ITEM.transferSyntax) transferSyntax = uid.text(length);
  }
  return { id, result, transferSyntax };
};

const readUser = (body: Cursor, into: Negotiated): void => {
  while (!body.isAtEnd) {
    const { type, body: value } = body.item();
    if (type === ITEM.mostPduBytes) into.mostPduBytes = value.u32();
    if (type !== ITEM.role) continue;
    const sopClass = value.text(value.u16());
    value.u8();
    if (value.u8() === 1) into.providerOf.push(sopClass);
  }
};

const negotiated = (bytes: Buffer): Negotiated => {
  const cursor = new Cursor(bytes);
  cursor.take(4);
  const [calledAETitle, callingAETitle] = [cursor.text(16), cursor.text(16)];
  cursor.take(32);
  const into: Negotiated = {
    calledAETitle,
    callingAETitle,
    proposed: [],
    answered: [],
    mostPduBytes: 0,
    providerOf: [],
  };
  while (!cursor.isAtEnd) {
    const { type, body } = cursor.item();
    if (type === ITEM.proposedContext) into.proposed.push(proposedOf(body));
    else if (type === ITEM.answeredContext) into.answered.push(answeredOf(body));
    else if (type === ITEM.userInformation) readUser(body, into);
  }
  return into;
};

/** Throws `pacs-answer`. */
export const associateRequestOf = (body: Buffer): AssociateRequest => {
  const { proposed, answered: _, ...rest } = negotiated(body);
  return { ...rest, contexts: proposed };
};

/** Throws `pacs-answer`. */
export const associateAcceptOf = (body: Buffer): AssociateAccept => {
  const { answered, proposed: _, ...rest } = negotiated(body);
  return { ...rest, contexts: answered };
};

/** Result, source and reason of a rejection (PS3.8 9.3.4), for whoever runs the archive. */
export const rejectionOf = (body: Buffer): string => body.subarray(1, 4).join('.');
