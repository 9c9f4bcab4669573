/** What a table's word for a part of a cohort means for evaluation. */
import type { Split } from './evidence-row.ts';

const training = /^(train(ing)?|dev(elopment)?|deriv(ation)?|discovery|fit|tun(e|ing)|训练(集|队列)?|开发(集|队列)?)$/i;
const heldOut =
  /^(test(ing)?|(internal |external |temporal )?valid(ation)?|external|temporal|held.?out|测试(集|队列)?|(内部|外部)?验证(集|队列)?)$/i;

/** A word that is not known is not taken for held out: a training patient among the evaluated flatters the model. */
export const splitOf = (word: string | undefined): Split => {
  const written = word?.trim() ?? '';
  if (written === '') return 'none';
  if (training.test(written)) return 'training';
  return heldOut.test(written) ? 'held-out' : 'unknown';
};
