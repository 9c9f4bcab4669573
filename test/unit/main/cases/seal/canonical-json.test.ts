import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '#shared/canonical-json.ts';
import { hashOf } from '../../../../../src/main/cases/seal/canonical-json.ts';

/** The same value with the members of every object in reverse order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

test('is the same text for equal values, in whatever order their members came', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('sorts members and writes no white space', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: 1e21, u: undefined })).toBe(
    '{"a":1e+21,"b":[1,{"c":"ü","d":null}]}',
  );
});

test('hashes by SHA-256', () => {
  // Of the two characters {}: computed with `printf '{}' | sha256sum`.
  expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
