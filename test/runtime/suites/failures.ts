/** Which tests failed and how, a line each: the end of a long run is what a person sees first, or all there is. */
import { stripVTControlCharacters } from 'node:util';
import type { PlaywrightReport, PlaywrightSuite, VitestReport } from './counts.ts';

const LINES = 8;
const CHARACTERS = 500;

/** The beginning of a message, on one line. */
const inOneLine = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, LINES)
    .join(' · ')
    .slice(0, CHARACTERS);

/** Tests that Vitest saw fail, and files that it could not load, as `file › name: message`. */
export const vitestFailures = ({ testResults }: VitestReport, root: string): string[] =>
  testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const file = name.replace(root, '');
    const ended = assertionResults
      .filter((one) => one.status === 'failed')
      .map(({ fullName, failureMessages = [] }) => `${file} › ${fullName}: ${inOneLine(failureMessages.join('\n'))}`);
    const unended = assertionResults
      .filter((one) => one.status === 'pending')
      .map(({ fullName }) => `${file} › ${fullName}: never ended`);
    const unloaded = status === 'failed' && ended.length + unended.length === 0;
    return [...ended, ...unended, ...(unloaded ? [`${file}: ${inOneLine(message)}`] : [])];
  });

/** Tests that Playwright saw fail, once or always, as `project › file › name: message`. */
export const playwrightFailures = ({ suites = [], errors = [] }: PlaywrightReport): string[] => {
  const within = (suite: PlaywrightSuite, file: string): string[] => [
    ...(suite.suites ?? []).flatMap((inner) => within(inner, file)),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ projectName, results = [] }) => {
          const errors = results.flatMap(({ error }) => error ?? []);
          const at = errors[0]?.location;
          // What a page object threw has a line of its own file, which would say nothing of this one.
          const place = at?.file.endsWith(file) ? `${file}:${at.line}` : file;
          return `${projectName} › ${place} › ${title}: ${inOneLine(errors[0]?.message ?? 'no message')}`;
        }),
    ),
  ];
  return [
    ...suites.flatMap((suite) => within(suite, suite.title)),
    ...errors.map(({ message = 'no message' }) => inOneLine(message)),
  ];
};

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** Tests that pytest saw fail, as `class › name: message`, from its JUnit file. */
export const junitFailures = (xml: string): string[] =>
  [
    ...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(?:failure|error)\s[^>]*message="([^"]*)"/g),
  ].map(([, className = '', name = '', message = '']) => {
    return `${unescaped(className)} › ${unescaped(name)}: ${inOneLine(unescaped(message))}`;
  });
