import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PatientIdentity } from '#shared/study/study.ts';

/**
 * The name as the patient writes it: the ideographic group first, then the alphabetic one (PS3.5 6.2). `[?]` behind it:
 * its characters were guessed.
 */
export const displayName = (patient: PatientIdentity): string => {
  const { ideographic, alphabetic } = patient.nameGroups ?? {};
  const groups = [ideographic, alphabetic].filter((group): group is string => Boolean(group));
  const text = groups.length > 0 ? groups.join(' · ') : patient.patientName;
  const name = text.replaceAll('^', ' ').trim();
  return patient.guessedEncoding && name ? `${name} [?]` : name;
};

export const usePatientName = (patient: () => PatientIdentity | undefined, hidden: () => boolean) => {
  const { t } = useI18n();
  return computed(() => {
    const identity = patient();
    if (!identity) return '';
    if (hidden()) return t('common.identity.hidden');
    return displayName(identity) || t('common.identity.unknown');
  });
};
