import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { createNodeApplication } from '../../../../../src/main/hosts/node-application.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { dicomdir } from '../../../../fixtures/dicom/write-dicomdir.ts';
import { folderForAll, temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { inOneApplication } from './one-application.ts';
import { recordingTerminal } from './recording-terminal.ts';

const root = resolve(import.meta.dirname, '../../../../..');
const demo = join(root, 'resources/demo/study');
const demoFactors = join(root, 'resources/demo/factors.json');
const PASSPHRASE = 'a long enough passphrase';
const LIMIT_MS = 60_000;

interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real program in its own process, as a person or a script runs it. */
const haicast = async (
  args: string[],
  options: { data?: string; passphrase?: string; input?: string } = {},
): Promise<Answer> => {
  const child = spawn(process.execPath, [join(root, 'src/main/hosts/cli/main.ts'), ...args], {
    env: {
      ...process.env,
      HAICAST_DATA: options.data ?? join(tmpdir(), 'haicast-cli-without-records'),
      HAICAST_PASSPHRASE: options.passphrase ?? '',
    },
  });
  const code = new Promise<number | null>((done) => child.on('close', done));
  child.stdin.end(options.input ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
};

const within = inOneApplication();

/** The program within this process, for what it refuses before it needs the application. */
const refusedAtOnce = async (args: string[]): Promise<Answer> => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(args, {
    version: '0.0.0',
    passphrase: undefined,
    createApplication: () => Promise.reject(new Error('the application must not be needed for this')),
    terminal,
  });
  return { code, ...written };
};

const file = (content: unknown): string => {
  const path = join(temporaryFolder(), 'input.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The demonstration's factors without its lesions. */
const factorsAlone = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(demoFactors, 'utf8')) as { factors: Record<string, unknown> }).factors;

describe('haicast scan', () => {
  test(
    'lists every series with its role, and every skipped file with its reason, without the patient',
    async () => {
      const { code, stdout } = await haicast(['scan', demo, '--json']);
      expect(code).toBe(0);
      const found = JSON.parse(stdout) as { series: Record<string, unknown>[]; skipped: unknown[] };
      const roles = found.series.map(({ role }) => role);
      expect(roles).toEqual(
        expect.arrayContaining(['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase']),
      );
      for (const series of found.series) {
        expect(series).toMatchObject({
          role: expect.any(String),
          confidence: expect.any(Number),
          reasons: expect.any(Array),
          instances: expect.any(Number),
        });
      }
      expect(stdout).not.toMatch(/patientName|patientId|birthDate/);
    },
    LIMIT_MS,
  );

  test(
    'says remarks in words, and of a DICOMDIR without its files how its folder is opened',
    async () => {
      const disc = temporaryFolder();
      writeFileSync(join(disc, 'renamed-1'), dicomFile(mrElements({ instance: 1 })));
      writeFileSync(join(disc, 'IM2'), dicomFile(mrElements({ instance: 2 })));
      const path = join(disc, 'DICOMDIR');
      const hint = `Try: haicast scan "${disc}"`;

      writeFileSync(path, dicomdir(['IM1', 'IM2', 'IM3']));
      const some = await within(['scan', path]);
      expect(some.code).toBe(0);
      expect(some.stderr).toContain('! 2 of the 3 files that the DICOMDIR lists are not there.');
      expect(some.stderr).toContain(hint);

      writeFileSync(path, dicomdir(['IM1', 'IM3']));
      const none = await within(['scan', path, '--json']);
      expect(none.code).not.toBe(0);
      const { error } = JSON.parse(none.stdout) as { error: { code: string; message: string } };
      expect(error.code).toBe('dicomdir-incomplete');
      expect(error.message).toContain(hint);

      expect((await within(['scan', disc])).stderr).not.toContain('Try:');
    },
    LIMIT_MS,
  );

  test.skipIf(process.platform === 'win32')(
    'hands no terminal what file names and elements of a study would do to it (left out: Windows has no such file names)',
    async () => {
      const escaped = '\u001b]0;owned\u0007';
      const folder = join(temporaryFolder(), `ward ${escaped}`);
      mkdirSync(folder);
      const named = [
        ['0008,103E', 'LO', `t1 ${escaped}`],
        ['0010,0010', 'PN', `Muster^${escaped}`],
      ] satisfies Parameters<typeof dicomFile>[0];
      writeFileSync(join(folder, 'image'), dicomFile(mrElements({ extra: named })));
      // The last one begins a sequence as well, and JSON leaves it as it is.
      writeFileSync(join(folder, `broken ${escaped}\u009b.dcm`), 'nothing');
      const answers = await Promise.all([haicast(['scan', folder]), haicast(['scan', folder, '--json'])]);
      const said = answers.map(({ stdout, stderr }) => stdout + stderr);
      for (const text of said) {
        expect(text).toContain('\\u001b');
        expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
      }
      expect(said[0]).toContain('broken \\u001b');
      expect(said[0]).toContain('t1 \\u001b');
    },
    LIMIT_MS,
  );

  test('of a path that is not there fails with a sentence, as JSON where that was asked for', async () => {
    const { code, stdout, stderr } = await within(['scan', '/no/such/folder', '--json']);
    expect(code).toBe(3);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    expect(error.message.length).toBeGreaterThan(20);
    expect(stderr).toContain(error.message);
  });
});

describe('haicast roles', () => {
  test('decides from facts on standard input', async () => {
    const facts = [{ SeriesDescription: 'T2 TSE fs tra', Modality: 'MR', EchoTime: 90, RepetitionTime: 4000 }];
    const { code, stdout } = await haicast(['roles', '-', '--json'], { input: JSON.stringify(facts) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { role: 't2', confidence: expect.any(Number), reasons: expect.any(Array) },
    ]);
  });

  test(
    'a hepatobiliary phase is a role of its own, here and in a scan',
    async () => {
      const hepatobiliary = { SeriesDescription: 't1_vibe_fs_tra HBP 20 min', ContrastBolusAgent: 'Primovist' };
      const facts = [
        { ...hepatobiliary, Modality: 'MR' },
        { SeriesDescription: 't1_vibe_fs_tra pre', Modality: 'MR' },
      ];
      const roles = await within(['roles', file(facts), '--json']);
      expect(JSON.parse(roles.stdout)[0]).toMatchObject({ role: 'hepatobiliary' });
      const study = temporaryFolder();
      const written = mrElements({
        extra: [
          ['0008,103E', 'LO', hepatobiliary.SeriesDescription],
          ['0018,0010', 'LO', hepatobiliary.ContrastBolusAgent],
        ],
      });
      writeFileSync(join(study, 'a'), dicomFile(written));
      const scan = await within(['scan', study, '--json']);
      expect(JSON.parse(scan.stdout).series).toMatchObject([{ role: 'hepatobiliary' }]);
    },
    LIMIT_MS,
  );

  test.each([
    ['no JSON', '{', 'not-json'],
    ['no array', '{"a":1}', 'bad-facts'],
    ['a fact of another kind', '[{"EchoTime":{"a":1}}]', 'bad-facts'],
  ])('refuses %s', async (_what, input, expected) => {
    const { code, stdout } = await refusedAtOnce(['roles', file(input), '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: expected } });
  });
});

describe('haicast predict', () => {
  const data = folderForAll();
  let answer: Answer;
  let result: Record<string, unknown>;
  beforeAll(async () => {
    answer = await haicast(['predict', demo, '--factors', demoFactors, '--save', '--json'], {
      data,
      passphrase: PASSPHRASE,
    });
    result = JSON.parse(answer.stdout) as Record<string, unknown>;
  }, LIMIT_MS);

  test('prints what the contract of the command names', () => {
    expect(answer.code).toBe(0);
    expect(result).toMatchObject({
      probability: expect.any(Number),
      interval: { level: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
      logit: expect.any(Number),
      bias: expect.any(Number),
      imageContribution: expect.any(Number),
      decision: expect.stringMatching(/^(above|below)-threshold$/),
      threshold: expect.any(Number),
      provider: expect.any(String),
      model: { id: expect.any(String), version: expect.any(String), status: 'simulated' },
    });
    expect(result.warnings).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'roles-unconfirmed' })]));
  });

  test('says what every series was taken for, used or not', () => {
    const roles = result.roles as { role: string; seriesId: string }[];
    const taken = result.seriesRoles as { role: string; seriesId: string; confidence: number }[];
    for (const { role, seriesId } of roles) expect(taken).toContainEqual(expect.objectContaining({ role, seriesId }));
    expect(taken.length).toBeGreaterThan(roles.length);
  });

  test('adds up: contributions and bias are the logit, and the logit is the probability', () => {
    const clinical = Object.values(result.clinicalContributions as Record<string, number>);
    const sum = clinical.reduce((a, b) => a + b, Number(result.bias) + Number(result.imageContribution));
    expect(Math.abs(sum - Number(result.logit))).toBeLessThan(1e-4);
  });

  test('says on standard error and in the result that the model was trained on simulated patients', () => {
    expect(answer.stderr).toMatch(/trained on simulated patients; not for clinical use/);
    expect(result.banner).toMatch(/trained on simulated patients; not for clinical use/);
  });

  test(
    'says so once where a person reads: in the result, and not beside it as well',
    async () => {
      const { code, stdout, stderr } = await within(['predict', demo, '--factors', demoFactors]);
      expect(code).toBe(0);
      expect(stdout.match(/Research use only\. Demonstration model/g)).toHaveLength(1);
      expect(stderr).not.toMatch(/simulated patients/);
    },
    LIMIT_MS,
  );

  test('kept the case, and gave the recovery key of the new history once', async () => {
    expect(answer.stderr).toMatch(/New recovery key .*: \S{44}/);
    const vault = new Vault({ folder: data, passphrase: PASSPHRASE });
    await vault.start();
    const saved = vault.store().get(String(result.caseId));
    vault.close();
    expect(saved.predictions[0]).toMatchObject({ probability: result.probability, logit: result.logit });
    expect(saved.roles).toStrictEqual(result.roles);
    expect(saved.source).toStrictEqual({ kind: 'path', path: demo });
  });

  test(
    'without a lesion anywhere refuses and says how to mark one',
    async () => {
      const { code, stdout } = await within(['predict', demo, '--factors', file(factorsAlone()), '--json']);
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({
        error: { code: 'no-lesion', message: expect.stringContaining('--lesion') },
      });
    },
    LIMIT_MS,
  );

  test(
    'takes the lesion of the option before those of the file',
    async () => {
      const { sample } = result as { sample: { centerMm: [number, number, number] } };
      const place = [...sample.centerMm, 50].join(',');
      const { stdout } = await within(['predict', demo, '--factors', demoFactors, `--lesion=${place}`, '--json']);
      const other = JSON.parse(stdout) as { sample: { diameterMm: number; centerMm: number[] } };
      expect(other.sample.diameterMm).toBeCloseTo(50, 6);
      sample.centerMm.forEach((value, axis) => {
        expect(other.sample.centerMm[axis]).toBeCloseTo(value, 6);
      });
    },
    LIMIT_MS,
  );

  test('refuses a file that holds no factors at all', async () => {
    const { code, stdout } = await within(['predict', demo, '--factors', file([1, 2]), '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'bad-factors' } });
  });

  test('refuses to save without a passphrase before it computes anything', async () => {
    const { code, stdout } = await within(['predict', demo, '--factors', demoFactors, '--save', '--json']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'records-locked', message: expect.stringContaining('HAICAST_PASSPHRASE') },
    });
  });

  test('refuses a wrong passphrase', async () => {
    const { code, stdout } = await haicast(['predict', demo, '--factors', demoFactors, '--save', '--json'], {
      data,
      passphrase: 'another passphrase',
    });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'passphrase-wrong' } });
  });
});

