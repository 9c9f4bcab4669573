import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const main = resolve(import.meta.dirname, '../../../../../src/main/hosts/loopback/main.ts');

test('the workstation’s own terminal is given no control character of what it is told', () => {
  const { status, stderr } = spawnSync(process.execPath, [main, '/a', '/b\u001b]0;owned\u0007'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('"/b\\u001b]0;owned\\u0007" is one study too many.');
  expect(stderr).not.toMatch(/[^\P{Cc}\n\t]/u);
});
