import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useCaseFlow } from '../../../../src/renderer/composables/use-case-flow.ts';
import { useJobsStore } from '../../../../src/renderer/stores/jobs.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';

const { call, pickStudy, acceptDrop } = vi.hoisted(() => ({
  call: vi.fn(async (_name: string) => ({ studies: [], skipped: [], files: 0 })),
  pickStudy: vi.fn(async () => ({ path: '/other' })),
  acceptDrop: vi.fn(async () => ({ path: '/other' })),
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call, on: () => () => undefined }),
  useHost: () => ({ pickStudy, acceptDrop, setDirty: () => undefined, setProgress: () => undefined }),
}));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: () => undefined }) }));

const opening = /^(study\.(open|openDemo|close)|cases\.(get|openImages))$/;
const openingCalls = () => call.mock.calls.map(([name]) => name).filter((name) => opening.test(name));

beforeEach(() => {
  setActivePinia(createPinia());
  vi.clearAllMocks();
});

type Flow = ReturnType<typeof useCaseFlow>;
const waysIn: [what: string, take: (flow: Flow) => Promise<void>][] = [
  ['a path', (flow) => flow.openPath('/other')],
  ['a chosen folder', (flow) => flow.pickStudy('folder')],
  ['dropped files', (flow) => flow.acceptDrop({} as DataTransfer)],
  ['the demonstration patient', (flow) => flow.openDemo()],
  ['a kept case', (flow) => flow.openCase('case')],
];

describe('another study', () => {
  it.each(waysIn)('by %s waits while a copy of the one on screen is written', async (_what, take) => {
    const flow = useCaseFlow();
    const { promise: written, resolve: finish } = Promise.withResolvers<void>();
    const exporting = useJobsStore().run('deidentify', () => written);
    await take(flow);
    expect(openingCalls()).toEqual([]);
    expect(pickStudy).not.toHaveBeenCalled();
    expect(acceptDrop).not.toHaveBeenCalled();
    expect(useNoticesStore().notices.map(({ kind, text }) => [kind, text])).toEqual([
      ['info', expect.stringContaining('copy of this study is being written')],
    ]);

    finish();
    await exporting;
    await take(flow);
    expect(openingCalls()).not.toEqual([]);
  });
});
