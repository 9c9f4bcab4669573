import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { displayName } from '#shared/study/display-name.ts';
import type { PatientIdentity } from '#shared/study/study.ts';

export const usePatientName = (patient: () => PatientIdentity | undefined, hidden: () => boolean) => {
  const { t } = useI18n();
  return computed(() => {
    const identity = patient();
    if (!identity) return '';
    if (hidden()) return t('common.identity.hidden');
    return displayName(identity) || t('common.identity.unknown');
  });
};
