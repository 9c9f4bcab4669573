/**
 * Words for directions in the patient. Coordinates are LPS (DICOM PS3.3 C.7.6.2.1.1): +x Left, +y Posterior,
 * +z Superior; letters are those of Patient Orientation (C.7.6.1.1.1), with S and I for head and feet.
 */
import { type StackGeometry, scale, stackNormal, type Vec3 } from '#shared/study/geometry.ts';

const LETTERS = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
] as const;

/** A component below sin 15° is left out: such a tilt is not called oblique on any console. */
const LEAST_COMPONENT = 0.2588;

/** Letters of a direction, the strongest first: `L`, `SA`. */
export const directionLetters = (direction: Vec3): string =>
  direction
    .map((component, axis) => ({ component, letters: LETTERS[axis] ?? LETTERS[0] }))
    .filter(({ component }) => Math.abs(component) > LEAST_COMPONENT)
    .sort((a, b) => Math.abs(b.component) - Math.abs(a.component))
    .map(({ component, letters }) => letters[component > 0 ? 0 : 1])
    .join('');

export interface EdgeLabels {
  left: string;
  right: string;
  top: string;
  bottom: string;
}

/** Letters at the four edges of a slice shown as stored: columns run to the right, rows run down. */
export const edgeLabels = (g: Pick<StackGeometry, 'rowDirection' | 'columnDirection'>): EdgeLabels => ({
  left: directionLetters(scale(g.rowDirection, -1)),
  right: directionLetters(g.rowDirection),
  top: directionLetters(scale(g.columnDirection, -1)),
  bottom: directionLetters(g.columnDirection),
});

/** Axis of the patient that a direction is closest to: 0 right–left, 1 anterior–posterior, 2 foot–head. */
export const mainAxis = (direction: Vec3): 0 | 1 | 2 => {
  const [x, y, z] = [Math.abs(direction[0]), Math.abs(direction[1]), Math.abs(direction[2])];
  if (z >= x && z >= y) return 2;
  return y >= x ? 1 : 0;
};

/** `S 42.5` of a position, along the axis that the stack was cut across. No unit; the caller adds it. */
export const coordinateLabel = (
  g: Pick<StackGeometry, 'rowDirection' | 'columnDirection'>,
  position: Vec3,
): { letter: string; mm: number } => {
  const axis = mainAxis(stackNormal(g));
  const value = position[axis];
  const [positive, negative] = LETTERS[axis];
  // −0.04 is shown as 0.0, so it must not change the letter either.
  return { letter: value < -0.05 ? negative : positive, mm: Math.abs(value) };
};
