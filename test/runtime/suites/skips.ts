/** What a run left out, and whether continuous integration may leave it out. */
import { isLeftOut, type PlaywrightReport, type PlaywrightSuite, type VitestReport } from './counts.ts';

/** Tests that Vitest left out, as `file › name`: the name says why. */
export const vitestSkips = (report: VitestReport, root: string): string[] =>
  report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(isLeftOut).map(({ fullName }) => `${name.replace(root, '')} › ${fullName}`),
  );

/** Tests that Playwright left out, as `project › name [reason]`. */
export const playwrightSkips = ({ suites = [] }: PlaywrightReport): string[] => {
  const within = (suite: PlaywrightSuite): string[] => [
    ...(suite.suites ?? []).flatMap(within),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'skipped')
        .map(({ projectName, annotations }) => {
          const reason = annotations.find(({ type }) => type === 'skip')?.description;
          return `${projectName} › ${title} [${reason ?? 'no reason given'}]`;
        }),
    ),
  ];
  return suites.flatMap(within);
};

/** Tests that pytest left out, as `class › name [reason]`, from its JUnit file. */
export const junitSkips = (xml: string): string[] =>
  [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<skipped\s[^>]*message="([^"]*)"/g)].map(
    ([, className, name, reason]) => `${className} › ${name} [${reason}]`,
  );

export interface MaySkip {
  pattern: RegExp;
  reason: string;
  /** What would have to change for the test to run. */
  liftedBy: string;
}

const FIELDS = ['pattern', 'reason', 'lifted by'] as const;

/**
 * The kept list: entries of three lines, `pattern:`, `reason:` and `lifted by:`, with an empty line between them and `#`
 * before remarks. Throws where an entry is not whole, because half an entry excuses what nobody meant to excuse.
 */
export const parseMaySkip = (text: string): MaySkip[] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/)
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [pattern, reason, liftedBy, ...more] = entry
        .trim()
        .split('\n')
        .map((line, index) => {
          const start = `${FIELDS[index]}: `;
          return line.startsWith(start) ? line.slice(start.length).trim() : '';
        });
      if (!pattern || !reason || !liftedBy || more.length > 0) {
        throw new Error(`An entry of .ci/may-skip needs the lines ${FIELDS.join(', ')}, and has: ${entry.trim()}`);
      }
      return { pattern: new RegExp(pattern), reason, liftedBy };
    });

/** What of `skips` no entry of the list excuses. */
export const unexcused = (skips: readonly string[], list: readonly MaySkip[]): string[] =>
  skips.filter((skip) => !list.some(({ pattern }) => pattern.test(skip)));
