/** What `haicast predict` answers for cases that the model was not made for, to a program and to a person. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { repositoryRoot } from '../../inference/support.ts';
import { inOneApplication } from './one-application.ts';

const demo = join(repositoryRoot, 'resources/demo/study');
const demoFactors = join(repositoryRoot, 'resources/demo/factors.json');
const LIMIT_MS = 60_000;

const haicast = inOneApplication();

interface Given {
  decision: string;
  withheldBecause: { code: string; text: string }[];
}

/** The answer as JSON with its exit code; what a person reads instead says no number and no verdict. */
const predict = async (...args: string[]): Promise<Given & { code: number; read: string }> => {
  const { code, stdout } = await haicast(['predict', ...args, '--json']);
  const person = await haicast(['predict', ...args]);
  const read = `${person.stdout}\n${person.stderr}`;
  expect(person.code).toBe(code);
  expect(read).not.toMatch(/above|Probability of|could move|would have given|Log-odds/i);
  return { ...(JSON.parse(stdout) as Given), code, read };
};

const file = (content: unknown): string => {
  const path = join(temporaryFolder(), 'factors.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};
/** The demonstration patient's factors and lesions, with changes. */
const patient = (changes: Record<string, unknown>): string => {
  const whole = JSON.parse(readFileSync(demoFactors, 'utf8')) as { factors: object; lesions: object[] };
  return file({ factors: { ...whole.factors, ...changes }, lesions: whole.lesions });
};

describe('haicast predict', () => {
  test.each([
    [
      'ECOG 4 by the tumour and severe ascites',
      { ecog: '4', ecogCause: 'tumour', ascites: 'severe' },
      [],
      ['ecog', 'bclc-d'],
    ],
    // AFP far outside the training range: what the value itself would have given is not said either.
    ['a lesion of 3 mm', { afp: '>605000 ng/mL' }, ['--lesion=-63.5,5.8,6.83,3'], ['lesion-small']],
    ['refused entries', { afp: { value: -1, unit: 'ng/mL' }, what: 2 }, [], ['refused-entries']],
  ])(
    '%s: withheld, with its codes, and done',
    async (_, changes, options, codes) => {
      const given = await predict(demo, '--factors', patient(changes), ...options);
      expect(given.code).toBe(0);
      expect(given.decision).toBe('withheld');
      expect(given.withheldBecause.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
      expect(given).toHaveProperty('probability');
      expect(given.read).toMatch(/Withheld because: /);
    },
    LIMIT_MS,
  );

  test.each(['CT', 'PT'])(
    'a %s study: not computable, and withheld with its modality',
    async (modality) => {
      const folder = temporaryFolder();
      for (let instance = 1; instance <= 4; instance++) {
        const elements = mrElements({ instance, rows: 16, columns: 16, extra: [['0008,0060', 'CS', modality]] });
        writeFileSync(join(folder, `IM${instance}`), dicomFile(elements));
      }
      const given = await predict(folder, '--factors', demoFactors);
      expect(given).toMatchObject({
        code: 3,
        error: { code: 'no-mr', params: { modalities: modality } },
        decision: 'withheld',
        withheldBecause: [{ code: 'no-mr', text: expect.stringContaining(modality) }],
      });
      expect(given).not.toHaveProperty('probability');
    },
    LIMIT_MS,
  );

  test(
    'a lesion off the volume: not computable, and withheld',
    async () => {
      const given = await predict(demo, '--factors', demoFactors, '--lesion=-63.5,5.8,900,50');
      expect(given).toMatchObject({
        code: 3,
        error: { code: 'lesion-outside', params: { role: 'arterial' } },
        decision: 'withheld',
        withheldBecause: [{ code: 'lesion-outside', text: expect.stringContaining('outside the arterial images') }],
      });
    },
    LIMIT_MS,
  );

  test.skipIf(!testdataRoot())(
    `a prostate: withheld as unlike training, and done${withoutPublicFiles}`,
    async () => {
      // ProstateX-0001, dynamic series: the roles by hand, for no rule recognises them.
      const uid = '1.3.6.1.4.1.14519.5.2.1.7310.5101';
      const roles = [
        `arterial=${uid}.172287221059422132060687134864`,
        `portal-venous=${uid}.250401339707100110601465963588`,
        `delayed=${uid}.403549996047964727421848285884`,
      ].flatMap((role) => ['--role', role]);
      const folder = join(testdataRoot() ?? '', 'prostatex_dynamic');
      const given = await predict(folder, '--factors', file({}), ...roles, '--lesion=-15.4,-7.9,-27,30');
      expect(given).toMatchObject({ code: 0, decision: 'withheld' });
      expect(given.withheldBecause.map(({ code }) => code)).toContain('unlike-training');
      expect(given.read).toMatch(/Withheld because: .*unlike the patients/);
    },
    LIMIT_MS,
  );

  test(
    'of a value that is known by a limit only says so once, and what an unclamped one would have given',
    async () => {
      const args = ['predict', demo, '--factors', patient({ afp: '>605000 ng/mL' })];
      const { warnings } = JSON.parse((await haicast([...args, '--json'])).stdout) as { warnings: { code: string }[] };
      expect(warnings.filter(({ code }) => code === 'censored')).toEqual([
        expect.objectContaining({ params: { factor: 'afp', sign: '>', value: 605_000, unit: 'ng/mL' } }),
      ]);
      const { stdout } = await haicast(args);
      expect(stdout.match(/AFP is only known to be > 605000 ng\/mL/g)).toHaveLength(1);
      expect(stdout).toMatch(/counted as 169900\. The value itself would have given \d+(\.\d)? %/);
    },
    LIMIT_MS,
  );
});
