import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatRecoveryKey,
  newRecoverySecret,
  parseRecoveryKey,
  recordKeyOf,
} from '../../../../../src/main/cases/keys/recovery-key.ts';

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });

describe('the recovery key', () => {
  test('is nine groups of four and comes back from what was written', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const written = formatRecoveryKey(secret);
        expect(written).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parseRecoveryKey(written)).toStrictEqual(secret);
        expect(parseRecoveryKey(` ${written.toLowerCase().replaceAll('-', '  ')}\n`)).toStrictEqual(secret);
        expect(parseRecoveryKey(written.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('-', '–'))).toStrictEqual(
          secret,
        );
      }),
    );
  });

  test('with any one letter wrong, or two changed places, is noticed', () => {
    const secret = Uint8Array.from({ length: 20 }, (_, index) => 37 * index);
    const letters = [...formatRecoveryKey(secret).replaceAll('-', '')];
    letters.forEach((letter, index) => {
      const wrong = letters.with(index, letter === 'Z' ? 'Y' : 'Z').join('');
      expect(parseRecoveryKey(wrong), `letter ${index}`).toBeUndefined();
      const next = letters[index + 1];
      if (next !== undefined && next !== letter) {
        expect(
          parseRecoveryKey(
            letters
              .with(index, next)
              .with(index + 1, letter)
              .join(''),
          ),
        ).toBeUndefined();
      }
    });
  });

  test.each(['', 'ABCD', 'U'.repeat(36), '!'.repeat(36), '0'.repeat(40)])('%j is none', (text) => {
    expect(parseRecoveryKey(text)).toBeUndefined();
  });

  test('is another one each time', () => {
    expect(newRecoverySecret()).toHaveLength(20);
    expect(newRecoverySecret()).not.toStrictEqual(newRecoverySecret());
  });

  test('always makes the same record key: HKDF-SHA256 of RFC 5869', () => {
    // Extract and expand computed by hand with Python's hmac for a secret of twenty 0x0b.
    const key = recordKeyOf(new Uint8Array(20).fill(0x0b));
    expect(Buffer.from(key).toString('hex')).toBe('6d45d41215d369d98a46d2a3f6f2ab3d2fccd2f93e2753a51aa962761d4be618');
  });
});
