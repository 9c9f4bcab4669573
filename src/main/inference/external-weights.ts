/**
 * Whether an ONNX file takes weights from other files (external data), which its SHA-256 does not cover. Walks the
 * messages of onnx.proto3 that can hold a tensor, and nothing else of them.
 */

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'function' | 'sparse' | 'tensor';

/** Field number → message, by the message that it stands in (onnx/onnx.proto3). */
const holds: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};

/** TensorProto: `external_data` names the file, `data_location` says that it counts. */
const externalFields = new Set([13, 14]);

/** 29 bits of a field's number, three of its wire type. */
const MOST_KEY = 0xffff_ffff;

const badFile = () => new Error('the file is not a Protocol Buffers message');

/** Fields of a message as [number, start, end) of their bytes; of a number, which has none, the value as its end. */
function* fieldsOf(
  bytes: Uint8Array,
  from: number,
  to: number,
): Generator<[field: number, start: number, end: number]> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = at < to ? bytes[at++] : undefined;
      if (byte === undefined) throw badFile();
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < to) {
    const key = varint();
    // ONNX Runtime reads 32 bits of it, and what stands above them would be another field here than there.
    if (key > MOST_KEY) throw badFile();
    const field = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield [field, at, varint()];
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (at + length > to) throw badFile();
      yield [field, at, at + length];
      at += length;
    } else throw badFile();
  }
  if (at !== to) throw badFile();
}

const isExternal = (bytes: Uint8Array, message: Message, from: number, to: number): boolean => {
  for (const [field, start, end] of fieldsOf(bytes, from, to)) {
    if (message === 'tensor' && externalFields.has(field) && end !== 0) return true;
    const inner = holds[message][field];
    if (inner && isExternal(bytes, inner, start, end)) return true;
  }
  return false;
};

/** Throws where the bytes are no Protocol Buffers message. */
export const hasExternalWeights = (onnx: Uint8Array): boolean => isExternal(onnx, 'model', 0, onnx.length);
