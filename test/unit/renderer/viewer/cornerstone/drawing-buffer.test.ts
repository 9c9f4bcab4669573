import type { RenderingEngine } from '@cornerstonejs/core';
import { beforeEach, expect, it, vi } from 'vitest';
import { fitDrawingBuffer } from '../../../../../src/renderer/viewer/cornerstone/drawing-buffer.ts';

vi.mock('@cornerstonejs/core', () => ({
  Enums: { ViewportType: { STACK: 'stack' } },
  getShouldUseCPURendering: () => false,
}));

const engineOf = (panes: string[]) => {
  const measured = vi.fn();
  const engine = { getViewports: () => panes, enableElement: measured, disableElement: vi.fn() };
  return { measured, engine: engine as unknown as RenderingEngine };
};

beforeEach(() => {
  vi.stubGlobal('document', {
    createElement: () => ({ style: {}, remove: vi.fn() }),
    body: { append: vi.fn() },
  });
});

it('measures what is left once, however many panes go together', async () => {
  const { engine, measured } = engineOf(['arterial']);
  for (let gone = 0; gone < 5; gone += 1) fitDrawingBuffer(engine);
  await Promise.resolve();
  expect(measured).toHaveBeenCalledOnce();
  fitDrawingBuffer(engine);
  await Promise.resolve();
  expect(measured).toHaveBeenCalledTimes(2);
});

it('measures nothing where all of them are gone', async () => {
  const { engine, measured } = engineOf([]);
  fitDrawingBuffer(engine);
  await Promise.resolve();
  expect(measured).not.toHaveBeenCalled();
});
