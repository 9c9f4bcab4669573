import { i18n } from '../../locales/index.ts';

/** What a factor or a score is called; one that is called nothing here goes by its id. */
export const scoreName = (id: string): string => {
  const { t, te } = i18n.global;
  const key = [`factors.names.${id}`, `factors.scores.names.${id}`].find((one) => te(one));
  return key === undefined ? id : t(key);
};
