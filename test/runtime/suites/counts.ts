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
  testResults: {
    name: string;
    status: string;
    /** Why the file could not be loaded. */
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** How Vitest reports a test that was left out; `pending` is one that was to run and never ended. */
export const isLeftOut = ({ status }: { status: string }): boolean => ['skipped', 'todo', 'disabled'].includes(status);

/**
 * Vitest's JSON, counted test by test: its own totals leave out what never began. A file that failed without a test that
 * did (it could not be loaded, or its process died) counts as one failure.
 */
export const vitestCounts = ({ testResults }: VitestReport): Counts => {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      assertionResults.some((one) => one.status === 'pending') ||
      (status === 'failed' && !assertionResults.some((one) => one.status === 'failed')),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: tests.filter(isLeftOut).length,
  };
};

export interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: {
      projectName: string;
      status: string;
      annotations: { type: string; description?: string }[];
      /** One a try. */
      results?: { error?: { message?: string; location?: { file: string; line: number } } }[];
    }[];
  }[];
}
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: { message?: string }[];
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
