import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordFixtures } from './record-fixtures.ts';

/** Shorter ones are in any file of this size by chance. */
const SHORTEST_TEXT = 5;

/** Every text that is anywhere in a value, and every name of a member. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)]);
};

/** Of octets, against all of them being equally frequent (255 degrees of freedom: 255 ± 23). */
const chiSquare = (bytes: Uint8Array): number => {
  const counts = new Array<number>(256).fill(0);
  for (const octet of bytes) counts[octet] = (counts[octet] ?? 0) + 1;
  const each = bytes.length / 256;
  return counts.reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
};

describe.each(recordFixtures())('a stolen data folder of $name', ({ folder }) => {
  const records = readFileSync(join(folder, 'records.db'));

  test('has no word of its history in it, and nothing that looks like one', () => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    const texts = [...new Set(textsIn(expected))].filter((text) => Buffer.byteLength(text) >= SHORTEST_TEXT);
    expect(texts.length).toBeGreaterThan(100);
    const found = [...texts, 'SQLite format 3', 'CREATE TABLE'].filter((text) => records.includes(text));
    expect(found).toStrictEqual([]);
    expect(chiSquare(records)).toBeLessThan(450);
  });

  test('says of its keys what kept them, and whether somebody has to sign in', () => {
    const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Record<string, unknown>;
    const known = ['schema', 'storeId', 'keyCheck', 'passphrase', 'users'];
    expect(Object.keys(keys).filter((name) => !known.includes(name))).toStrictEqual([]);
    expect(Object.keys(keys.passphrase as object).sort()).toStrictEqual(
      ['N', 'ciphertext', 'kdf', 'nonce', 'p', 'r', 'salt', 'tag'].sort(),
    );
  });
});
