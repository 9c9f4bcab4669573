/** Sentences of a de-identified copy in the language that is set; English where a code is not known. */
import type { DeidentificationPreview, DiffLine } from '#shared/study/deidentify.ts';
import { i18n } from '../../locales/index.ts';

type Sentence = DiffLine['reason'];

const said = (area: 'reasons' | 'warnings', { code, params, text }: Sentence): string => {
  const { t, te } = i18n.global;
  const key = `deidentify.${area}.${code}`;
  return te(key) ? t(key, params) : text;
};

export const reasonText = (reason: Sentence): string => said('reasons', reason);
export const warningText = (warning: Sentence): string => said('warnings', warning);

export const methodText = ({ value, meaning }: DeidentificationPreview['methods'][number]): string => {
  const { t, te } = i18n.global;
  const key = `deidentify.methods.${value}`;
  return te(key) ? t(key) : meaning;
};
