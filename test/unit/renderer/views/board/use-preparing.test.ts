import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BoardLine } from '#shared/board/slide.ts';
import { AppError } from '#shared/errors.ts';
import { usePreparing } from '../../../../../src/renderer/views/board/use-preparing.ts';
import { sampleCase } from '../../../main/cases/sample-case.ts';

const { carrier } = vi.hoisted(() => ({
  carrier: { call: async (_name: string, _input: { id?: string; openId?: string }): Promise<unknown> => undefined },
}));
vi.mock('../../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: (name: string, input: object) => carrier.call(name, input) }),
}));
beforeEach(() => setActivePinia(createPinia()));

const line = (caseId: string, codes: string[] = []) =>
  ({ caseId, missing: codes.map((code) => ({ code })) }) as unknown as BoardLine;

/** Two panes: one that is ready, one that fails, as soon as the viewer is there. */
const preparing = () => {
  const called: string[] = [];
  const state = usePreparing(() => null);
  carrier.call = async (name, input) => {
    called.push(`${name} ${input.id ?? input.openId ?? ''}`.trim());
    if (name === 'cases.get') {
      const { prediction: _one, ...inputs } = sampleCase();
      return { ...inputs, id: input.id, revision: 1, keyImages: [], predictions: [] };
    }
    if (name !== 'cases.openImages') return undefined;
    if (input.id === 'gone') throw new AppError('images-gone', 'gone');
    return { openId: `open-${input.id}`, studies: [sampleCase().study] };
  };
  return { state, called };
};

test('each case with images is opened once and closed again; one that fails or has none stops nobody else', async () => {
  const { state, called } = preparing();
  const running = state.run([line('one'), line('none', ['no-images']), line('gone'), line('two')]);
  const settle = async () => {
    await vi.waitFor(() => expect(state.shown.value).toBeDefined());
    state.paneReady('in-phase');
  };
  await settle();
  await vi.waitFor(() => expect(state.at.value).toBe(3));
  await settle();
  await running;
  expect(state.results.value.map(({ caseId, state: how }) => [caseId, how])).toEqual([
    ['one', 'done'],
    ['none', 'skipped'],
    ['gone', 'failed'],
    ['two', 'done'],
  ]);
  expect(state.results.value[2]?.reason?.()).toMatch(/no longer where they were/);
  expect(called.filter((one) => one.startsWith('study.close'))).toEqual([
    'study.close open-one',
    'study.close open-two',
  ]);
  // No picture was taken, so nothing is saved.
  expect(called.some((one) => one.startsWith('cases.save'))).toBe(false);
});

test('a series that cannot be shown is counted, and holds nothing up', async () => {
  const { state } = preparing();
  const running = state.run([line('one')]);
  await vi.waitFor(() => expect(state.shown.value).toBeDefined());
  state.paneFailed();
  await running;
  expect(state.results.value).toMatchObject([{ state: 'done', unshown: 1 }]);
});

test('stopped, it closes what it opened and goes on to no other case', async () => {
  const { state, called } = preparing();
  const running = state.run([line('one'), line('two')]);
  await vi.waitFor(() => expect(state.shown.value).toBeDefined());
  state.stop();
  await running;
  expect(state.results.value).toEqual([]);
  expect(called).toContain('study.close open-one');
  expect(called.some((one) => one.includes('two'))).toBe(false);
});
