import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { provide } from '../../../runtime/machine/packages.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A machine whose `apt-get` only writes down, in one list with what is said, how it was called. */
const machine = (userId: number, aptStatus = 0) => {
  const folder = temporaryFolder();
  const list = join(folder, 'list');
  writeFileSync(list, '');
  writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "apt-get $*" >> '${list}'\nexit ${aptStatus}\n`);
  chmodSync(join(folder, 'apt-get'), 0o755);
  vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter));
  vi.spyOn(process, 'getuid').mockReturnValue(userId);
  const happened = () => readFileSync(list, 'utf8').trim().split('\n');
  return { happened, say: (line: string) => appendFileSync(list, `${line}\n`) };
};

describe.skipIf(process.platform !== 'linux')('system packages (left out: only Linux has Debian’s)', () => {
  const display = (isThere: () => boolean) => ({ what: 'Xvfb', packages: ['xvfb', 'xauth'], isThere });

  it('are named before root’s apt-get is called for them', () => {
    const { happened, say } = machine(0);
    let asked = 0;
    expect(provide([display(() => asked++ > 0)], say)).toEqual([]);
    const [said, ...calls] = happened();
    expect(said).toMatch(/as root: xvfb xauth\./);
    expect(calls).toEqual([expect.stringMatching(/^apt-get .*install .*xvfb xauth$/)]);
  });

  it('are only named to whom may not install them', () => {
    const { happened, say } = machine(1000);
    expect(provide([display(() => false)], say)).toEqual(['Xvfb']);
    expect(happened()).toEqual([expect.stringContaining('xvfb xauth')]);
  });

  it('that could not be installed are said to be missing', () => {
    const { happened, say } = machine(0, 100);
    expect(provide([display(() => false)], say)).toEqual(['Xvfb']);
    expect(happened().at(-1)).toMatch(/could not be installed/);
  });

  it('are not asked for where nothing is missing', () => {
    const { happened, say } = machine(0);
    expect(provide([display(() => true)], say)).toEqual([]);
    expect(happened()).toEqual(['']);
  });
});
