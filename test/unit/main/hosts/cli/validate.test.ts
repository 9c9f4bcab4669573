import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { group, p1, p2, status, time, y } from '../../../shared/statistics/vector-a.ts';
import { recordingTerminal } from './recording-terminal.ts';

const columns = { y, p1, p2, time, status, grp: group };
const table = [
  Object.keys(columns).join(','),
  ...y.map((_y, row) =>
    Object.values(columns)
      .map((values) => values[row])
      .join(','),
  ),
].join('\n');

const validate = async (content: string, ...args: string[]) => {
  const folder = temporaryFolder();
  const file = join(folder, 'table.csv');
  writeFileSync(file, content);
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(['validate', file, ...args], {
    version: '0.0.0',
    terminal,
    createApplication: () => Promise.reject(new Error('a validation needs no application')),
    passphrase: undefined,
  });
  return { code, ...written };
};

const asked = ['--outcome', 'y', '--score', 'p1'];

describe('haicast validate', () => {
  it('gives every figure unrounded', async () => {
    const survival = ['--time', 'time', '--event', 'status'];
    const { code, stdout } = await validate(table, ...asked, '--compare', 'p2', ...survival, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      patients: 24,
      events: 8,
      auc: { auc: 0.9375, variance: expect.closeTo(0.0021577381, 9) },
      threshold: { truePositives: 6, falsePositives: 2, trueNegatives: 14, falseNegatives: 2 },
      calibration: {
        inTheLarge: { value: expect.closeTo(-0.37824501, 7) },
        slope: { slope: { value: expect.closeTo(2.8289329, 6) } },
        closedTest: { chosen: 'original' },
      },
      comparisons: [{ score: 'p2', test: { p: expect.closeTo(0.13502377, 7), pHolm: expect.closeTo(0.13502377, 7) } }],
      survival: { events: 18, median: { log: { time: 7, low: 6, high: 16 } } },
    });
  });

  it('says the same to a person', async () => {
    const { stdout } = await validate(table, ...asked);
    expect(stdout).toContain('AUC: 0.938 (95 % 0.846 to 1.000, DeLong)');
  });

  it('leaves out a line with a missing value and says which', async () => {
    const { code, stdout } = await validate(`${table}\n1,,0.4,5,1,0\n`, ...asked, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ patients: 24, excluded: [{ line: 26, missing: ['p1'] }] });
  });

  it.each<[string, string, string[], RegExp]>([
    ['a column that is not there', table, ['--outcome', 'y', '--score', 'p9'], /no column "p9"/],
    ['a cell that is no number', `${table}\n1,high,0.4,5,1,0`, asked, /Line 26, column "p1": "high"/],
    ['a time without an event', table, [...asked, '--time', 'time'], /belong together/],
    ['a threshold that is none', table, [...asked, '--threshold', 'half'], /--threshold is a number/],
  ])('refuses %s', async (_name, content, args, said) => {
    const { code, stderr } = await validate(content, ...args);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(said);
  });

  it.each<[string, string, RegExp]>([
    ['no event', 'y,p\n0,0.2\n0,0.4', /No patient had the event/],
    ['events only', 'y,p\n1,0.2\n1,0.4', /Every patient had the event/],
    ['no patient', 'y,p\n', /no patient/],
    ['an outcome of 2', 'y,p\n0,0.2\n2,0.4', /0 or 1, not 2/],
  ])('answers %s with a sentence, and no figure', async (_name, content, said) => {
    const { code, stdout } = await validate(content, '--outcome', 'y', '--score', 'p', '--json');
    expect(code).toBe(0);
    const { auc, calibration, decisionCurve } = JSON.parse(stdout);
    for (const answer of [auc, decisionCurve, ...Object.values(calibration)]) {
      expect(answer).toMatchObject({ problem: expect.stringMatching(said) });
      // A code beside the sentence, and nothing that could be taken for a figure.
      expect(Object.keys(answer).filter((key) => key !== 'problem' && key !== 'reason')).toEqual([]);
    }
  });

  it('withholds calibration of a score that is no probability, and keeps its AUC', async () => {
    const { stdout } = await validate('y,p\n0,1\n1,3\n0,2\n1,5\n0,4', '--outcome', 'y', '--score', 'p', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      auc: { auc: expect.closeTo(5 / 6, 9) },
      calibration: { inTheLarge: { problem: expect.stringContaining('between 0 and 1') } },
    });
  });
});
