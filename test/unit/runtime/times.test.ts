import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { keepTimes, readTimes } from '../../runtime/suites/times.ts';

it('are those of the last run, and none where none was ended', () => {
  const file = join(temporaryFolder(), 'reports', 'times.json');
  expect(readTimes(file)).toBeUndefined();
  const unit = { seconds: 12, passed: 3, failed: 0, skipped: 1 };
  keepTimes({ unit }, file);
  expect(readTimes(file)).toEqual({ unit });
  writeFileSync(file, '{}');
  expect(readTimes(file)).toBeUndefined();
});
