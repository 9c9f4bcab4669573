/**
 * Fuzzes parse, scan, decode, tags, DICOMDIR and zip: `node test/fuzz/dicom.ts [--minutes N] [--seed N] [--keep DIR]`.
 * Every finding is printed with its seed and written to DIR; the exit code is 1 where there was one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpus, fuzzedFile } from './corpus.ts';
import { seeded } from './random.ts';
import { execute } from './targets.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keep: { type: 'string' },
  },
});

const files = corpus();
const until = performance.now() + Number(values.minutes) * 60_000;
let executions = 0;
let findings = 0;
for (let seed = Number(values.seed); performance.now() < until; seed++) {
  const random = seeded(seed);
  const mutated = fuzzedFile(files, random);
  for (const finding of await execute(mutated)) {
    findings++;
    console.log(`seed ${seed}: ${finding.kind} in ${finding.target}: ${finding.detail}`);
    if (values.keep) {
      mkdirSync(values.keep, { recursive: true });
      writeFileSync(join(values.keep, `${finding.kind}-${finding.target}-${seed}.dcm`), mutated);
    }
  }
  executions++;
}
console.log(`${executions} executions over ${files.length} files, ${findings} findings`);
process.exitCode = findings > 0 ? 1 : 0;
