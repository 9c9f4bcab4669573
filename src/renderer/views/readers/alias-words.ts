import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Alias } from '#shared/board/alias.ts';

/** An alias in the language that is set. */
export const useAliasWords = () => {
  const { t } = useI18n();
  const words = computed(() => t('board.birds').split(' '));
  return ({ word, number }: Alias): string => t('board.alias', { word: words.value[word] ?? '', number });
};
