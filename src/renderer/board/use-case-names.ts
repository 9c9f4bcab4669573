import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { type Alias, aliasesOf, aliasOf } from '#shared/board/alias.ts';
import { displayName } from '#shared/study/display-name.ts';
import type { PatientIdentity } from '#shared/study/study.ts';

/** What the cases of a list are called: by name, or while identities are hidden by an alias that no other one of them has. */
export const useCaseNames = (caseIds: () => readonly string[], hidden: () => boolean) => {
  const { t } = useI18n();
  const aliases = computed(() => aliasesOf(caseIds()));
  const words = computed(() => t('board.birds').split(' '));
  const sayAlias = ({ word, number }: Alias): string => t('board.alias', { word: words.value[word] ?? '', number });
  return (caseId: string, patient: PatientIdentity): string =>
    hidden()
      ? sayAlias(aliases.value.get(caseId) ?? aliasOf(caseId))
      : displayName(patient) || t('common.identity.unknown');
};
