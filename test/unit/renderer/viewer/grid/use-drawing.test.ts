/** One viewer holds what is drawn; another of the same images lends it its panes. The drawing library is a stand-in that notes what it is asked. */
import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick, ref, shallowReactive } from 'vue';
import type { ViewerProps } from '../../../../../src/renderer/viewer/contract.ts';
import { type Surface, useDrawing } from '../../../../../src/renderer/viewer/grid/use-drawing.ts';
import type { LeftTool, PaneHandle } from '../../../../../src/renderer/viewer/viewer-context.ts';
import type { ModelRole } from '../../../../../src/shared/study/roles.ts';

const library = vi.hoisted(() => ({
  panes: new Set<string>(),
  cancelled: [] as unknown[],
  lesions: { onDrawn: (_drawn: unknown): void => undefined, onRefused: (_why: string): void => undefined },
}));
vi.mock('../../../../../src/renderer/viewer/cornerstone/measure-tool.ts', () => ({
  createMeasureTool: () => ({
    add: (id: string) => library.panes.add(id),
    remove: (id: string) => library.panes.delete(id),
    setMode: () => undefined,
    cancel: (element: unknown) => library.cancelled.push(element) > 0,
    near: () => 'held',
    dispose: () => undefined,
  }),
}));
vi.mock('../../../../../src/renderer/viewer/cornerstone/tool-names.ts', () => ({
  BIDIRECTIONAL: 'b',
  MAGNIFIER: 'm',
  MARK_TOOL_NAMES: {},
}));
vi.mock('../../../../../src/renderer/viewer/cornerstone/image-loader.ts', () => ({ frameOf: () => 'frame' }));
vi.mock('../../../../../src/renderer/viewer/cornerstone/lesion-sync.ts', () => ({
  createLesionSync(options: typeof library.lesions) {
    library.lesions = options;
    return { update: () => undefined, discard: (cancel: () => void) => cancel(), dispose: () => undefined };
  },
}));
vi.mock('../../../../../src/renderer/viewer/cornerstone/mark-sync.ts', () => ({
  createMarkSync: () => ({
    update: () => undefined,
    discard: (cancel: () => void) => cancel(),
    idOf: () => undefined,
    dispose: () => undefined,
  }),
}));

const surfaceOf = (name: string) => {
  const refused: string[] = [];
  const pane = { viewportId: name, seriesId: 'series', geometry: {}, element: { name } } as unknown as PaneHandle;
  const handles = shallowReactive(new Map<ModelRole, PaneHandle>([['arterial', pane]]));
  const surface: Surface = { handles, refused: (why, role) => refused.push(`${why} ${role}`) };
  return { surface, pane, handles, refused };
};
const setUp = () => {
  const [first, second] = [surfaceOf('first'), surfaceOf('second')];
  const drawn: unknown[] = [];
  const tool = ref<LeftTool>('measure');
  const told = () => undefined;
  const listeners = { drawn: (one: unknown) => drawn.push(one), changed: told, markDrawn: told, markChanged: told };
  const props = { openId: 'o', panes: [], lesions: [], hideIdentity: false } satisfies ViewerProps;
  const drawing = effectScope().run(() => useDrawing({ engineId: 'e', props, tool, own: first.surface, listeners }));
  if (!drawing) throw new Error('unreachable');
  const other = effectScope();
  other.run(() => drawing.lend(second.surface));
  return { first, second, drawn, tool, drawing, other };
};

beforeEach(() => {
  library.panes.clear();
  library.cancelled.length = 0;
});

test('the panes of both are drawn on, with one tool; a drawing is told once, and the tool given back in both', async () => {
  const { drawn, tool, drawing, second } = setUp();
  await nextTick();
  expect([...library.panes]).toEqual(['first', 'second']);
  expect(drawing.tool).toBe(tool);
  drawing.pressed(second.surface, 'arterial');
  library.lesions.onDrawn('lesion');
  expect(drawn).toEqual(['lesion']);
  expect(tool.value).toBe('window');
  expect(drawing.hold(second.pane, [0, 0])).toEqual({ markId: undefined });
});

test('what is too small is refused, and what is given up let go of, in the pane that was pressed', () => {
  const { drawing, first, second } = setUp();
  drawing.pressed(second.surface, 'arterial');
  library.lesions.onRefused('too-small');
  expect([first.refused, second.refused]).toEqual([[], ['too-small arterial']]);
  drawing.cancel();
  expect(library.cancelled).toEqual([second.pane.element]);
  drawing.pressed(first.surface, 'arterial');
  library.lesions.onRefused('too-small');
  expect([first.refused, second.refused]).toEqual([['too-small arterial'], ['too-small arterial']]);
});

test('a viewer that ends takes its panes and the drawing under way there with it, and no other', async () => {
  const { drawing, first, second, other } = setUp();
  await nextTick();
  drawing.pressed(second.surface, 'arterial');
  other.stop();
  expect(library.cancelled).toEqual([second.pane.element]);
  await nextTick();
  expect([...library.panes]).toEqual(['first']);
  drawing.pressed(first.surface, 'arterial');
  const again = effectScope();
  again.run(() => drawing.lend(second.surface));
  again.stop();
  expect(library.cancelled).toEqual([second.pane.element]);
});
