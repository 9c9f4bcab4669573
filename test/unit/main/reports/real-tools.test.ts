import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { researchCase } from '../../../../src/main/reports/research/research-case.ts';
import { readObject } from '../../../fixtures/reports/read-object.ts';
import { reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';
import { writeObjects } from '../../../fixtures/reports/write-objects.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { acceptedErrors, acceptedWarnings } from './accepted-findings.ts';

const isThere = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
const leftOutWithout = (command: string): string => (isThere(command) ? '' : ` (left out: no ${command})`);

/** Both streams: the checkers write to either. */
const said = (command: string, args: readonly string[]): { status: number | null; lines: string[] } => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, lines: `${stdout}\n${stderr}`.split('\n').filter(Boolean) };
};

const cases = ['at-hand', 'gone', 'withheld', 'research'] as const;
let folder = '';
const objects = (): string[] =>
  cases.flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith('.dcm'))
      .map((file) => join(folder, name, file)),
  );

beforeAll(async () => {
  folder = folderForAll();
  await writeObjects(join(folder, 'at-hand'), reportedCase());
  await writeObjects(join(folder, 'gone'), reportedCase({ images: undefined }));
  await writeObjects(join(folder, 'withheld'), withheldCase());
  await writeObjects(join(folder, 'research'), researchCase(reportedCase(), Buffer.alloc(32, 7)));
});

describe('dicom3tools', () => {
  it.skipIf(!isThere('dciodvfy'))(
    `finds no error in any object, and no warning that is not explained${leftOutWithout('dciodvfy')}`,
    () => {
      const paths = objects();
      expect(paths).toHaveLength(25);
      const lines = paths.flatMap((path) => said('dciodvfy', [path]).lines);
      const unexplained = lines.filter(
        (line) =>
          (line.startsWith('Error') && !acceptedErrors.some(({ says }) => says.test(line))) ||
          (line.startsWith('Warning') && !acceptedWarnings.some(({ says }) => says.test(line))),
      );
      expect([...new Set(unexplained)]).toEqual([]);
      // It knew what each of them is, and looked at it.
      const kinds = lines.filter((line) =>
        /^(Comprehensive3DSR|SCImage|ParametricMap|KeyObjectSelectionDocument|EncapsulatedPDF)$/.test(line),
      );
      expect(kinds).toHaveLength(25);
    },
  );

  it.skipIf(!isThere('dcentvfy'))(
    `finds the objects of a case to be of one patient and one study${leftOutWithout('dcentvfy')}`,
    () => {
      for (const name of cases) {
        const paths = objects().filter((path) => path.includes(`/${name}/`));
        const { lines } = said('dcentvfy', paths);
        expect(lines.filter((line) => !acceptedWarnings.some(({ says }) => says.test(line)))).toEqual([]);
      }
    },
  );
});

describe('dcmtk', () => {
  it.skipIf(!isThere('dcmdump'))(`reads every object whole${leftOutWithout('dcmdump')}`, () => {
    for (const path of objects()) expect(said('dcmdump', ['-q', path]).status).toBe(0);
  });

  it.skipIf(!isThere('dsrdump'))(
    `reads reports and selections as structured reports${leftOutWithout('dsrdump')}`,
    () => {
      for (const path of objects().filter((one) => /(measurements|objects)\.dcm$/.test(one))) {
        const { status, lines } = said('dsrdump', ['-q', path]);
        expect(status).toBe(0);
        expect(lines.filter((line) => /^[EF]:/.test(line))).toEqual([]);
      }
      const { lines } = said('dsrdump', ['+Pl', join(folder, 'at-hand', 'measurements.dcm')]);
      expect(lines.join('\n')).toMatch(/NUM:\(,,"Probability"\)="0.625" \(1,UCUM,"no units"\)/);
      const types = lines.filter((line) => line.includes('"Time Point Type"'));
      expect(types.filter((line) => line.includes('(C1442488,UMLS,"Baseline")'))).toHaveLength(3);
      expect(types.filter((line) => line.includes('(126074,DCM,"Posttreatment")'))).toHaveLength(11);
    },
  );

  describe('storescp', () => {
    let receiver: ChildProcess | undefined;
    afterAll(() => receiver?.kill());

    const freePort = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
        });
      });

    it.skipIf(!isThere('storescp') || !isThere('dcmsend'))(
      `takes every object from dcmsend, and keeps it as it was${leftOutWithout('storescp')}`,
      async () => {
        const port = await freePort();
        const received = join(folder, 'received');
        mkdirSync(received);
        const process = spawn('storescp', ['--accept-all', '-od', received, '-uf', String(port)], { stdio: 'ignore' });
        receiver = process;
        await expect.poll(() => said('echoscu', ['127.0.0.1', String(port)]).status).toBe(0);
        const sent = objects().filter((path) => path.includes('/at-hand/'));
        expect(said('dcmsend', ['127.0.0.1', String(port), ...sent]).status).toBe(0);
        const kept = readdirSync(received).map((file) => readObject(readFileSync(join(received, file))));
        expect(kept.map(({ SOPInstanceUID }) => SOPInstanceUID).sort()).toEqual(
          sent.map((path) => readObject(readFileSync(path)).SOPInstanceUID).sort(),
        );
      },
    );
  });
});
