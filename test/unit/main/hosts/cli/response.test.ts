import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { recordingTerminal } from './recording-terminal.ts';

const timeline = {
  start: '2026-03-24',
  criterion: 'recist-1.1',
  lesions: [
    { id: 'L1', organ: 'liver', node: false, role: 'target' },
    { id: 'L2', organ: 'liver', node: false, role: 'non-target' },
  ],
  visits: [
    { date: '2026-03-20', measures: { L1: { mm: 88, viableMm: 80 } } },
    { date: '2026-05-12', measures: { L1: { mm: 61.6 } }, nonTarget: 'NON-CR/NON-PD', newLesions: false },
    { date: '2026-06-30', overall: 'PD' },
  ],
};

const response = async (content: unknown, ...args: string[]) => {
  const folder = temporaryFolder();
  const file = join(folder, 'timeline.json');
  writeFileSync(file, JSON.stringify(content));
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(['response', file, ...args], {
    version: '0.0.0',
    terminal,
    createApplication: () => Promise.reject(new Error('a response needs no application')),
    passphrase: undefined,
  });
  return { code, ...written };
};

test('answers each visit and the best of them as JSON', async () => {
  const { code, stdout } = await response(timeline, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    criterion: 'recist-1.1',
    options: { minimumSdDays: 42 },
    visits: [
      { date: '2026-03-20', baseline: true, sum: 88, target: null, overall: null },
      { sum: 61.6, target: 'PR', nonTarget: 'NON-CR/NON-PD', new: false, overall: 'PR' },
      { sum: null, target: null, new: null, overall: 'PD' },
    ],
    best: 'PR',
    bestConfirmed: 'SD',
    readerDecision: null,
    progression: '2026-06-30',
  });
  expect(JSON.parse(stdout).visits[1].changeFromBaseline).toBeCloseTo(-30, 9);
});

test('never resolves silently what a reader has to decide', async () => {
  const visits = [
    { date: '2026-05-12', overall: 'CR' },
    { date: '2026-06-30', overall: 'PR' },
  ];
  const { stdout } = await response({ ...timeline, visits }, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    best: 'CR',
    bestConfirmed: null,
    readerDecision: { choices: ['SD', 'PD', 'PR'] },
  });
});

test('says the same to a person, with its reasons', async () => {
  const { stdout } = await response(timeline);
  expect(stdout).toContain('Best response (recist-1.1): PR; confirmed: SD');
  expect(stdout).toContain('30 % under the baseline of 88 mm');
});

test('refuses what it cannot read with the place, and exit code 3', async () => {
  const { code, stderr } = await response({ ...timeline, criterion: 'who' });
  expect(code).toBe(3);
  expect(stderr).toContain('criterion');
});
