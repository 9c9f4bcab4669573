import { describe, expect, test } from 'vitest';
import {
  biomeErrors,
  boundaryErrors,
  checkerCounts,
  junitCounts,
  playwrightCounts,
  sum,
  typescriptErrors,
  vitestCounts,
} from '../../runtime/suites/counts.ts';
import { vitestSkips } from '../../runtime/suites/skips.ts';

describe('the counts of', () => {
  test('Vitest are of every test, and of every file that could not be loaded', () => {
    const report = {
      testResults: [
        { name: '/a.test.ts', status: 'failed', assertionResults: [] },
        { name: '/b.test.ts', status: 'failed', assertionResults: [{ fullName: 'b', status: 'failed' }] },
        {
          name: '/c.test.ts',
          status: 'passed',
          assertionResults: ['passed', 'passed', 'skipped', 'todo'].map((status) => ({ fullName: 'c', status })),
        },
      ],
    };
    expect(vitestCounts(report)).toStrictEqual({ passed: 2, failed: 2, skipped: 2 });
  });

  test('Vitest take a file whose process died for failed, and none of its tests for left out', () => {
    const statuses = ['passed', 'skipped', 'pending', 'pending'];
    for (const status of ['failed', 'passed']) {
      const report = {
        testResults: [
          { name: '/a.test.ts', status, assertionResults: statuses.map((one) => ({ fullName: 'a', status: one })) },
        ],
      };
      expect(vitestCounts(report)).toStrictEqual({ passed: 1, failed: 1, skipped: 1 });
      expect(vitestSkips(report, '')).toHaveLength(1);
    }
  });

  test('Playwright take what passed at the second try, and what broke outside a test, for failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats, errors: [{}] })).toStrictEqual({ passed: 3, failed: 3, skipped: 2 });
  });

  test('pytest are those of its JUnit file', () => {
    const xml = '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.0">';
    expect(junitCounts(xml)).toStrictEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  test('a checker are its errors, at least one where it failed, none where it passed', () => {
    expect(checkerCounts(false, 'a.ts(1,2): error TS2345: x\nb.ts(1,2): error TS1: y', typescriptErrors).failed).toBe(
      2,
    );
    expect(checkerCounts(false, 'Checked 9 files.\nFound 12 errors.\n', biomeErrors).failed).toBe(12);
    expect(
      checkerCounts(false, 'x 3 dependency violations (2 errors, 1 warnings). 4 modules', boundaryErrors).failed,
    ).toBe(2);
    expect(checkerCounts(false, 'it crashed', biomeErrors).failed).toBe(1);
    expect(checkerCounts(true, 'Found 1 error.', biomeErrors)).toStrictEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  test('all suites add up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sum([one, one, one])).toStrictEqual({ passed: 3, failed: 6, skipped: 9 });
    expect(sum([])).toStrictEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
