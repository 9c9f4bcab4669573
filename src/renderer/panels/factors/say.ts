/** Messages in the language that is set; reactive where it is called inside a computed value or a template. */

import { type Message, summaryParts } from '#shared/clinical/factor-messages.ts';
import type { FactorEntry, FactorId, FactorValues } from '#shared/clinical/factor-values.ts';
import { entryText, unitLabel } from '#shared/clinical/labels.ts';
import { i18n } from '../../locales/index.ts';

export const say = (message: Message): string =>
  i18n.global.t(message.key, message.params, { plural: Number(message.params.n ?? 1) });

export const factorName = (id: FactorId): string => i18n.global.t(`factors.names.${id}`);

export const factorNames = (ids: readonly FactorId[]): string =>
  ids.map(factorName).join(i18n.global.locale.value === 'zh-CN' ? '、' : ', ');

/** A value with its sign and unit, e.g. `>60500 ng/mL`, `58 years`. */
export const quantityLabel = (entry: FactorEntry): string => {
  const unit = entry.unit === 'years' ? i18n.global.t('factors.years') : unitLabel(entry.unit ?? '');
  return `${entryText(entry)} ${unit}`.trim();
};

/** An entry of a factor: the words of its option, or its quantity. */
export const entryLabel = (id: FactorId, entry: FactorEntry): string => {
  const key = `factors.options.${id}.${entry.value}`;
  return i18n.global.te(key) ? i18n.global.t(key) : quantityLabel(entry);
};

/** The line of the folded panel, e.g. `21 of 29 entered · BCLC C · Child–Pugh A6 · ALBI 2`. */
export const factorsSummary = (values: FactorValues): string => summaryParts(values).map(say).join(' · ');
