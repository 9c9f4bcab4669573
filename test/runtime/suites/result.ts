import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { type Counts, none, type PlaywrightReport, playwrightCounts } from './counts.ts';
import { playwrightFailures } from './failures.ts';
import { playwrightSkips } from './skips.ts';

export interface SuiteResult {
  counts: Counts;
  /** What failed, one line each, where a report names it. */
  failures?: string[];
  /** What was left out, one line each, with the reason. */
  skips: string[];
}

/** Where the suites' own reports go. */
export const reports = join(root, 'test-results', 'reports');
export const reportFile = (name: string): string => join(reports, name);

export const failed: SuiteResult = { counts: { ...none, failed: 1 }, skips: [] };

/** A suite that could not run counts as one skipped test, so that the closing line cannot hide it. */
export const couldNotRun = (reason: string): SuiteResult => ({ counts: { ...none, skipped: 1 }, skips: [reason] });

/** What a report says; a run that failed without a report, or against its report, counts as one failure. */
export const fromReport = (ok: boolean, file: string, read: (text: string) => SuiteResult): SuiteResult => {
  if (!existsSync(file)) return failed;
  const result = read(readFileSync(file, 'utf8'));
  return !ok && result.counts.failed === 0 ? { ...result, counts: { ...result.counts, failed: 1 } } : result;
};

export const fromPlaywright = (ok: boolean, file: string): SuiteResult =>
  fromReport(ok, file, (text) => {
    const report = JSON.parse(text) as PlaywrightReport;
    return {
      counts: playwrightCounts(report),
      failures: playwrightFailures(report),
      skips: playwrightSkips(report),
    };
  });
