/** Known weaknesses of the packages in the lock file: of what is packed, of what the page bundles, and of what builds it. */
import { z } from 'zod';
import { npm } from '../../../scripts/install.mjs';
import { none } from './counts.ts';
import { say } from './process.ts';
import { couldNotRun, type SuiteResult } from './result.ts';

/** The page's packages are development dependencies, which npm leaves out where NODE_ENV says production. */
export const AUDIT = ['audit', '--json', '--include=dev', '--include=optional', '--include=peer'];

const answerSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
});
const refusalSchema = z.object({
  statusCode: z.number().optional(),
  error: z.object({ code: z.string().optional() }).optional(),
});

export interface Weakness {
  /** High or critical: it fails the run. Lesser ones are told. */
  fails: boolean;
  text: string;
}

/** What npm answered; a reason where the registry answers no such question, or not at all. */
export const readAudit = (output: string): { weaknesses: Weakness[] } | { reason: string } => {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return { reason: 'npm gave no readable answer' };
  }
  const answer = answerSchema.safeParse(json);
  if (!answer.success) {
    const refusal = refusalSchema.safeParse(json).data;
    const why = refusal?.statusCode ?? refusal?.error?.code;
    return { reason: `the package registry answers no question about weaknesses${why ? ` (${why})` : ''}` };
  }
  const weaknesses = Object.entries(answer.data.vulnerabilities).flatMap(([name, { severity, via }]) =>
    // A name instead of a weakness: it comes by the package of that name, which has its own entry.
    via.flatMap((one) =>
      typeof one === 'string'
        ? []
        : {
            fails: severity === 'high' || severity === 'critical',
            text: `${name}: ${severity}: ${one.title} ${one.url}`,
          },
    ),
  );
  return { weaknesses };
};

export const audit = async (): Promise<SuiteResult> => {
  const { stdout } = npm(AUDIT, { encoding: 'utf8', timeout: 60_000 });
  const found = readAudit(stdout ?? '');
  if ('reason' in found) return couldNotRun(found.reason);
  for (const { text } of found.weaknesses) say(text);
  return { counts: { ...none, failed: found.weaknesses.filter(({ fails }) => fails).length }, skips: [] };
};
