/**
 * The evidence map as a picture. Values are signed log-odds per cell; the picture interpolates the *values* bilinearly
 * and colours afterwards, so that no colour appears between two cells that neither of them asked for.
 */
import { type EvidenceMap, isHidden } from '../space/map-evidence.ts';

/** `--for` and `--against` of the dark theme: panes are black in both themes, so the map keeps these two. */
export const EVIDENCE_COLOURS = { for: [255, 148, 71], against: [127, 165, 255] } as const;

/**
 * Full colour stands for at least ± this much log-odds per cell. 64 such cells together move a probability by less than
 * two points: an image without evidence must not be stretched until its rounding errors glow.
 */
export const LEAST_SCALE = 0.001;

/** Full colour stands for ± this much: the largest absolute value, so that zero is always transparent. */
export const symmetricScale = (values: readonly number[]): number =>
  values.reduce(
    (largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest),
    LEAST_SCALE,
  );

/** Bilinear value at a fractional cell; beyond the centres of the outer cells their value goes on to their edge. */
export const valueAt = ({ grid, values }: EvidenceMap, row: number, column: number): number => {
  const r = Math.min(Math.max(row, 0), grid.rows - 1);
  const c = Math.min(Math.max(column, 0), grid.columns - 1);
  const [r0, c0] = [Math.floor(r), Math.floor(c)];
  const [r1, c1] = [Math.min(r0 + 1, grid.rows - 1), Math.min(c0 + 1, grid.columns - 1)];
  const [fr, fc] = [r - r0, c - c0];
  const cell = (i: number, j: number): number => values[i * grid.columns + j] ?? 0;
  return (cell(r0, c0) * (1 - fc) + cell(r0, c1) * fc) * (1 - fr) + (cell(r1, c0) * (1 - fc) + cell(r1, c1) * fc) * fr;
};

/** Colour of one value: hue by sign, opacity in proportion to its size. 0–255 each, not premultiplied. */
export const evidenceColour = (value: number, full: number): [number, number, number, number] => {
  const [r, g, b] = value < 0 ? EVIDENCE_COLOURS.against : EVIDENCE_COLOURS.for;
  return [r, g, b, Math.round(255 * Math.min(1, Math.abs(value) / full))];
};

export interface Picture {
  width: number;
  height: number;
  /** RGBA, row-major. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * `finer` pixels per cell and side. A cell below `least` (log-odds) is left out whole, to its edges: what is missing in the
 * picture are the cells that are said to be hidden, and no others.
 */
export const mapPicture = (map: EvidenceMap, finer = 16, least = 0): Picture => {
  const { grid } = map;
  const full = symmetricScale(map.values);
  const [width, height] = [grid.columns * finer, grid.rows * finer];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = map.values[Math.floor(y / finer) * grid.columns + Math.floor(x / finer)] ?? 0;
      if (isHidden(cell, least)) continue;
      const value = valueAt(map, (y + 0.5) / finer - 0.5, (x + 0.5) / finer - 0.5);
      pixels.set(evidenceColour(value, full), (y * width + x) * 4);
    }
  return { width, height, pixels };
};
