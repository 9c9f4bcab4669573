import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { hasExternalWeights } from '../../../../src/main/inference/external-weights.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fixtureModels } from './support.ts';

/** A length-delimited field of a Protocol Buffers message. */
const field = (number: number, ...parts: (Uint8Array | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const key = (number << 3) | 2;
  return Buffer.concat([
    Buffer.from(key < 128 ? [key] : [(key & 127) | 128, key >> 7]),
    Buffer.from([body.length]),
    body,
  ]);
};
/** The same under a key of which a reader of 32 bits sees what `number` says, and no other reader does. */
const beyond32Bits = (number: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2 | 128, 128, 128, 128, 16, body.length]), body]);
const location = field(13, field(1, 'location'), field(2, 'weights.bin'));
const external = Buffer.from([14 << 3, 1]);
const tensor = Buffer.concat([field(8, 'kernel'), location, external]);
const inLoop = field(1, field(5, field(6, field(5, tensor))));

describe('hasExternalWeights', () => {
  it.each([
    ['an initializer', field(7, field(5, tensor))],
    ['an initializer that only says so', field(7, field(5, external))],
    ['a constant node', field(7, field(1, field(5, field(5, tensor))))],
    ['the body of a loop', field(7, inLoop)],
    ['sparse values', field(7, field(15, field(1, tensor)))],
    ['a function', field(25, field(7, field(5, field(5, tensor))))],
  ])('finds them in %s', (_where, bytes) => {
    expect(hasExternalWeights(Buffer.concat([field(2, 'producer'), bytes]))).toBe(true);
  });

  it('finds none where all is within the file', () => {
    for (const name of ['tiny', 'six-channel', '../broken-models/endless']) {
      expect(hasExternalWeights(readFileSync(resolve(fixtureModels, name, 'model.onnx'))), name).toBe(false);
    }
    // TensorProto.DEFAULT is 0.
    expect(hasExternalWeights(field(7, field(5, Buffer.from([14 << 3, 0]))))).toBe(false);
  });

  it('refuses what is cut or no such message at all', () => {
    const whole = readFileSync(resolve(fixtureModels, 'tiny/model.onnx'));
    expect(() => hasExternalWeights(whole.subarray(0, 1000))).toThrow(/Protocol Buffers/);
    expect(() => hasExternalWeights(Buffer.from('not a model'))).toThrow(/Protocol Buffers/);
  });

  it('refuses a field that ONNX Runtime would read as another one', async () => {
    const tiny = readFileSync(resolve(fixtureModels, 'tiny/model.onnx'));
    const hidden = Buffer.concat([tiny, beyond32Bits(7, field(1, field(2, 'result'), field(4, 'NoSuchOperator')))]);
    const file = join(temporaryFolder(), 'model.onnx');
    writeFileSync(file, hidden);
    await expect(ort.InferenceSession.create(file, { logSeverityLevel: 4 })).rejects.toThrow(/NoSuchOperator/);
    expect(() => hasExternalWeights(hidden)).toThrow(/Protocol Buffers/);
  });
});
