import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const workflow = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../../.github/workflows', name), 'utf8');
/** The jobs of a workflow by name, each as its lines. */
const jobsOf = (text: string): Map<string, string> => {
  const [, jobs = ''] = text.split(/^jobs:\n/m);
  return new Map(
    jobs.split(/^(?= {2}[\w-]+:$)/m).flatMap((job): [string, string][] => {
      const name = /^ {2}([\w-]+):$/m.exec(job)?.[1];
      return name === undefined ? [] : [[name, job]];
    }),
  );
};
const needs = (job: string | undefined) => /^ {4}needs: (\S+)$/m.exec(job ?? '')?.[1];

it('releases nothing before the whole suite has passed', () => {
  const release = jobsOf(workflow('release.yml'));
  const [called] = [...release].find(([, job]) => job.includes('    uses: ./.github/workflows/test.yml\n')) ?? [];
  expect(called).toBeDefined();
  for (const [name, job] of release) {
    const before = needs(job);
    if (name === called) expect(job).not.toMatch(/^ {4}(?:needs|if|continue-on-error):/m);
    // By itself or by what it waits for.
    else expect([before, needs(release.get(before ?? ''))], name).toContain(called);
    expect(job, name).not.toMatch(/if: .*(?:always|failure|cancelled)\(/);
  }
  const test = workflow('test.yml');
  expect(test).toMatch(/^ {2}workflow_call:$/m);
  expect(test).toMatch(/^ {6}- run: npm test$/m);
  expect(test).not.toContain('continue-on-error');
});
