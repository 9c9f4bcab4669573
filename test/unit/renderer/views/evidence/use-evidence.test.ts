import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import { evidenceFigures, figuresAtThreshold } from '#shared/evidence/figures.ts';
import type { Selection } from '#shared/evidence/selection.ts';
import { useAppStore } from '../../../../../src/renderer/stores/app.ts';
import { useEvidence } from '../../../../../src/renderer/views/evidence/use-evidence.ts';
import { manyRows } from '../../../shared/evidence/sample-row.ts';

const { rows, call } = vi.hoisted(() => ({ rows: { value: [] as unknown[] }, call: { turn: Promise.resolve() } }));

vi.mock('../../../../../src/renderer/client/index.ts', () => ({
  useHost: () => ({ setProgress: () => undefined }),
  useClient: () => ({
    on: () => () => undefined,
    call: async (name: string) =>
      name === 'evidence.rows'
        ? { rows: rows.value, total: rows.value.length, edition: 1, simulated: false, unreadable: 0, inStudy: 0 }
        : { kept: [] },
  }),
}));
/** As the worker: one question after the other, in the order of asking. */
vi.mock('../../../../../src/renderer/evidence/ask-evidence.ts', () => ({
  EvidenceWorker: class {
    take = () => undefined;
    end = () => undefined;
    watch = () => Promise.resolve(undefined);
    comparisons = () => Promise.resolve([]);
    figures = (selection: Selection, threshold: number) =>
      this.#inTurn(() => evidenceFigures(rows.value as never, selection, threshold));
    threshold = (selection: Selection, threshold: number) =>
      this.#inTurn(() => figuresAtThreshold(rows.value as never, selection, threshold));
    #inTurn<T>(compute: () => T): Promise<T> {
      const answer = call.turn.then(() => new Promise((resolve) => setImmediate(resolve))).then(compute);
      call.turn = answer.then(() => undefined);
      return answer;
    }
  },
}));

test('a threshold taken while the figures of a new selection are computed is the one that they are of', async () => {
  setActivePinia(createPinia());
  rows.value = manyRows(60);
  const page = effectScope().run(useEvidence);
  if (!page) throw new Error('no scope');
  useAppStore().records = { state: 'open', keeper: 'keychain', cases: 60 };
  await vi.waitFor(() => expect(page.comparisons.value).toBeDefined(), { timeout: 20_000 });
  const shown = page.figures.value;
  const selected = page.select({ endpoint: 'os' });
  await Promise.all([selected, page.takeThreshold(0.3)]);
  expect(page.figures.value).not.toBe(shown);
  expect(page.threshold.value).toBe(0.3);
  expect(page.figures.value?.validation.threshold).toMatchObject({ threshold: 0.3 });
});
