import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { openStore } from './temporary-store.ts';

test('a secret is made once, is the same after a restart, and stands nowhere in the file as it is', () => {
  const file = join(temporaryFolder(), 'records.db');
  const store = openStore(file);
  const made = store.secret('one');
  expect(made).toHaveLength(32);
  expect(store.secret('one')).toEqual(made);
  expect(store.secret('two')).not.toEqual(made);
  store.close();
  expect(openStore(file).secret('one')).toEqual(made);
  expect(readFileSync(file).includes(Buffer.from(made))).toBe(false);
});
