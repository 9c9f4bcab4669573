/** How long the suites of the last run took, kept for `npm run bench -- figures`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Counts } from './counts.ts';
import { reportFile } from './result.ts';

const timesSchema = z.object({
  cores: z.number(),
  suites: z.record(
    z.string(),
    z.object({ seconds: z.number(), passed: z.number(), failed: z.number(), skipped: z.number() }),
  ),
});
export type Times = z.infer<typeof timesSchema>['suites'];

const FILE = 'times.json';

export const keepTimes = (suites: Record<string, Counts & { seconds: number }>, file = reportFile(FILE)): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ cores: availableParallelism(), suites }, null, 2)}\n`);
};

/** Undefined where no run was ended here, or something else lies in its place. */
export const readTimes = (file = reportFile(FILE)): Times | undefined =>
  existsSync(file) ? timesSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.suites : undefined;
