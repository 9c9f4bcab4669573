/** Where the window was and where it may come back. Pure: rectangles in, rectangle out (device-independent pixels). */
import { z } from 'zod';

export const windowPlaceSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const SMALLEST = { width: 1024, height: 680 };
const PREFERRED = { width: 1440, height: 900 };
/** So much of the window must lie on a screen that its title bar can be grabbed. */
const GRASP = 100;

const overlap = (a: Rectangle, b: Rectangle): { width: number; height: number } => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
});

const centred = (size: { width: number; height: number }, area: Rectangle): Rectangle => {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
};

/**
 * The remembered place if its screen is still there, else the remembered size in the middle of the first screen.
 * `screens` are the work areas, the primary one first; at least one.
 */
export const placeWindow = (remembered: WindowPlace | undefined, screens: readonly Rectangle[]): WindowPlace => {
  const primary = screens[0] ?? { x: 0, y: 0, ...PREFERRED };
  if (!remembered) return { ...centred(PREFERRED, primary), maximized: false };
  const titleBar = { ...remembered, height: GRASP };
  const home = screens.find((screen) => {
    const shared = overlap(titleBar, screen);
    return shared.width >= GRASP && shared.height >= GRASP / 2 && remembered.y >= screen.y;
  });
  if (!home) return { ...centred(remembered, primary), maximized: remembered.maximized };
  return {
    ...remembered,
    width: Math.min(remembered.width, home.width),
    height: Math.min(remembered.height, home.height),
  };
};
