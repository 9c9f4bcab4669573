/** The stages that are said at a board, each with the edition that it is of. Pure. */
import type { FactorValues } from '../clinical/factor-values.ts';
import { bclc } from '../clinical/scores/bclc.ts';
import { childPugh } from '../clinical/scores/child-pugh.ts';
import { cnlc } from '../clinical/scores/cnlc.ts';
import { malbi } from '../clinical/scores/malbi.ts';

export interface Stage {
  score: 'bclc' | 'cnlc' | 'childPugh' | 'malbi' | 'pvtt';
  /** As it is written: `B`, `IIa`, `A5`, `2a`, `vp3`. */
  grade: string;
  /** Of the system, where it has editions. */
  edition: string;
}

/** Only what follows from the factors: a stage that is not decided by them is left out. */
export const stagingOf = (factors: FactorValues): Stage[] => {
  const liver = childPugh(factors);
  const [stage, china] = [bclc(factors), cnlc(factors)];
  const pvtt = factors.pvtt?.value;
  const found: (Stage | undefined)[] = [
    stage.grade === undefined ? undefined : { score: 'bclc', grade: stage.grade, edition: stage.edition },
    china.grade === undefined ? undefined : { score: 'cnlc', grade: china.grade, edition: china.edition },
    liver.grade === undefined || liver.value === null
      ? undefined
      : { score: 'childPugh', grade: `${liver.grade}${liver.value}`, edition: '' },
    malbi(factors).grade === undefined
      ? undefined
      : { score: 'malbi', grade: malbi(factors).grade ?? '', edition: 'Hiraoka' },
    typeof pvtt === 'string' && /^vp[0-4]$/.test(pvtt) ? { score: 'pvtt', grade: pvtt, edition: '' } : undefined,
  ];
  return found.filter((one) => one !== undefined);
};
