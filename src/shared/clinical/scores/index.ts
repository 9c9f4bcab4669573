/** All derived scores of a patient, in the order they are shown. */
import type { FactorValues } from '../factor-values.ts';
import { albi } from './albi.ts';
import { bclc } from './bclc.ts';
import { nlr, plr } from './blood-ratios.ts';
import { childPugh } from './child-pugh.ts';
import { cnlc } from './cnlc.ts';
import { crafity } from './crafity.ts';
import { malbi } from './malbi.ts';
import { palbi } from './palbi.ts';
import type { Score } from './score.ts';
import { sixAndTwelve, upToSeven } from './tumour-burden.ts';

export const deriveScores = (values: FactorValues): readonly Score[] =>
  [bclc, cnlc, childPugh, albi, malbi, palbi, nlr, plr, crafity, sixAndTwelve, upToSeven].map((score) => score(values));