describe('haicast', () => {
  test.each([
    [['predict', demo], 'required option'],
    [['nonsense'], 'unknown command'],
    [['scan'], 'missing required argument'],
    [['scan', demo, '--colour'], 'unknown option'],
  ])('%j is a wrong use', async (args, reason) => {
    const { code, stdout, stderr } = await refusedAtOnce([...args, '--json']);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  test('tells its version and its commands', async () => {
    expect((await haicast(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    const help = await refusedAtOnce(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/scan[\s\S]*roles[\s\S]*predict[\s\S]*prepare[\s\S]*models/);
  });

  test(
    'lists the models that are installed',
    async () => {
      const { code, stdout } = await within(['models', '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).models[0]).toMatchObject({
        id: 'inceptionv4-haic-sim',
        status: 'simulated',
        isDefault: true,
      });
    },
    LIMIT_MS,
  );

  test(
    'installs a model, makes it the default, keeps that over a restart, and removes it again',
    async () => {
      // Each command has an application of its own, as each start of the program has.
      vi.stubEnv('HAICAST_DATA', temporaryFolder());
      onTestFinished(() => void vi.unstubAllEnvs());
      const run = async (...args: string[]) => {
        const { written, terminal } = recordingTerminal();
        const createApplication = () => createNodeApplication({ host: 'cli' });
        const code = await runProgram(['models', ...args, '--json'], {
          version: '0.0.0',
          passphrase: undefined,
          createApplication,
          terminal,
        });
        const answer = JSON.parse(written.stdout) as { models: { id: string; origin: string; isDefault: boolean }[] };
        return { code, answer };
      };
      const tiny = join(root, 'test/fixtures/models/tiny');
      expect((await run('install', tiny)).answer.models.map(({ id, origin }) => `${origin} ${id}`)).toContain(
        'installed test-tiny',
      );
      expect(await run('install', tiny)).toMatchObject({ code: 3, answer: { error: { code: 'model-exists' } } });
      await run('default', 'test-tiny');
      expect((await run()).answer.models.find(({ isDefault }) => isDefault)?.id).toBe('test-tiny');
      const left = await run('remove', 'test-tiny');
      expect(left.answer.models.map(({ id, isDefault }) => [id, isDefault])).toEqual([['inceptionv4-haic-sim', true]]);
      expect(await run('remove', 'inceptionv4-haic-sim')).toMatchObject({
        code: 3,
        answer: { error: { code: 'model-built-in' } },
      });
      expect(await run('default', 'nothing')).toMatchObject({ code: 3, answer: { error: { code: 'model-unknown' } } });
    },
    6 * LIMIT_MS,
  );
});
