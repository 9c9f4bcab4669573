import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { SettingsStore } from '../../../../src/main/settings/settings-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { seeded } from '../../../fuzz/random.ts';
import { type Kind, kinds } from '../../../kills/operations.ts';
import { planned } from '../../../kills/plan.ts';

test('of a closed history without a backup no write is planned that needs one, or a case, or a user', async () => {
  const folder = temporaryFolder();
  const open = {
    vault: new Vault({ folder }),
    settings: new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' }),
    backups: join(folder, 'backups'),
    waiting: join(folder, 'audit-waiting.jsonl'),
    passphrase: undefined,
    imports: [],
  };
  const random = seeded(1);
  const seen = new Set<Kind>();
  for (let n = 1; n <= 2_000; n++) seen.add((await planned(open, n, random)).kind);
  expect(kinds.filter((kind) => seen.has(kind))).toStrictEqual([
    'create',
    'table',
    'empty-trash',
    'meeting',
    'sign-in',
    'backup',
    'record',
    'secret',
    'passphrase',
    'setting',
    'lock',
    'salvage',
  ]);
});
