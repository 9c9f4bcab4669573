import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { useLeavingPage } from '../../../../src/renderer/composables/use-leaving-page.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';

const { host } = vi.hoisted(() => ({
  host: { done: [] as string[], refuse: undefined as Error | undefined, savesFiles: true },
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({
    call: async (name: string, input: { id?: string; as: string }) => {
      host.done.push(`${name} ${input.id ?? '-'} ${input.as}`);
      if (host.refuse) throw host.refuse;
    },
  }),
  useHost: () => ({
    printReport: async () => host.done.push('printed'),
    savePdf: async (name: string) => host.savesFiles && host.done.push(name) > 0,
  }),
}));
vi.mock('../../../../src/renderer/stores/case.ts', () => ({ useCaseStore: () => ({ savedCase: { id: 'case' } }) }));

beforeEach(() => {
  setActivePinia(createPinia());
  Object.assign(host, { done: [], refuse: undefined, savesFiles: true });
});

test('what leaves on paper or as a file is in the audit log first, and a host without files prints', async () => {
  const { print, pdf } = useLeavingPage();
  await print();
  await pdf('report.pdf');
  host.savesFiles = false;
  await pdf('report.pdf');
  expect(host.done).toEqual([
    'cases.printed case paper',
    'printed',
    'cases.printed case pdf',
    'report.pdf',
    'cases.printed case pdf',
    'printed',
  ]);
});

test('what the audit log cannot take does not leave, and why is said', async () => {
  host.refuse = new AppError('disk-full', 'The disk is full.');
  await useLeavingPage().print();
  expect(host.done).toEqual(['cases.printed case paper']);
  expect(useNoticesStore().notices).toMatchObject([{ kind: 'error' }]);
});
