import { describe, expect, it } from 'vitest';
import { junitFailures, playwrightFailures, vitestFailures } from '../../runtime/suites/failures.ts';

describe('what failed', () => {
  it('is read from Vitest’s report, by file and name: what failed, what never ended, what could not be loaded', () => {
    const testResults = [
      {
        name: '/project/test/unit/a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'holds', status: 'passed', failureMessages: [] },
          { fullName: 'fails', status: 'failed', failureMessages: ['\u001B[31mError: 1\u001B[39m\n\n    at a.ts:3'] },
          { fullName: 'hangs', status: 'pending', failureMessages: [] },
          { fullName: 'is left out', status: 'skipped' },
        ],
      },
      { name: '/project/test/unit/b.test.ts', status: 'failed', message: 'No such file', assertionResults: [] },
    ];
    expect(vitestFailures({ testResults }, '/project/')).toEqual([
      'test/unit/a.test.ts › fails: Error: 1 · at a.ts:3',
      'test/unit/a.test.ts › hangs: never ended',
      'test/unit/b.test.ts: No such file',
    ]);
  });

  it('is read from Playwright’s report, by project, file and line: at any try, and outside a test', () => {
    const one = (
      title: string,
      status: string,
      results: { error?: { message: string; location: { file: string; line: number } } }[],
    ) => ({
      title,
      tests: [{ projectName: 'browser', status, annotations: [], results }],
    });
    const error = {
      message: 'Error: not visible\n\n  Expected: visible',
      location: { file: '/project/test/e2e/a.spec.ts', line: 12 },
    };
    const elsewhere = { message: 'no pane', location: { file: '/project/test/e2e/pages/case-page.ts', line: 7 } };
    const inner = { title: 'inner', specs: [one('fails', 'unexpected', [{ error }]), one('holds', 'expected', [{}])] };
    const helped = { title: 'helped', specs: [one('is helped', 'unexpected', [{ error: elsewhere }])] };
    const suites = [{ title: 'a.spec.ts', suites: [inner, helped], specs: [one('wavers', 'flaky', [{ error }, {}])] }];
    const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
    expect(playwrightFailures({ stats, suites, errors: [{ message: 'no worker' }] })).toEqual([
      'browser › a.spec.ts:12 › fails: Error: not visible · Expected: visible',
      'browser › a.spec.ts › is helped: no pane',
      'browser › a.spec.ts:12 › wavers: Error: not visible · Expected: visible',
      'no worker',
    ]);
  });

  it('is read from pytest’s file', () => {
    const xml = `<testsuite><testcase classname="tests.test_a" name="test_b[1]" time="0.1"><failure
      message="assert 1 &lt; 0&#10;  + where 1">x</failure></testcase><testcase classname="c" name="d" time="1" />
      <testcase classname="c" name="e" time="1"><error message="no fixture &amp;lt;">x</error></testcase></testsuite>`;
    expect(junitFailures(xml)).toEqual([
      'tests.test_a › test_b[1]: assert 1 < 0 · + where 1',
      'c › e: no fixture &lt;',
    ]);
  });

  it('is told shortly, however long a message is', () => {
    const message = Array.from({ length: 50 }, (_, line) => `line ${line} ${'x'.repeat(100)}`).join('\n');
    const [line] = playwrightFailures({
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{ message }],
    });
    expect(line).toHaveLength(500);
    expect(line).not.toContain('\n');
  });
});
