import { useClient, useHost } from '../client/index.ts';
import { i18n } from '../locales/index.ts';
import { modelTitle } from '../locales/package-words.ts';
import type { Wording } from '../locales/said.ts';
import { useAppStore } from '../stores/app.ts';
import { useJobsStore } from '../stores/jobs.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** Installing, removing and choosing models. What is said comes from what the application answers. */
export const useModels = () => {
  const client = useClient();
  const host = useHost();
  const app = useAppStore();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const { t } = i18n.global;

  /** As the package names it now: it may be gone by the time that this is read. */
  const nameOf = (id: string): Wording => {
    const manifest = app.models.find((model) => model.manifest.id === id)?.manifest;
    return () => (manifest ? modelTitle(manifest) : id);
  };
  const say = (what: 'installed' | 'removed' | 'default', name: Wording) =>
    notices.show({ kind: 'info', text: () => t(`models.${what}Notice`, { name: name() }) });

  const install = async (kind: 'folder' | 'zip') => {
    const picked = await host.pickModel(kind);
    if (!picked) return;
    const path = await jobs.pathOf(picked);
    const { id } = await jobs.run('install', (jobId) => client.call('models.install', { path, jobId }));
    app.takeModels(await client.call('models.list', {}));
    say('installed', nameOf(id));
  };

  const remove = async (id: string) => {
    const name = nameOf(id);
    app.takeModels(await client.call('models.remove', { id }));
    say('removed', name);
  };

  const setDefault = async (id: string) => {
    app.takeModels(await client.call('models.setDefault', { id }));
    say('default', nameOf(app.defaultModel?.manifest.id ?? id));
  };

  const refresh = async () => app.takeModels(await client.call('models.refresh', {}));

  return { install, remove, setDefault, refresh };
};
