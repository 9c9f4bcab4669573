import { factorColumn } from '#shared/cohort/outcome-columns.ts';
import { i18n } from '../../locales/index.ts';
import { factorName } from '../../panels/factors/say.ts';

/** What a column means, in the user's words: `AFP (ng/mL)` for `afp:ng/mL`. */
export const targetLabel = (target: string): string => {
  const factor = factorColumn(target);
  if (!factor || factor === 'unknown') return i18n.global.t(`cases.import.targets.${target}`);
  return factor.unit === undefined ? factorName(factor.id) : `${factorName(factor.id)} (${factor.unit})`;
};
