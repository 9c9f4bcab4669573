import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchBackup } from '../../../../../src/main/cases/backup/restore-backup.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { TEST_KEY } from '../test-key.ts';

test('a damaged backup of an earlier key is called a damaged backup, and not a damaged history', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'records.db'), Buffer.alloc(8 * 4096));
  const incoming = join(folder, 'records.db.incoming');
  const options = { keyThen: TEST_KEY, key: new Uint8Array(32), expected: { through: 1, hash: '', cases: 0 } };
  await expect(fetchBackup(folder, incoming, options)).rejects.toMatchObject({ code: 'backup-damaged' });
  expect(existsSync(incoming)).toBe(false);
});
