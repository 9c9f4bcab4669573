import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pipProblem } from '../../runtime/machine/python.ts';
import { junitSkips, parseMaySkip, playwrightSkips, unexcused, vitestSkips } from '../../runtime/suites/skips.ts';

describe('what was left out', () => {
  it('is read from Vitest’s report, by file and name', () => {
    const testResults = [
      {
        name: '/project/test/unit/a.test.ts',
        status: 'passed',
        assertionResults: [
          { fullName: 'runs', status: 'passed' },
          { fullName: 'does not (left out: no reason)', status: 'skipped' },
          { fullName: 'will', status: 'todo' },
        ],
      },
    ];
    const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults };
    expect(vitestSkips(report, '/project/')).toEqual([
      'test/unit/a.test.ts › does not (left out: no reason)',
      'test/unit/a.test.ts › will',
    ]);
  });

  it('is read from Playwright’s report, by project, with the reason', () => {
    const one = (title: string, status: string, annotations: { type: string; description?: string }[]) => ({
      title,
      tests: [{ projectName: 'host', status, annotations }],
    });
    const inner = {
      title: 'inner',
      specs: [
        one('left out', 'skipped', [
          { type: 'size', description: '3' },
          { type: 'skip', description: 'no keyring' },
        ]),
        one('ran', 'expected', []),
      ],
    };
    const stats = { expected: 1, unexpected: 0, flaky: 0, skipped: 2 };
    const suites = [{ title: 'file', suites: [inner], specs: [one('silent', 'skipped', [{ type: 'skip' }])] }];
    expect(playwrightSkips({ stats, suites })).toEqual([
      'host › left out [no keyring]',
      'host › silent [no reason given]',
    ]);
  });

  it('is read from pytest’s file, with the reason', () => {
    const xml = `<testsuite><testcase classname="training.tests.test_a" name="test_b[1]" time="0.1"><skipped
      type="pytest.skip" message="no timm">x</skipped></testcase><testcase classname="c" name="d" time="1" /></testsuite>`;
    expect(junitSkips(xml)).toEqual(['training.tests.test_a › test_b[1] [no timm]']);
  });
});

describe('the list of what may be left out', () => {
  const entry = 'pattern: ^unit: .*no GPU$\nreason: there is none\nlifted by: one';

  it('excuses what a pattern finds and nothing else', () => {
    const list = parseMaySkip(`# A remark.\n\n${entry}\n\n\npattern: ^x\nreason: y\nlifted by: z\n`);
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({ reason: 'there is none', liftedBy: 'one' });
    expect(unexcused(['unit: a, no GPU', 'unit: b', 'browser: no GPU'], list)).toEqual(['unit: b', 'browser: no GPU']);
  });

  it.each([
    'pattern: a\nreason: b',
    'pattern: a\nlifted by: c\nreason: b',
    'pattern: \nreason: b\nlifted by: c',
    `${entry}\npattern: d`,
  ])('is refused with half an entry', (text) => {
    expect(() => parseMaySkip(text)).toThrow('needs the lines pattern, reason, lifted by');
  });

  it('is whole, and excuses no training suite for another reason than an index out of reach', () => {
    const list = parseMaySkip(readFileSync(resolve(import.meta.dirname, '../../../.ci/may-skip'), 'utf8'));
    const reasonOf = (output: string) => `python: ${pipProblem(output)}`;
    const offline = `WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...): Failed to
      establish a new connection'\nERROR: No matching distribution found for numpy>=2.0`;
    const wrong = 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device';
    expect(unexcused([reasonOf(offline)], list)).toEqual([]);
    expect(unexcused([reasonOf(wrong)], list)).toEqual([
      'python: pip failed: Could not install packages due to an OSError: [Errno 28] No space left on device',
    ]);
  });
});
