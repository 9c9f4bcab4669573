/** What the harness can show, chosen by `?scene=`. */
import type { PlaneGrid, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { type ModelRole, modelRoles } from '#shared/study/roles.ts';
import { BLOCK, block, type Contrast, LESION, liver, type StackSpec } from './phantom.ts';

export interface SceneSeries {
  role: ModelRole;
  description: string;
  spec: StackSpec;
  intensity: (p: Vec3) => number;
  window: { center: number; width: number };
  facts?: Record<string, string | number>;
  secondsAfterContrast?: number;
  confirmed?: boolean;
  /** Shown without a place in the patient, for this reason. */
  unplaced?: string;
  /** Never arrives, or arrives as an error. */
  trouble?: 'never' | 'damaged';
}

export interface Scene {
  series: SceneSeries[];
  lesions: Lesion[];
  map?: { grid: PlaneGrid; values: number[] };
  crop?: PlaneGrid;
}

const axial = (over: Partial<StackSpec> = {}): StackSpec => ({
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  center: [0, 0, 42],
  rows: 200,
  columns: 256,
  slices: 32,
  rowSpacing: 1.4,
  columnSpacing: 1.4,
  sliceSpacing: 3,
  ...over,
});

const tilt = (degrees: number): Pick<StackSpec, 'rowDirection' | 'columnDirection'> => {
  const a = (degrees * Math.PI) / 180;
  return { rowDirection: [1, 0, 0], columnDirection: [0, Math.cos(a), Math.sin(a)] };
};

const contrast = (over: Partial<Contrast>): Contrast => ({
  body: 260,
  liver: 520,
  lesion: 480,
  core: 420,
  spleen: 560,
  ...over,
});

const hill = (rows: number, columns: number, peak: [number, number], trough: [number, number]): number[] =>
  Array.from({ length: rows * columns }, (_, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    const bump = (at: [number, number], width: number): number =>
      Math.exp(-((r - at[0]) ** 2 + (c - at[1]) ** 2) / (2 * width ** 2));
    return 0.05 * bump(peak, 1.3) - 0.03 * bump(trough, 0.9);
  });

const liverScene = (): Scene => {
  const window = { center: 410, width: 820 };
  const base = { window, confirmed: true };
  const grid: PlaneGrid = {
    center: LESION,
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    rows: 8,
    columns: 8,
    spacing: 17.5,
  };
  const t = (description: string, role: ModelRole, over: Partial<Contrast>, spec: StackSpec, more: object = {}) => ({
    ...base,
    role,
    description,
    spec,
    intensity: liver(contrast(over)),
    ...more,
  });
  const fine = { facts: { SliceThickness: 3 } };
  return {
    series: [
      t('LAVA', 'arterial', { lesion: 720, core: 430 }, axial(), { ...fine, secondsAfterContrast: 32 }),
      t('LAVA', 'portal-venous', { lesion: 470, liver: 640 }, axial({ rows: 100, rowSpacing: 2.8 }), {
        ...fine,
        secondsAfterContrast: 68,
      }),
      t('LAVA', 'delayed', { lesion: 400, liver: 580 }, axial({ sliceSpacing: 4, slices: 24 }), {
        facts: { SliceThickness: 4 },
        secondsAfterContrast: 180,
      }),
      t(
        'FRFSE fs',
        't2',
        { liver: 250, lesion: 600, core: 740, spleen: 520 },
        axial({ ...tilt(8), sliceSpacing: 6, slices: 18 }),
        {
          facts: { SliceThickness: 5, EchoTime: 85 },
        },
      ),
      t('dual echo', 'in-phase', { liver: 560 }, axial({ sliceSpacing: 6, slices: 16 }), {
        facts: { SliceThickness: 6, EchoTime: '2.3', LossyImageCompression: '01', LossyImageCompressionRatio: '10' },
      }),
      t('dual echo', 'opposed-phase', { liver: 430, lesion: 470 }, axial({ sliceSpacing: 6, slices: 16 }), {
        facts: { SliceThickness: 6, EchoTime: '1.15' },
        confirmed: false,
      }),
    ],
    lesions: [
      {
        id: 'one',
        label: 'T1',
        kind: 'target',
        seriesId: 'series/arterial#1',
        longAxis: [
          [LESION[0] - 30, LESION[1] - 12, LESION[2] + 1.5],
          [LESION[0] + 30, LESION[1] + 12, LESION[2] + 1.5],
        ],
        shortAxis: [
          [LESION[0] + 9, LESION[1] - 24, LESION[2] + 1.5],
          [LESION[0] - 9, LESION[1] + 24, LESION[2] + 1.5],
        ],
      },
    ],
    map: { grid, values: hill(8, 8, [3, 3], [5, 6]) },
    crop: { ...grid, rows: 128, columns: 128, spacing: (17.5 * 8) / 128 },
  };
};

/** One bright cube, and a map whose only cell of evidence lies on it; stacks cut it in every way. */
const blockScene = (): Scene => {
  const cell = 12;
  const grid: PlaneGrid = {
    // Cell (2, 5) of 8 × 8 has its centre on the cube.
    center: [BLOCK[0] - (5 - 3.5) * cell, BLOCK[1] - (2 - 3.5) * cell, BLOCK[2]],
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    rows: 8,
    columns: 8,
    spacing: cell,
  };
  const values = Array.from({ length: 64 }, (_, i) => (i === 2 * 8 + 5 ? 0.4 : 0));
  const small = {
    center: [4, 3, 15] as Vec3,
    rows: 160,
    columns: 180,
    slices: 15,
    rowSpacing: 1.1,
    columnSpacing: 1.1,
  };
  const c = Math.cos(0.35);
  const s = Math.sin(0.35);
  const specs: StackSpec[] = [
    axial(small),
    // Stored turned by half a turn: columns run to the right of the patient, rows to the front.
    axial({ ...small, rowDirection: [-1, 0, 0], columnDirection: [0, -1, 0] }),
    // Stored from the head down, mirrored: the sorted stack runs towards the feet.
    axial({ ...small, rowDirection: [-1, 0, 0], columnDirection: [0, 1, 0] }),
    axial({ ...small, ...tilt(12), sliceSpacing: 4 }),
    // Turned in its plane, pixels that are not square.
    axial({ ...small, rowDirection: [c, s, 0], columnDirection: [-s, c, 0], rowSpacing: 1.5, columnSpacing: 0.9 }),
    axial({ ...small, rows: 90, columns: 100, rowSpacing: 2, columnSpacing: 2, sliceSpacing: 5, slices: 9 }),
  ];
  return {
    series: modelRoles.map((role, i) => ({
      role,
      description: `stack ${i + 1}`,
      spec: specs[i] ?? axial(),
      intensity: block,
      window: { center: 500, width: 1000 },
      confirmed: true,
    })),
    lesions: [],
    map: { grid, values },
  };
};

/** Everything that can go wrong, beside one series that works. */
const troubleScene = (): Scene => {
  const [first, second, third, fourth, fifth] = liverScene().series;
  const series: SceneSeries[] = [];
  if (first) series.push(first);
  if (second) series.push({ ...second, unplaced: 'Image positions are missing from 3 of 32 files.' });
  if (third) series.push({ ...third, trouble: 'damaged' });
  if (fourth) series.push({ ...fourth, trouble: 'never' });
  if (fifth) series.push({ ...fifth, spec: { ...fifth.spec, frame: '9.9.9' } });
  return { ...liverScene(), series };
};

export const scenes: Record<string, () => Scene> = { liver: liverScene, block: blockScene, trouble: troubleScene };
