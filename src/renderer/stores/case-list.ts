import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CaseColumn, CaseCursor, CasePage, CaseQuery, CaseSort } from '#shared/cases/case.ts';
import { today } from '#shared/format.ts';
import { useClient } from '../client/index.ts';

export type CaseFilter =
  | 'all'
  | 'in-progress'
  | 'predicted'
  | 'above-threshold'
  | 'below-threshold'
  | 'withheld'
  | 'closed'
  | 'due'
  | 'outcome-missing'
  | 'trashed';

/** As many as a person looks through; the rest is a page away. */
export const PAGE_LENGTH = 100;

const NEWEST_FIRST: CaseSort = { by: 'changed', descending: true };
/** The first click on a column: names from A on, everything else from the newest or the most. */
const firstWay = (by: CaseColumn): CaseSort => ({ by, descending: !['patient', 'patientId', 'model'].includes(by) });

const asksFor = (filter: CaseFilter): CaseQuery => {
  switch (filter) {
    case 'all':
      return {};
    case 'closed':
    case 'outcome-missing':
      return { course: filter };
    case 'due':
      return { course: filter, today: today() };
    case 'trashed':
      return { trashed: true };
    case 'in-progress':
    case 'predicted':
      return { status: filter };
    case 'above-threshold':
    case 'below-threshold':
    case 'withheld':
      return { decision: filter };
  }
};

/** Which cases are listed, in which order, and the page of them that is shown. Kept while other places are visited. */
export const useCaseListStore = defineStore('case-list', () => {
  const client = useClient();
  const text = shallowRef('');
  const filter = shallowRef<CaseFilter>('all');
  const sort = shallowRef<CaseSort>(NEWEST_FIRST);
  /** Where each page before the one shown ended: the way back, since a page is found only by the one before it. */
  const cursors = shallowRef<CaseCursor[]>([]);
  const page = shallowRef<CasePage>({ cases: [], total: 0, isMore: false, next: null });
  let asked = 0;

  /** Reads the page again; of answers that overtake each other only the last question's counts. */
  const load = async (): Promise<void> => {
    const own = ++asked;
    const after = cursors.value.at(-1);
    const query: CaseQuery = { limit: PAGE_LENGTH, sort: sort.value, ...asksFor(filter.value) };
    const answer = await client.call('cases.list', {
      ...query,
      ...(text.value ? { text: text.value } : {}),
      ...(after ? { after } : {}),
    });
    if (own !== asked) return;
    // What filled the last page is gone, to the trash for example.
    if (answer.cases.length === 0 && cursors.value.length > 0) {
      cursors.value = cursors.value.slice(0, -1);
      await load();
      return;
    }
    page.value = answer;
  };

  /** Another question begins with its first page. */
  const ask = (change: () => void): Promise<void> => {
    change();
    cursors.value = [];
    return load();
  };

  const first = computed(() => cursors.value.length * PAGE_LENGTH + 1);
  return {
    text,
    filter,
    sort,
    page,
    filtered: computed(() => text.value !== '' || filter.value !== 'all'),
    /** Numbers of the first and the last case shown, from 1. */
    range: computed(() => ({ first: first.value, last: first.value + page.value.cases.length - 1 })),
    hasPrevious: computed(() => cursors.value.length > 0),
    hasNext: computed(() => page.value.next !== null),
    load,
    search: (wanted: string) =>
      ask(() => {
        text.value = wanted;
      }),
    show: (wanted: CaseFilter) =>
      ask(() => {
        filter.value = wanted;
      }),
    sortBy: (by: CaseColumn) =>
      ask(() => {
        const { by: before, descending } = sort.value;
        sort.value = before === by ? { by, descending: !descending } : firstWay(by);
      }),
    clear: () =>
      ask(() => {
        text.value = '';
        filter.value = 'all';
      }),
    next: async () => {
      const { next } = page.value;
      if (!next) return;
      cursors.value = [...cursors.value, next];
      await load();
    },
    previous: async () => {
      cursors.value = cursors.value.slice(0, -1);
      await load();
    },
  };
});
