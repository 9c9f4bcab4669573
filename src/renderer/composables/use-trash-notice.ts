import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAppStore } from '../stores/app.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** Tells every window once of what was erased from the trash by itself, also one that was not there yet. */
export const useTrashNotice = (): void => {
  const app = useAppStore();
  const notices = useNoticesStore();
  const { t } = useI18n();
  watch(
    () => app.records.trashEmptied?.at,
    () => {
      const { trashEmptied } = app.records;
      if (trashEmptied)
        notices.show({ kind: 'warning', text: () => t('cases.trashEmptied', { n: trashEmptied.cases }) });
    },
  );
};
