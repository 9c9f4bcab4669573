import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import { distance, midpoint, type PlaneGrid, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';

/** Centre (mm LPS) and diameter (mm) of a lesion: the middle and the length of its long axis (RECIST 1.1). */
export const lesionExtent = (lesion: Pick<Lesion, 'longAxis'>): { centerMm: Vec3; diameterMm: number } => ({
  centerMm: midpoint(lesion.longAxis[0], lesion.longAxis[1]),
  diameterMm: distance(lesion.longAxis[0], lesion.longAxis[1]),
});

/**
 * The plane that the model sees: axial in patient space (columns towards the patient's left, rows towards posterior),
 * centred on the lesion, `size` × `size` cells, field of view = clip(fovPerDiameter · diameter, fovMinMm, fovMaxMm).
 * Throws `AppError('no-diameter')` where the lesion has no extent.
 */
export const sampleGrid = (center: Vec3, diameterMm: number, crop: ModelManifest['crop']): PlaneGrid => {
  if (!(diameterMm > 0) || !Number.isFinite(diameterMm) || !center.every(Number.isFinite)) {
    throw new AppError(
      'no-diameter',
      'The lesion has no measured diameter, so the region that the model looks at is not defined. Measure its longest diameter.',
    );
  }
  const fovMm = Math.min(crop.fovMaxMm, Math.max(crop.fovMinMm, crop.fovPerDiameter * diameterMm));
  return {
    center,
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    rows: crop.size,
    columns: crop.size,
    spacing: fovMm / crop.size,
  };
};

/** The same square in fewer cells: where a map of `cells` × `cells` values on the crop belongs. */
export const coarserGrid = (grid: PlaneGrid, cells: number): PlaneGrid => ({
  ...grid,
  rows: cells,
  columns: cells,
  spacing: (grid.spacing * grid.rows) / cells,
});
