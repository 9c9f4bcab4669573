/** What the drawing library tells of a drawing, and when. The library is a stand-in: its events are sent here. */
import { afterEach, expect, test, vi } from 'vitest';

const library = vi.hoisted(() => ({ events: new EventTarget() }));
vi.mock('@cornerstonejs/core', () => ({ eventTarget: library.events }));
vi.mock('@cornerstonejs/tools', () => ({
  annotation: { state: { getAllAnnotations: () => [], removeAnnotation: () => undefined }, selection: {} },
  BidirectionalTool: { toolName: 'lesion' },
  Enums: { Events: { ANNOTATION_COMPLETED: 'completed', ANNOTATION_MODIFIED: 'modified' } },
  utilities: { triggerAnnotationRenderForViewportIds: () => undefined },
}));
vi.stubGlobal('window', new EventTarget());
afterEach(() => vi.unstubAllGlobals());

const { createLesionSync } = await import('../../../../../src/renderer/viewer/cornerstone/lesion-sync.ts');

test('a drawing that is complete or given up leaves no draft, however late its last move is told', async () => {
  const drafts: boolean[] = [];
  const drawn: unknown[] = [];
  const sync = createLesionSync({
    imageOf: () => undefined,
    sourceOf: () => ({ seriesId: 'series' }),
    viewportIds: () => [],
    onDrawn: (lesion) => drawn.push(lesion),
    onRefused: () => undefined,
    onDrafting: (lesion) => drafts.push(lesion !== undefined),
    onEditing: () => undefined,
    onEdited: () => undefined,
  });
  const tell = (what: 'modified' | 'completed', annotationUID: string) => {
    const points = [
      [0, 0, 0],
      [40, 0, 0],
      [20, 10, 0],
      [20, -10, 0],
    ];
    const annotation = { annotationUID, metadata: { toolName: 'lesion' }, data: { handles: { points } } };
    library.events.dispatchEvent(new CustomEvent(what, { detail: { annotation } }));
  };
  tell('modified', 'a');
  sync.discard(() => tell('completed', 'a'));
  tell('modified', 'a');
  expect(drafts).toEqual([true, false]);

  tell('modified', 'b');
  tell('completed', 'b');
  tell('modified', 'b');
  expect(drafts).toEqual([true, false, true, false]);
  await Promise.resolve();
  expect(drawn).toHaveLength(1);
  sync.dispose();
});
