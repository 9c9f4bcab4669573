/** Which way an arrow key moves the crosshair on the image that is looked at. */

/** Columns to the right, rows down. */
export type Step = readonly [number, number];

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const crosshairStep = (key: string): Step | undefined => STEPS[key];
