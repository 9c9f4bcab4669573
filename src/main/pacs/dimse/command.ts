/** Command sets of the message protocol (PS3.7 6.3 and annex E), always in Implicit VR Little Endian. Pure. */
import { element, encodedText } from '../../study/encode/elements.ts';
import { type Encoding, readDataset } from '../../study/scan/element-reader.ts';
import { pacsError } from '../errors.ts';

/** Names by PS3.7 E.1. */
export interface CommandSet {
  AffectedSOPClassUID?: string;
  CommandField: number;
  MessageID?: number;
  MessageIDBeingRespondedTo?: number;
  MoveDestination?: string;
  Priority?: number;
  CommandDataSetType: number;
  Status?: number;
  AffectedSOPInstanceUID?: string;
  MoveOriginatorApplicationEntityTitle?: string;
  MoveOriginatorMessageID?: number;
}

type Keyword = keyof CommandSet;

const elements: readonly (readonly [tag: number, vr: 'UI' | 'US' | 'AE', keyword: Keyword])[] = [
  [0x00000002, 'UI', 'AffectedSOPClassUID'],
  [0x00000100, 'US', 'CommandField'],
  [0x00000110, 'US', 'MessageID'],
  [0x00000120, 'US', 'MessageIDBeingRespondedTo'],
  [0x00000600, 'AE', 'MoveDestination'],
  [0x00000700, 'US', 'Priority'],
  [0x00000800, 'US', 'CommandDataSetType'],
  [0x00000900, 'US', 'Status'],
  [0x00001000, 'UI', 'AffectedSOPInstanceUID'],
  [0x00001030, 'AE', 'MoveOriginatorApplicationEntityTitle'],
  [0x00001031, 'US', 'MoveOriginatorMessageID'],
];

export const COMMAND = {
  storeRequest: 0x0001,
  storeResponse: 0x8001,
  getRequest: 0x0010,
  getResponse: 0x8010,
  findRequest: 0x0020,
  findResponse: 0x8020,
  moveRequest: 0x0021,
  moveResponse: 0x8021,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
} as const;

/** PS3.7 E.1: the one value that says that no data set follows. */
export const NO_DATASET = 0x0101;
export const WITH_DATASET = 0x0001;
export const MEDIUM = 0;

export const SUCCESS = 0x0000;
/** The second: the archive did not use every key (PS3.4 C.4.1.1.4). More answers follow after both. */
export const isPending = (status: number): boolean => status === 0xff00 || status === 0xff01;
/** PS3.7 annex C: done, with something to be said about it. */
export const isWarning = (status: number): boolean => status === 0x0001 || (status & 0xf000) === 0xb000;

const implicitLittle: Encoding = { explicit: false, littleEndian: true };

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

export const commandBytes = (command: CommandSet): Buffer => {
  const body = Buffer.concat(
    elements.flatMap(([tag, vr, keyword]) => {
      const value = command[keyword];
      if (value === undefined) return [];
      const bytes = typeof value === 'number' ? u16(value) : encodedText(value, vr);
      return [element(tag, vr, bytes, implicitLittle)];
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([element(0x00000000, 'UL', length, implicitLittle), body]);
};

/** Throws `pacs-answer` for what is no command. */
export const commandOf = (bytes: Buffer): CommandSet => {
  const values: Partial<Record<Keyword, string | number>> = {};
  try {
    const read = readDataset(bytes, 0, implicitLittle, { want: () => 'value', complete: true });
    for (const [tag, vr, keyword] of elements) {
      const found = read.elements.get(tag);
      if (!found) continue;
      const value = bytes.subarray(found.start, found.start + found.length);
      values[keyword] = vr === 'US' ? value.readUInt16LE() : value.toString('latin1').replace(/[\0 ]+$/, '');
    }
  } catch (error) {
    throw pacsError('pacs-answer', { detail: 'command', cause: error });
  }
  const { CommandField, CommandDataSetType } = values;
  if (typeof CommandField !== 'number' || typeof CommandDataSetType !== 'number') {
    throw pacsError('pacs-answer', { detail: 'command' });
  }
  // By the table above a number is where the interface has one, and a text where it has a text.
  return values as CommandSet;
};
