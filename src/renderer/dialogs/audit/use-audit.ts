import { computed, onMounted, shallowRef, watch } from 'vue';
import type { AuditFilter, AuditLine, AuditNames } from '#shared/cases/audit.ts';
import { useClient, useHost } from '../../client/index.ts';
import { useAttempt } from '../../composables/use-attempt.ts';
import { useJobsStore } from '../../stores/jobs.ts';

/** The start of a day where the user is, `days` later, in UTC. */
const startOfDay = (date: string, days = 0): string | undefined => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return date === '' ? undefined : new Date(year, month - 1, day + days).toISOString();
};

/** The audit log page by page, newest first, through filters; and as a file. */
export const useAudit = () => {
  const client = useClient();
  const host = useHost();
  const jobs = useJobsStore();
  const caseId = shallowRef('');
  const actor = shallowRef('');
  const action = shallowRef('');
  const from = shallowRef('');
  const until = shallowRef('');
  const entries = shallowRef<readonly AuditLine[]>([]);
  const next = shallowRef<number | null>(null);
  const names = shallowRef<AuditNames>({ actors: [], actions: [] });
  const written = shallowRef<{ entries: number; file: string; isDownload: boolean }>();
  let asked = 0;

  const filter = computed<AuditFilter>(() => {
    const [begin, end] = [startOfDay(from.value), startOfDay(until.value, 1)];
    return {
      ...(caseId.value.trim() ? { caseId: caseId.value.trim() } : {}),
      ...(actor.value ? { actor: actor.value } : {}),
      ...(action.value ? { action: action.value } : {}),
      ...(begin ? { from: begin } : {}),
      ...(end ? { until: end } : {}),
    };
  });
  const isFiltered = computed(() => Object.keys(filter.value).length > 0);

  const { failure, attempt } = useAttempt();

  /** Answers that were overtaken by a newer question are dropped. */
  const load = (before?: number) =>
    attempt(async () => {
      asked += 1;
      const mine = asked;
      const page = await client.call('audit.list', { ...filter.value, ...(before === undefined ? {} : { before }) });
      if (mine !== asked) return;
      entries.value = before === undefined ? page.entries : [...entries.value, ...page.entries];
      next.value = page.next;
    });

  const more = () => (next.value === null ? Promise.resolve() : load(next.value));
  const clear = () => {
    for (const one of [caseId, actor, action, from, until]) one.value = '';
  };

  const save = () =>
    attempt(async () => {
      written.value = undefined;
      const destination = await host.chooseDestination();
      if (!destination) return;
      const result = await jobs.run('exportAudit', (jobId) =>
        client.call('audit.export', { ...filter.value, destination: destination.destination, jobId }),
      );
      destination.deliver?.();
      written.value = { ...result, isDownload: destination.deliver !== undefined };
      await load();
    });

  onMounted(() =>
    attempt(async () => {
      names.value = await client.call('audit.names', {});
      await load();
    }),
  );
  watch(filter, () => load());

  return { caseId, actor, action, from, until, entries, next, names, failure, written, isFiltered, more, clear, save };
};
