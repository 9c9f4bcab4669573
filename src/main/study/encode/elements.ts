/** Data elements as bytes (PS3.5 7.1), in any of the encodings, and the meta information of a file (PS3.10 7.1). */
import type { Encoding } from '../scan/element-reader.ts';

/** Representations whose length has four bytes behind two reserved ones. */
const longForms = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
/** Of the meta information, and of whatever this application makes itself. */
export const explicitLittle: Encoding = { explicit: true, littleEndian: true };
/** Of this application's writer (PS3.7 D.3.3.2); derived from a random UUID as PS3.5 B.2 allows. */
export const implementationClassUid = '2.25.194268303175841231337016834712053910429';

export const u16 = (value: number, { littleEndian }: Encoding): Uint8Array => {
  const bytes = Buffer.alloc(2);
  if (littleEndian) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
};

export const u32 = (value: number, { littleEndian }: Encoding): Uint8Array => {
  const bytes = Buffer.alloc(4);
  if (littleEndian) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};

export const tagBytes = (tag: number, encoding: Encoding): Uint8Array =>
  Buffer.concat([u16(Math.floor(tag / 0x10000), encoding), u16(tag % 0x10000, encoding)]);

export const header = (tag: number, vr: string, length: number, encoding: Encoding): Uint8Array => {
  if (!encoding.explicit) return Buffer.concat([tagBytes(tag, encoding), u32(length, encoding)]);
  const start = Buffer.concat([tagBytes(tag, encoding), Buffer.from(vr)]);
  if (longForms.has(vr)) return Buffer.concat([start, u16(0, encoding), u32(length, encoding)]);
  return Buffer.concat([start, u16(length, encoding)]);
};

export const element = (tag: number, vr: string, value: Uint8Array, encoding: Encoding): Uint8Array =>
  Buffer.concat([header(tag, vr, value.length, encoding), value]);

/** Files declare UTF-8, which ASCII values are already; of even length (PS3.5 6.2). */
export const encodedText = (value: string, vr: string): Uint8Array => {
  const bytes = Buffer.from(value, 'utf-8');
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
};

export const sequence = (tag: number, items: readonly Uint8Array[], encoding: Encoding): Uint8Array => {
  const body = Buffer.concat(
    items.map((item) => Buffer.concat([tagBytes(0xfffee000, encoding), u32(item.length, encoding), item])),
  );
  return element(tag, 'SQ', body, encoding);
};

const meta = (sopClass: string, sopInstance: string, syntax: string): Uint8Array => {
  const body = Buffer.concat([
    element(0x00020001, 'OB', Uint8Array.of(0, 1), explicitLittle),
    element(0x00020002, 'UI', encodedText(sopClass, 'UI'), explicitLittle),
    element(0x00020003, 'UI', encodedText(sopInstance, 'UI'), explicitLittle),
    element(0x00020010, 'UI', encodedText(syntax, 'UI'), explicitLittle),
    element(0x00020012, 'UI', encodedText(implementationClassUid, 'UI'), explicitLittle),
  ]);
  return Buffer.concat([element(0x00020000, 'UL', u32(body.length, explicitLittle), explicitLittle), body]);
};

export interface FileIdentity {
  sopClass: string;
  sopInstance: string;
  syntax: string;
}

/** A whole file: a blank preamble, the meta information, and a dataset that is encoded already. */
export const part10File = (
  { sopClass, sopInstance, syntax }: FileIdentity,
  ...dataset: readonly Uint8Array[]
): Uint8Array =>
  Buffer.concat([new Uint8Array(128), Buffer.from('DICM'), meta(sopClass, sopInstance, syntax), ...dataset]);
