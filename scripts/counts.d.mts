export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export const none: Counts;
export const sum: (all: Counts[]) => Counts;
export const vitestCounts: (report: {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}) => Counts;
export const playwrightCounts: (report: {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
}) => Counts;
export const junitCounts: (xml: string) => Counts;
export const typescriptErrors: (output: string) => number;
export const biomeErrors: (output: string) => number;
export const boundaryErrors: (output: string) => number;
export const checkerCounts: (ok: boolean, output: string, errorsIn: (output: string) => number) => Counts;
