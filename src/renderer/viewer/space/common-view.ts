/**
 * One scale and one centre for all panes, so that a lesion is as large, and lies in the same place, in each of them.
 * Pure: millimetres and CSS pixels.
 */
import { add, dot, type StackGeometry, scale, stackNormal, subtract, type Vec3 } from '#shared/study/geometry.ts';

export interface View {
  /** Patient position at the middle of the pane, mm LPS; what lies off the slice is ignored. */
  center: Vec3;
  mmPerPixel: number;
}

export interface ViewedStack {
  g: StackGeometry;
  rows: number;
  columns: number;
  /** Size of the pane, CSS pixels. */
  width: number;
  height: number;
}

/** cos 30°: stacks that are cut alike enough to be compared side by side. */
const LEAST_PARALLEL = 0.866;

export const cutAlike = (a: StackGeometry, b: StackGeometry): boolean =>
  Math.abs(dot(stackNormal(a), stackNormal(b))) >= LEAST_PARALLEL;

/** Middle of the whole stack. */
const middle = ({ g, rows, columns }: ViewedStack): Vec3 => {
  const [first, last] = [g.positions[0], g.positions[g.positions.length - 1]];
  if (!first || !last) throw new RangeError('a stack without slices has no middle');
  return add(
    scale(add(first, last), 0.5),
    add(
      scale(g.rowDirection, ((columns - 1) / 2) * g.columnSpacing),
      scale(g.columnDirection, ((rows - 1) / 2) * g.rowSpacing),
    ),
  );
};

/** The smallest magnification at which the whole image of a stack fits its pane around `center`. */
const scaleAround = (stack: ViewedStack, center: Vec3): number => {
  const { g, rows, columns, width, height } = stack;
  const offset = subtract(middle(stack), center);
  const halfWidth = Math.abs(dot(offset, g.rowDirection)) + (columns * g.columnSpacing) / 2;
  const halfHeight = Math.abs(dot(offset, g.columnDirection)) + (rows * g.rowSpacing) / 2;
  return Math.max((2 * halfWidth) / width, (2 * halfHeight) / height);
};

/** The view that shows all of every image; undefined without a stack. */
export const commonView = (stacks: readonly ViewedStack[]): View | undefined => {
  const shown = stacks.filter(({ width, height }) => width > 0 && height > 0);
  if (shown.length === 0) return undefined;
  const center = scale(
    shown.map(middle).reduce((sum, position) => add(sum, position), [0, 0, 0]),
    1 / shown.length,
  );
  return { center, mmPerPixel: Math.max(...shown.map((stack) => scaleAround(stack, center))) };
};

interface PaneSize {
  clientWidth: number;
  clientHeight: number;
}

const sideOf = ({ clientWidth, clientHeight }: PaneSize): number => Math.min(clientWidth, clientHeight);

/** The view of one pane for another: as much of the patient, the larger the larger the pane is. A pane that is not seen changes nothing. */
export const forPaneOf = (view: View, from: PaneSize, to: PaneSize): View =>
  sideOf(to) > 0 && sideOf(from) > 0 ? { ...view, mmPerPixel: (view.mmPerPixel * sideOf(from)) / sideOf(to) } : view;
