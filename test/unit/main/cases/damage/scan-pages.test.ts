import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PageScan } from '../../../../../src/main/cases/damage/scan-pages.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { TEST_KEY } from '../test-key.ts';

test('a file that is cut off while it is copied ends the copy, as on a share that loses it', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'records.db');
  writeFileSync(file, Buffer.alloc(3 * 2 ** 20));
  const scan = new PageScan(file, TEST_KEY);
  onTestFinished(() => scan.close());
  let steps = 0;
  const onStep = () => {
    steps += 1;
    if (steps > 3) throw new Error('it goes on for ever');
    truncateSync(file, 2 ** 20);
  };
  await expect(scan.copyTo(join(folder, 'copy.db'), { onStep })).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
  expect(steps).toBe(1);
});
