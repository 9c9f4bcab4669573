import { useI18n } from 'vue-i18n';

/** What was done, in words; its own name where a later release wrote the entry. Action names hold dots, so no path is looked up. */
export const useActionName = () => {
  const { tm } = useI18n();
  return (action: string): string => {
    const names = tm('audit.actions') as Record<string, unknown>;
    const name = names[action];
    return typeof name === 'string' ? name : action;
  };
};
