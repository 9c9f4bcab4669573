import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteBindingFor } from '../../../../../../src/main/hosts/electron/native/sqlite-binding.ts';

const facts = { napi: 9, isPackaged: false, resourcesPath: '/nowhere', fromEnvironment: '/cache/addon.node' };

it('takes another addon on an old runtime only', () => {
  expect(sqliteBindingFor(facts)).toBe('/cache/addon.node');
  expect(sqliteBindingFor({ ...facts, napi: 10 })).toBeUndefined();
});

it('never loads what the environment names into a packed application', () => {
  expect(sqliteBindingFor({ ...facts, isPackaged: true })).toBeUndefined();
});

it('takes the addon that the tests packed', () => {
  const resourcesPath = mkdtempSync(join(tmpdir(), 'haicast-binding-'));
  const packed = join(resourcesPath, 'better_sqlite3-napi9.node');
  writeFileSync(packed, '');
  expect(sqliteBindingFor({ ...facts, isPackaged: true, resourcesPath })).toBe(packed);
  rmSync(resourcesPath, { recursive: true });
});
