import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearPassingFolders, PrivateFolder, removeLeftBehind } from '../../../../src/main/files/private-folder.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

/** Another process that holds a folder until it is killed; gives its path. */
const holder = async (parent: string) => {
  const module = resolve(import.meta.dirname, '../../../../src/main/files/private-folder.ts');
  const source = `const { PrivateFolder } = await import(${JSON.stringify(module)});
    const own = new PrivateFolder(${JSON.stringify(parent)});
    console.log(own.path);
    setInterval(() => own, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, path: said.toString().trim() };
};

test('a folder is its own process’s for as long as that lives, and cleared by the next one after it was killed', async () => {
  const parent = temporaryFolder();
  const { child, path } = await holder(parent);
  writeFileSync(join(path, 'Muster.dcm'), 'x');
  removeLeftBehind(parent);
  expect(readdirSync(path)).toStrictEqual(['Muster.dcm']);
  child.kill('SIGKILL');
  await once(child, 'exit');
  removeLeftBehind(parent);
  expect(readdirSync(parent)).toStrictEqual([]);
});

test('a folder named after a process that lives, as earlier releases made them, is cleared all the same', () => {
  const data = temporaryFolder();
  for (const area of ['uploads', 'exports']) {
    for (const name of [String(process.pid), String(process.ppid), 'stray']) {
      mkdirSync(join(data, area, name), { recursive: true });
    }
  }
  clearPassingFolders(data);
  expect([...readdirSync(join(data, 'uploads')), ...readdirSync(join(data, 'exports'))]).toStrictEqual([]);
});

test('what a process holds goes with its own removing, the lock too', () => {
  const parent = join(temporaryFolder(), 'uploads');
  const own = new PrivateFolder(parent);
  expect(existsSync(parent)).toBe(false);
  const { path } = own;
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(own.path).toBe(path);
  own.remove();
  expect(readdirSync(parent)).toStrictEqual([]);
});
