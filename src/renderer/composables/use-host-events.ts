import { onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClient } from '../client/index.ts';
import { useAppStore } from '../stores/app.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { useCommands } from './commands.ts';
import { useCaseFlow } from './use-case-flow.ts';

/** Listens to what the host asks for: a study to open, a menu command, a worker that had to be restarted. */
export const useHostEvents = (): void => {
  const client = useClient();
  const flow = useCaseFlow();
  const app = useAppStore();
  const notices = useNoticesStore();
  const commands = useCommands();
  const { t } = useI18n();
  const life = new AbortController();
  onScopeDispose(() => life.abort());

  /** Asked for while nobody is there to see it: opened once somebody is. */
  let waiting: string | undefined;
  const open = (path: string) => {
    if (app.isCovered || app.shownTo === undefined) waiting = path;
    else void flow.openPath(path);
  };
  watch(
    () => !app.isCovered && app.shownTo !== undefined,
    (isShown) => {
      const path = waiting;
      if (!isShown || path === undefined) return;
      waiting = undefined;
      open(path);
    },
  );
  client.on('host.open', ({ path }) => open(path), life.signal);
  client.on(
    'host.command',
    ({ command }) => {
      if (app.isCovered) return;
      const known = commands.value.find((candidate) => candidate.id === command);
      if (known?.enabled) void known.run();
    },
    life.signal,
  );
  client.on(
    'worker.restarted',
    () => notices.show({ kind: 'warning', text: () => t('errors.worker-died') }),
    life.signal,
  );
  client.on('records.changed', () => void app.refreshRecords(), life.signal);
};
