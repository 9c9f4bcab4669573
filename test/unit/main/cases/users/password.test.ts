import { expect, test, vi } from 'vitest';
import { fitsPassword, hashPassword } from '../../../../../src/main/cases/users/password.ts';

const stretched: { cost: unknown }[] = [];
vi.mock('../../../../../src/main/cases/keys/stretch.ts', async (load) => {
  const real = await load<typeof import('../../../../../src/main/cases/keys/stretch.ts')>();
  return {
    ...real,
    stretch: (...[password, salt, cost]: Parameters<typeof real.stretch>) => {
      stretched.push({ cost: { N: cost.N, r: cost.r, p: cost.p } });
      return real.stretch(password, salt, cost);
    },
  };
});

test('a password is kept with what it was stretched by, never itself, and each time with another salt', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).toMatchObject({ kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1 });
  expect(one.salt).not.toBe(two.salt);
  expect(JSON.stringify(one)).not.toContain('correct');
  // Typed on another system, in another form of the same letters.
  const composed = await hashPassword('caf\u00e9 cafe');
  expect(await fitsPassword(composed, 'cafe\u0301 cafe')).toBe(true);
});

test('it costs the same to be wrong, to be nobody, and to be right; a hash of an earlier cost still fits', async () => {
  const cheap = await hashPassword('correct horse', { N: 2 ** 14, r: 8, p: 1 });
  const kept = await hashPassword('correct horse');
  stretched.length = 0;
  expect(await fitsPassword(kept, 'correct horse')).toBe(true);
  expect(await fitsPassword(kept, 'wrong')).toBe(false);
  expect(await fitsPassword(undefined, 'anything')).toBe(false);
  expect(stretched).toStrictEqual(Array(3).fill({ cost: { N: 2 ** 17, r: 8, p: 1 } }));
  expect(await fitsPassword(cheap, 'correct horse')).toBe(true);
});
