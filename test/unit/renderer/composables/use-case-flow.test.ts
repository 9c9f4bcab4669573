import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, watch } from 'vue';
import { AppError } from '#shared/errors.ts';
import { useCaseFlow } from '../../../../src/renderer/composables/use-case-flow.ts';
import { useCaseStore } from '../../../../src/renderer/stores/case.ts';
import { useJobsStore } from '../../../../src/renderer/stores/jobs.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';

const { call, pickStudy, acceptDrop } = vi.hoisted(() => ({
  call: vi.fn(async (_name: string, _input?: unknown) => ({ studies: [], skipped: [], files: 0 })),
  pickStudy: vi.fn(async () => ({ path: '/other' })),
  acceptDrop: vi.fn(async () => ({ path: '/other' })),
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call, on: () => () => undefined }),
  useHost: () => ({
    pickStudy,
    acceptDrop,
    setDirty: () => undefined,
    setProgress: () => undefined,
    windowId: async () => 'w',
  }),
}));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: () => undefined }) }));

const opening = /^(study\.(open|openDemo|close)|cases\.(get|open|openImages))$/;
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
    expect(useNoticesStore().notices.map(({ kind, text }) => [kind, text()])).toEqual([
      ['info', expect.stringContaining('copy of this study is being written')],
    ]);

    finish();
    await exporting;
    await take(flow);
    expect(openingCalls()).not.toEqual([]);
  });
});

it('is on screen without waiting for the last one to be closed, of which nothing stays meanwhile', async () => {
  const study = (uid: string) => ({
    studyInstanceUID: uid,
    patient: { patientName: uid, patientId: uid },
    series: [],
    notes: [],
  });
  const opened = (uid: string) => ({
    openId: uid,
    name: '',
    studies: [study(uid)],
    skipped: [],
    files: 1,
    elapsedMs: 1,
  });
  const answers: Record<string, () => Promise<unknown>> = {
    'study.open': () => Promise.resolve(opened(next)),
    'study.close': () => new Promise(() => undefined),
  };
  call.mockImplementation(((name: string) => answers[name]?.() ?? Promise.resolve({})) as never);
  let next = 'last';
  const current = useCaseStore();
  const seen: (string | undefined)[] = [];
  watch(
    () => current.opened?.openId,
    (openId) => seen.push(openId),
  );
  await useCaseFlow().openPath('/last');
  next = 'next';
  await useCaseFlow().openPath('/next');
  expect(call).toHaveBeenCalledWith('study.close', { openId: 'last' });
  await nextTick();
  expect(seen).toEqual(['last', undefined, 'next']);
});

describe('a DICOMDIR that does not find its files', () => {
  const params = { missing: 3, listed: 4 };
  const note = { code: 'dicomdir-incomplete', severity: 'warning' as const, text: '', params };
  const study = { studyInstanceUID: '1.2', patient: { patientName: '', patientId: '' }, series: [], notes: [note] };
  const opened = { openId: 'o', name: 'DICOMDIR', studies: [study], skipped: [], files: 4, elapsedMs: 1 };

  it.each<[string, () => Promise<unknown>]>([
    ['of which a part was opened', async () => opened],
    ['of which nothing was', () => Promise.reject(new AppError('dicomdir-incomplete', '3 of 4', { params }))],
    ['that is damaged', () => Promise.reject(new AppError('bad-dicomdir', 'Damaged.'))],
  ])('%s: its folder is one click away', async (_what, answer) => {
    call.mockImplementationOnce(answer as unknown as () => ReturnType<typeof call>);
    await useCaseFlow().openPath('/disc/export/DICOMDIR');
    const [notice, ...others] = useNoticesStore().notices;
    expect(others).toEqual([]);
    expect(notice?.action?.label()).toBe('Open the folder');
    expect(notice?.text()).toMatch(/DICOMDIR/);
    notice?.action?.run();
    await vi.waitFor(() => {
      expect(call.mock.calls.flatMap(([, input]) => (input as { path?: string } | undefined)?.path ?? [])).toEqual([
        '/disc/export/DICOMDIR',
        '/disc/export',
      ]);
    });
  });

  it('whose folder was not handed over: a folder can be chosen', async () => {
    call.mockRejectedValueOnce(new AppError('dicomdir-incomplete', '3 of 4', { params }));
    await useCaseFlow().openPath('upload:1');
    useNoticesStore().notices[0]?.action?.run();
    expect(pickStudy).toHaveBeenCalledWith('folder');
  });
});
