/** What the suites' own machine-readable reports say, as counts. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    none,
  );

export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** Vitest's JSON: a file that could not be loaded has no tests, and counts as one failure. */
export const vitestCounts = (report: VitestReport): Counts => {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

export interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: { projectName: string; status: string; annotations: { type: string; description?: string }[] }[];
  }[];
}
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
  suites?: PlaywrightSuite[];
}

/** Playwright's JSON: a test that passed only at a second try did not pass. */
export const playwrightCounts = ({ stats, errors = [] }: PlaywrightReport): Counts => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  skipped: stats.skipped,
});

/** JUnit XML, as pytest writes it. */
export const junitCounts = (xml: string): Counts => {
  const attribute = (name: string) => Number(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? 0);
  const failed = attribute('failures') + attribute('errors');
  const skipped = attribute('skipped');
  return { passed: attribute('tests') - failed - skipped, failed, skipped };
};

/** Errors that a checker's output tells of. */
export const typescriptErrors = (output: string): number => output.match(/error TS\d+/g)?.length ?? 0;
export const biomeErrors = (output: string): number => Number(/^Found (\d+) errors?\.$/m.exec(output)?.[1] ?? 0);
export const boundaryErrors = (output: string): number => Number(/\((\d+) errors?, /.exec(output)?.[1] ?? 0);

/** A checker that failed counts its errors, and at least one; one that passed counts nothing: it is no test. */
export const checkerCounts = (ok: boolean, output: string, errorsIn: (output: string) => number): Counts => ({
  ...none,
  failed: ok ? 0 : Math.max(1, errorsIn(output)),
});
