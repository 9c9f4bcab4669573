import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, fromErrorShape, toErrorShape } from '#shared/errors.ts';
import { programPlaces } from '#shared/program-places.ts';
import { openLog } from '../../../../src/main/log/log.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** What no log may hold, wherever it comes in. */
const planted = 'ZHANG^SAN';
const written = () =>
  readdirSync(join(folder, 'logs'))
    .map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
    .join('');

describe('the log', () => {
  it('says what failed where, and nothing of what a file or a person said', () => {
    const log = openLog(folder);
    const system = Object.assign(new Error(`ENOENT: no such file, open '/data/${planted}/IM1'`), { code: 'ENOENT' });
    const broken = new SyntaxError(`Unexpected token in ${planted}\n    at /data/${planted}/src/${planted}/a.ts:1:1`);
    log.failed('study.open', system);
    log.failed('study.open', broken);
    log.failed('study.open', Object.assign(new Error(planted), { name: planted, code: planted }));
    log.failed('study.open', planted);
    log.failed(
      'cases.save',
      new AppError('records-full', `No room for ${planted}`, {
        params: { name: planted },
        detail: planted,
        cause: system,
      }),
    );
    log.pageFailed(planted, planted, [`/data/${planted}/a.ts:1:2`, 'assets/index-a1.js:1:2']);
    const text = written();
    expect(text).not.toContain(planted);
    expect(text).not.toContain('/data');
    expect(text).toMatch(/^\S+Z \d+ study\.open kind=Error code=ENOENT/);
    expect(text).toMatch(/study\.open kind=SyntaxError/);
    expect(text).toMatch(/cases\.save kind=AppError code=records-full .*causeCode=ENOENT/);
    expect(text).toMatch(/page kind=Error at=assets\/index-a1\.js:1:2$/m);
  });

  it('knows where an unforeseen error of a worker process came from, across the process boundary', () => {
    const error = new TypeError(planted);
    error.stack = `TypeError: ${planted}\n    at f (file:///home/${planted}/haicast/src/main/study/a.ts:12:3)\n    at g (node:fs:1:2)`;
    openLog(folder).failed('study.open', fromErrorShape(structuredClone(toErrorShape(error))));
    expect(written()).toMatch(/code=internal at=src\/main\/study\/a\.ts:12:3,node:fs:1:2$/m);
    expect(written()).not.toContain(planted);
  });

  it('is for its owner alone, and stays small', { skip: process.platform === 'win32' }, () => {
    const log = openLog(folder, 200);
    for (let index = 0; index < 60; index += 1) log.note('start', { index });
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['haicast.1.log', 'haicast.2.log', 'haicast.3.log', 'haicast.log']);
    for (const name of names) {
      const { mode, size } = statSync(join(folder, 'logs', name));
      expect(mode & 0o777).toBe(0o600);
      expect(size).toBeLessThan(300);
    }
    expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700);
    expect(readFileSync(log.file, 'utf8')).toContain('index=59');
  });

  it('never fails the work that it writes of', () => {
    const log = openLog(join(folder, 'a\0b'));
    log.note('start');
    expect(existsSync(log.file)).toBe(false);
  });

  it('puts every entry on one line', () => {
    openLog(folder).note('start', { on: 'linux\nfalse entry' });
    expect(written().trim().split('\n')).toHaveLength(1);
  });
});

describe('places in the program', () => {
  it.each([
    ['    at f (/home/ZHANG/src/haicast/src/main/a.ts:1:2)', 'src/main/a.ts:1:2'],
    ['    at async file:///opt/haicast/node_modules/p-limit/index.js:3:4', 'node_modules/p-limit/index.js:3:4'],
    ['    at C:\\Users\\ZHANG\\haicast\\out\\main\\index.js:5:6', 'out/main/index.js:5:6'],
    ['    at app://haicast/assets/index-Ab_1.js:1:200', 'assets/index-Ab_1.js:1:200'],
    ['    at open (node:fs/promises:7:8)', 'node:fs/promises:7:8'],
    ['    at /data/ZHANG/a.ts:1:1', undefined],
    ['src/main/a.ts:1:2', undefined],
  ])('%s', (line, place) => {
    expect(programPlaces(`Error: x\n${line}`)).toEqual(place === undefined ? [] : [place]);
  });
});
