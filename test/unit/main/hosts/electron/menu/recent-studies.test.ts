import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { KeychainPort } from '../../../../../../src/main/cases/keys/keychain.ts';
import { RecentStudies } from '../../../../../../src/main/hosts/electron/menu/recent-studies.ts';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder.ts';

/** Turns every bit: enough to see that the text itself is not in the file. */
const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);
const keychain = (ok: boolean): KeychainPort => ({
  available: () => ({ ok }),
  encrypt: (text) => turned(new TextEncoder().encode(text)),
  decrypt: (bytes) => new TextDecoder().decode(turned(bytes)),
});

let folder = '';
let file = '';
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'recent.bin');
});

it('keeps the newest first, each once, eight at most, and encrypted', () => {
  const recent = new RecentStudies(file, keychain(true));
  for (let n = 0; n < 10; n += 1) recent.add(`/data/DOE-${n}`);
  recent.add('/data/DOE-5');
  const paths = new RecentStudies(file, keychain(true)).list().map((study) => study.path);
  expect(paths).toHaveLength(8);
  expect(paths[0]).toBe('/data/DOE-5');
  expect(paths.filter((path) => path === '/data/DOE-5')).toHaveLength(1);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64').includes('DOE')).toBe(false);
});

it('writes nothing without a keychain, and still offers the studies of this session', () => {
  const recent = new RecentStudies(file, keychain(false));
  recent.add('/data/DOE');
  expect(recent.list()).toHaveLength(1);
  expect(() => readFileSync(file)).toThrow(/ENOENT/);
});

it('starts anew with a damaged file, and forgets when told', () => {
  writeFileSync(file, 'nonsense');
  const recent = new RecentStudies(file, keychain(true));
  expect(recent.list()).toEqual([]);
  recent.add('/data/DOE');
  recent.clear();
  expect(new RecentStudies(file, keychain(true)).list()).toEqual([]);
});
