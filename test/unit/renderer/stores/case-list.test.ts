import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { CasePage, CaseQuery, SavedCase } from '#shared/cases/case.ts';
import { newestVersion } from '../../../../src/main/cases/file/migrate.ts';
import { listCases } from '../../../../src/main/cases/list/list-cases.ts';
import { listAgain } from '../../../../src/main/cases/list/list-row.ts';
import { PAGE_LENGTH, useCaseListStore } from '../../../../src/renderer/stores/case-list.ts';
import { databaseAt, insertCase } from '../../main/cases/file/migrations/at-version.ts';
import { sampleCase, sampleStudy } from '../../main/cases/sample-case.ts';

const { carrier } = vi.hoisted(() => ({ carrier: { list: (_query: object): unknown => undefined } }));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: async (_name: string, query: object) => carrier.list(query) }),
}));

beforeEach(() => setActivePinia(createPinia()));

const { prediction: _none, ...input } = sampleCase();
const keptCase: SavedCase = {
  ...input,
  id: '',
  revision: 1,
  keyImages: [],
  createdAt: 't',
  updatedAt: 't',
  predictions: [],
  trashedAt: null,
};
const numbered = (n: number): string => String(n).padStart(4, '0');

it('reaches every case of a long history, forth and back, in any order, and begins anew with another question', async () => {
  const db = databaseAt(newestVersion);
  const total = 2 * PAGE_LENGTH + 5;
  for (let n = 1; n <= total; n++) {
    insertCase(db, `case-${n}`);
    listAgain(db, n, { ...keptCase, id: `case-${n}`, study: sampleStudy(`Patient^${numbered(n)}`) });
  }
  carrier.list = (query) => listCases(db, query as CaseQuery);
  const list = useCaseListStore();
  const shown = () => list.page.cases.map(({ patientName }) => patientName);

  await list.load();
  expect([list.range, list.hasPrevious, list.hasNext, list.page.total]).toStrictEqual([
    { first: 1, last: PAGE_LENGTH },
    false,
    true,
    total,
  ]);
  await list.next();
  await list.next();
  expect(list.range).toStrictEqual({ first: total - 4, last: total });
  expect(list.hasNext).toBe(false);
  expect(shown()).toStrictEqual([5, 4, 3, 2, 1].map((n) => `Patient^${numbered(n)}`));
  await list.previous();
  expect(list.range.first).toBe(PAGE_LENGTH + 1);

  await list.sortBy('patient');
  expect(list.range.first).toBe(1);
  expect(shown()[0]).toBe('Patient^0001');
  await list.sortBy('patient');
  expect(shown()[0]).toBe(`Patient^${numbered(total)}`);

  // The last page empties: the one before it is shown.
  await list.next();
  await list.next();
  const trash = db.prepare(`UPDATE case_list SET trashed_at = 't' WHERE id = ?`);
  for (const { id } of list.page.cases) trash.run(id);
  await list.load();
  expect(list.range.last).toBe(2 * PAGE_LENGTH);

  await list.show('trashed');
  expect(list.page.total).toBe(5);
});

it('keeps the answer to the last question where an earlier one is answered later', async () => {
  const answers: ((page: CasePage) => void)[] = [];
  carrier.list = () => new Promise((resolve) => answers.push(resolve));
  const list = useCaseListStore();
  const page = (total: number): CasePage => ({ cases: [], total, isMore: false, next: null });
  const [slow, quick] = [list.search('a'), list.search('ab')];
  answers[1]?.(page(1));
  await quick;
  answers[0]?.(page(99));
  await slow;
  expect(list.page.total).toBe(1);
});
