import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UnfinishedExports } from '../../../../../src/main/cases/export/unfinished-exports.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

const KEY = new Uint8Array(32).fill(7);
const NAME = 'haicast-export-2026-05-04T080000Z.zip.unfinished';

/** Begins an export, and is killed in the middle of it. */
const killed = async (folder: string, file: string): Promise<void> => {
  const child = fork(join(import.meta.dirname, 'begin-export.ts'), [folder, file], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

const set = (key = KEY) => {
  const [data, out] = [temporaryFolder(), temporaryFolder()];
  const folder = join(data, 'unfinished');
  const file = join(out, NAME);
  writeFileSync(file, 'everything of everybody');
  const exports_ = new UnfinishedExports({ folder, key: () => key });
  onTestFinished(() => exports_.close());
  return { data, out, folder, file, exports: exports_ };
};

describe('what is left of an export', () => {
  test('whose process was killed goes, and its place stands nowhere in the clear until then', async () => {
    const { folder, file, exports: next } = set();
    await killed(folder, file);
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const one of kept) expect(readFileSync(join(one.parentPath, one.name), 'latin1')).not.toContain(NAME);
    expect(existsSync(file)).toBe(true);
    expect(next.clear()).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder)).toStrictEqual([]);
    expect(next.clear()).toBe(0);
  });

  test.each<[what: string, change: (file: string) => void]>([
    [
      'another file of its name',
      (file) => {
        // Beside the first, so that it cannot have its number.
        writeFileSync(`${file}.new`, 'somebody else’s');
        renameSync(`${file}.new`, file);
      },
    ],
    [
      'a link to another file',
      (file) => {
        writeFileSync(`${file}.target`, 'somebody else’s');
        rmSync(file);
        symlinkSync(`${file}.target`, file);
      },
    ],
  ])('is not taken for %s', async (_what, change) => {
    const { folder, file, exports: next } = set();
    await killed(folder, file);
    change(file);
    expect(next.clear()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('somebody else’s');
  });

  test('of another history stays, since what was kept of it cannot be read', async () => {
    const { folder, file, exports: next } = set(new Uint8Array(32));
    await killed(folder, file);
    expect(next.clear()).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  test('under another name is never removed', async () => {
    const { out, folder, exports: next } = set();
    const other = join(out, 'notes.txt');
    writeFileSync(other, 'notes');
    await killed(folder, other);
    expect(next.clear()).toBe(0);
    expect(existsSync(other)).toBe(true);
  });
});

test('one that is being written is left alone, and one that ended leaves no trace', () => {
  const { folder, file, exports: writing } = set();
  const other = new UnfinishedExports({ folder, key: () => KEY });
  const end = writing.begin(file);
  expect(other.clear()).toBe(0);
  expect(existsSync(file)).toBe(true);
  end();
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('place'))).toStrictEqual([]);
});

test('no export fails for what cannot be kept of it', () => {
  const { folder, file } = set();
  const closed = new UnfinishedExports({
    folder,
    key: () => {
      throw new Error('locked');
    },
  });
  onTestFinished(() => closed.close());
  expect(() => closed.begin(file)()).not.toThrow();
});
