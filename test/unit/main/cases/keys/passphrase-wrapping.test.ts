import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { unwrapWithPassphrase, wrapWithPassphrase } from '../../../../../src/main/cases/keys/passphrase-wrapping.ts';

test('a key opens with its passphrase at the full cost, and with no other passphrase, place or cost', async () => {
  const key = randomBytes(32);
  const slot = await wrapWithPassphrase(key, 'a passphrase for tests', 'here');
  expect(slot).toMatchObject({ kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1 });
  expect(Buffer.from((await unwrapWithPassphrase(slot, 'a passphrase for tests', 'here')) ?? '')).toStrictEqual(key);
  expect(await unwrapWithPassphrase(slot, 'another passphrase', 'here')).toBeUndefined();
  expect(await unwrapWithPassphrase(slot, 'a passphrase for tests', 'there')).toBeUndefined();
  // The work is done, not only written down.
  expect(await unwrapWithPassphrase({ ...slot, N: 2 ** 14 }, 'a passphrase for tests', 'here')).toBeUndefined();
});
