import type { FactorValues } from '../factor-values.ts';
import { albi } from './albi.ts';
import { crafity } from './crafity.ts';
import type { Score } from './score.ts';
import { sixAndTwelve, upToSeven } from './tumour-burden.ts';

/** Scores that are compared with a model's answer, in the order they are shown. */
export const comparatorScores = (values: FactorValues): readonly Score[] =>
  [crafity, sixAndTwelve, upToSeven, albi].map((score) => score(values));
