import { onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClient } from '../client/index.ts';
import { errorSentence } from '../locales/errors.ts';
import { useAppStore } from '../stores/app.ts';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** Tells every window of a backup that failed, until one is made: nobody opens the settings to find out. */
export const useBackupNotice = (): void => {
  const client = useClient();
  const app = useAppStore();
  const dialogs = useDialogsStore();
  const notices = useNoticesStore();
  const { t } = useI18n();
  const life = new AbortController();
  onScopeDispose(() => life.abort());
  let told: { problem: string; notice: number } | undefined;

  const look = async () => {
    if (app.records.state !== 'open' || app.needsSignIn) return;
    // Not now: it is asked for again with the next change.
    const status = await client.call('backup.status', {}).catch(() => undefined);
    if (!status || status.problem === told?.problem) return;
    if (told) notices.dismiss(told.notice);
    const { problem } = status;
    told = problem === undefined ? undefined : { problem, notice: show(problem) };
  };
  const show = (problem: string): number =>
    notices.show({
      kind: 'warning',
      text: () => `${t('settings.backup.missed')} ${errorSentence({ code: problem, message: '' })}`,
      action: {
        label: () => t('settings.title'),
        run: () => {
          dialogs.open = 'settings';
        },
      },
    });

  watch(
    () => app.records.state === 'open' && !app.needsSignIn,
    () => void look(),
    { immediate: true },
  );
  // Changes of single cases are no backups.
  client.on(
    'records.changed',
    ({ caseId }) => {
      if (caseId === undefined) void look();
    },
    life.signal,
  );
};
