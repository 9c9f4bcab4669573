import { expect, it } from 'vitest';
import { ref } from 'vue';
import type { StackGeometry } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { useLinkedViews } from '../../../../../src/renderer/viewer/grid/use-linked-views.ts';
import type { View } from '../../../../../src/renderer/viewer/space/common-view.ts';
import type { PaneHandle } from '../../../../../src/renderer/viewer/viewer-context.ts';
import { makeStack } from '../stacks.ts';

const PANE = { clientWidth: 400, clientHeight: 400 };

/** A pane that shows what it is told; hidden ones have no size. */
const pane = (role: ModelRole, geometry: StackGeometry, [rows, columns]: [number, number], size = PANE) => {
  let view: View = { center: [0, 0, 0], mmPerPixel: 1 };
  const handle: Pick<PaneHandle, 'role' | 'geometry' | 'volume' | 'element' | 'view' | 'setView' | 'fit'> = {
    role,
    geometry,
    volume: { info: { shape: [geometry.positions.length, rows, columns] } } as PaneHandle['volume'],
    element: size as HTMLDivElement,
    view: () => view,
    setView(next) {
      view = next;
    },
    fit: () => undefined,
  };
  return handle as PaneHandle;
};

// 300 × 300 mm of 20 slices, 5 mm apart: cut the other ways it is 300 × 100 mm.
const axial = makeStack({ slices: 20, spacing: 5 });
const coronal = makeStack({
  rowDirection: [1, 0, 0],
  columnDirection: [0, 0, -1],
  slices: 300,
  spacing: 1,
  rowSpacing: 5,
});

const views = (oneScale: boolean, ...panes: PaneHandle[]) =>
  useLinkedViews({
    handles: new Map(panes.map((handle) => [handle.role, handle])),
    linked: ref(true),
    active: ref(undefined),
    linkOf: () => ({ linked: true }),
    coming: () => [],
    oneScale,
    fitted: true,
  });

const sections = () =>
  [
    pane('arterial', axial, [300, 300], { clientWidth: 400, clientHeight: 200 }),
    pane('portal-venous', coronal, [20, 300], { clientWidth: 400, clientHeight: 200 }),
  ] as const;

it('fits each cut to its own panes', () => {
  const [one, other] = sections();
  views(false, one, other).fit();
  expect(one.view().mmPerPixel).toBeCloseTo(1.5);
  expect(other.view().mmPerPixel).toBeCloseTo(0.75);
});

it('shows a millimetre as large in every cut where one scale is asked for, each around its own middle', () => {
  const [one, other] = sections();
  views(true, one, other).fit();
  expect(one.view().mmPerPixel).toBeCloseTo(1.5);
  expect(other.view().mmPerPixel).toBeCloseTo(1.5);
  expect(one.view().center).not.toEqual(other.view().center);
});

it('keeps the one scale when a pane is zoomed, and the place that each of the others shows', () => {
  const [one, other] = sections();
  const linked = views(true, one, other);
  linked.fit();
  const { center } = other.view();
  one.setView({ center: [10, 20, 30], mmPerPixel: 0.4 });
  linked.moved('arterial');
  expect(other.view()).toEqual({ center, mmPerPixel: 0.4 });
});

it('leaves the zoom of another cut where one scale is not asked for', () => {
  const [one, other] = sections();
  const linked = views(false, one, other);
  linked.fit();
  one.setView({ center: [10, 20, 30], mmPerPixel: 0.4 });
  linked.moved('arterial');
  expect(other.view().mmPerPixel).toBeCloseTo(0.75);
});

it('does not make a pane smaller for one that nobody sees', () => {
  const hidden = pane('arterial', axial, [300, 300], { clientWidth: 0, clientHeight: 0 });
  const seen = pane('portal-venous', coronal, [20, 300], { clientWidth: 400, clientHeight: 200 });
  views(true, hidden, seen).fit();
  expect(seen.view().mmPerPixel).toBeCloseTo(0.75);
});
