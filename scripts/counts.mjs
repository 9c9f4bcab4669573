/** What the suites' own machine-readable reports say, as counts. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

export const none = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts[]} all @returns {Counts} */
export const sum = (all) =>
  all.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    none,
  );

/** Vitest's JSON: a file that could not be loaded has no tests, and counts as one failure. */
export const vitestCounts = (report) => {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/** Playwright's JSON: a test that passed only at a second try did not pass. */
export const playwrightCounts = ({ stats, errors = [] }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  skipped: stats.skipped,
});

/** JUnit XML, as pytest writes it. */
export const junitCounts = (xml) => {
  const attribute = (name) => Number(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? 0);
  const failed = attribute('failures') + attribute('errors');
  const skipped = attribute('skipped');
  return { passed: attribute('tests') - failed - skipped, failed, skipped };
};

/** Errors that a checker's output tells of. */
export const typescriptErrors = (output) => output.match(/error TS\d+/g)?.length ?? 0;
export const biomeErrors = (output) => Number(/^Found (\d+) errors?\.$/m.exec(output)?.[1] ?? 0);
export const boundaryErrors = (output) => Number(/\((\d+) errors?, /.exec(output)?.[1] ?? 0);

/** A checker that failed counts its errors, and at least one; one that passed counts nothing: it is no test. */
export const checkerCounts = (ok, output, errorsIn) => ({ ...none, failed: ok ? 0 : Math.max(1, errorsIn(output)) });
