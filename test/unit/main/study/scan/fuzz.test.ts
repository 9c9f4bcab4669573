import { describe, expect, it } from 'vitest';
import { corpus, fuzzedFile } from '../../../../fuzz/corpus.ts';
import { seeded } from '../../../../fuzz/random.ts';
import { execute } from '../../../../fuzz/targets.ts';

/** A fixed set of seeds, so that a failure is the same everywhere; `node test/fuzz/dicom.ts` goes on from there. */
const executions = 1_500;
/** A slow machine runs fewer seeds rather than longer. */
const budgetMs = 15_000;

describe('mutated files', () => {
  it('neither crash nor hang nor take more than four times their size', { timeout: 60_000 }, async () => {
    const files = corpus();
    const startedAt = performance.now();
    const findings: string[] = [];
    let done = 0;
    for (let seed = 1; seed <= executions && performance.now() - startedAt < budgetMs; seed++) {
      const random = seeded(seed);
      const found = await execute(fuzzedFile(files, random));
      findings.push(...found.map(({ kind, target, detail }) => `seed ${seed}: ${kind} in ${target}: ${detail}`));
      done++;
    }
    expect(findings).toEqual([]);
    expect(done).toBeGreaterThan(100);
  });

  it('would be found out if they did', async () => {
    const found = await execute(new Uint8Array(8), {
      crashing: () => {
        throw new TypeError('not a refusal');
      },
      greedy: () => new Float64Array(16 * 1024 ** 2).fill(1),
    });
    expect(found.map(({ kind, target }) => [kind, target])).toEqual(
      expect.arrayContaining([
        ['crash', 'crashing'],
        ['memory', 'greedy'],
      ]),
    );
  });
});
