import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packValues, unpackValues } from '../../../../../src/main/cases/rows/map-values.ts';

test('every number of a map comes back exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
      expect(unpackValues(packValues(values))).toStrictEqual(values);
    }),
  );
  expect(unpackValues(packValues([-0, 0.1, Math.fround(0.1)]))).toStrictEqual([-0, 0.1, Math.fround(0.1)]);
});

test('what a model gives in 32 bits is kept in 32 bits', () => {
  expect(packValues(Array.from({ length: 2_000 }, (_, cell) => Math.fround(Math.sin(cell))))).toHaveLength(8_001);
});

test.each([[[]], [[4, 0, 0]], [[5, 0, 0, 0, 0]]])('bytes that are no values are refused: %j', (bytes) => {
  expect(() => unpackValues(Uint8Array.from(bytes))).toThrow('not the values of a map');
});
