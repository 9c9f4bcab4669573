import { describe, expect, it } from 'vitest';
import { add, distance, type Vec3 } from '#shared/study/geometry.ts';
import type { DecodedVolume } from '../../../../../src/main/study/records.ts';
import { cohortSampleContract } from '../../../../../src/main/study/sample/crop-contract.ts';
import { prepareSample } from '../../../../../src/main/study/sample/prepare-sample.ts';
import { coarserGrid, sampleGrid } from '../../../../../src/main/study/sample/sample-grid.ts';
import { centroid, decoded, filledVolume, gaussian, type StackOptions, stackGeometry } from './volumes.ts';

const center: Vec3 = [40, -25, -310];
const lesion = { longAxis: [add(center, [-20, 0, 0]), add(center, [20, 0, 0])] as [Vec3, Vec3] };
const manifest = cohortSampleContract;
const blobAt = add(center, [-8, 5, 0]);

const volume = (seriesId: string, options: Partial<StackOptions> = {}, f = gaussian(blobAt, 7)): DecodedVolume => {
  const full = {
    middle: center,
    rows: 100,
    columns: 100,
    rowSpacing: 1.3,
    columnSpacing: 1.3,
    gaps: Array(16).fill(4),
    ...options,
  };
  return decoded(filledVolume(stackGeometry(full), full.rows, full.columns, f), seriesId);
};

describe('sampleGrid', () => {
  it.each([
    [20, 80],
    [60, 126],
    [150, 230],
  ])('a lesion of %d mm is seen in a field of %d mm', (diameter, fov) => {
    const grid = sampleGrid(center, diameter, manifest.crop);
    expect(grid.spacing * grid.columns).toBeCloseTo(fov, 9);
    expect(grid).toMatchObject({
      center,
      rowDirection: [1, 0, 0],
      columnDirection: [0, 1, 0],
      rows: 128,
      columns: 128,
    });
  });

  it('refuses a lesion without extent', () => {
    expect(() => sampleGrid(center, 0, manifest.crop)).toThrow(expect.objectContaining({ code: 'no-diameter' }));
  });

  it('keeps the square when cells become coarser', () => {
    const grid = sampleGrid(center, 60, manifest.crop);
    expect(coarserGrid(grid, 8)).toMatchObject({ center, rows: 8, columns: 8, spacing: 126 / 8 });
  });
});

describe('prepareSample', () => {
  it('aligns six series of different geometry on the lesion', () => {
    const volumesByRole = {
      arterial: volume('a'),
      'portal-venous': volume('p', { angles: [0.2, 0.1, 0.3], gaps: Array(30).fill(3) }),
      delayed: volume('d', { middle: add(center, [15, -9, 6]) }),
      t2: volume('t', { rows: 60, columns: 70, rowSpacing: 2.1, columnSpacing: 1.9, gaps: [6, 7, 6, 7, 6, 7, 6, 7] }),
      'in-phase': volume('i', { angles: [0, 0, Math.PI] }),
      'opposed-phase': volume('o', { rowSpacing: 1.1, columnSpacing: 1.7, shear: 0.2 }),
    };
    const sample = prepareSample({ manifest, volumesByRole, lesion });
    expect(sample.image).toHaveLength(6 * 128 * 128);
    for (const [c, channel] of sample.channels.entries()) {
      expect(channel.role).toBe(manifest.channels[c]?.role);
      const pixels = sample.image.slice(c * 128 * 128, (c + 1) * 128 * 128);
      // Only the bright core, so that the background's median does not pull the centre.
      const core = pixels.map((z) => Math.max(0, z - 3));
      expect(distance(centroid(core, sample.grid), blobAt), channel.role).toBeLessThan(0.5);
    }
  });

  it('leaves an absent channel at zero and says so', () => {
    const sample = prepareSample({ manifest, volumesByRole: { t2: volume('t') }, lesion });
    expect(sample.channels[0]).toEqual({
      role: 'arterial',
      seriesId: null,
      coverage: 0,
      median: null,
      robustSd: null,
      inputHash: null,
    });
    expect(sample.image.slice(0, 128 * 128).every((z) => z === 0)).toBe(true);
    expect(sample.channels[3]).toMatchObject({ role: 't2', seriesId: 't', coverage: 1 });
  });

  it('leaves out a series that does not reach the lesion', () => {
    const sample = prepareSample({
      manifest,
      volumesByRole: { t2: volume('t', { middle: add(center, [0, 0, 200]) }) },
      lesion,
    });
    expect(sample.channels[3]).toMatchObject({ seriesId: 't', coverage: 0, inputHash: null });
  });

  it('warns where the frames of reference differ, and only there', () => {
    const volumesByRole = {
      arterial: volume('a', { frameOfReferenceUID: '1.2.3' }),
      t2: volume('t', { frameOfReferenceUID: '1.2.4' }),
    };
    const sample = prepareSample({ manifest, volumesByRole, lesion, lesionFrameOfReferenceUID: '1.2.3' });
    expect(sample.warnings.map((w) => [w.code, w.params?.role])).toEqual([['frame-of-reference', 't2']]);
  });

  it('names the role whose image is flat', () => {
    const flat = volume('t', {}, () => 3);
    expect(() => prepareSample({ manifest, volumesByRole: { t2: flat }, lesion })).toThrow(
      expect.objectContaining({ code: 'flat-image', params: { role: 't2' } }),
    );
  });

  it('leaves out a series without a place in the patient, with a warning', () => {
    const placed = volume('t');
    const { geometry: _, ...info } = placed.info;
    const sample = prepareSample({ manifest, volumesByRole: { t2: { ...placed, info } }, lesion });
    expect(sample.warnings.map((w) => w.code)).toEqual(['unplaced-series']);
    expect(sample.channels[3]?.inputHash).toBeNull();
  });

  it('hashes the pixels that went in: the same for the same input, another for one changed pixel near the lesion', () => {
    const hash = (v: DecodedVolume) =>
      prepareSample({ manifest, volumesByRole: { t2: v }, lesion }).channels[3]?.inputHash;
    const first = hash(volume('t'));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(volume('t'))).toBe(first);
    const changed = volume('t');
    changed.data[8 * 100 * 100 + 5000] = 77;
    expect(hash(changed)).not.toBe(first);
  });
});

describe('a series that was moved by hand', () => {
  /** Cells as large as pixels, and grid points on pixel centres: whatever moves by whole pixels moves by whole cells. */
  const cellMm = 80 / 128;
  const volumesByRole = {
    t2: volume(
      't',
      {
        rows: 129,
        columns: 129,
        rowSpacing: cellMm,
        columnSpacing: cellMm,
        middle: add(center, [cellMm / 2, cellMm / 2, 0]),
      },
      (p) => Math.sin(p[0] / 3) + Math.cos(p[1] / 4) + Math.sin(p[2] / 5),
    ),
  };
  const small = { longAxis: [add(center, [-10, 0, 0]), add(center, [10, 0, 0])] as [Vec3, Vec3] };
  const at = manifest.channels.findIndex(({ role }) => role === 't2');
  const channel = (shift?: Vec3) => {
    const sample = prepareSample({
      manifest: { ...manifest, normalisation: { method: 'robust-z', clip: 1e6 } },
      volumesByRole,
      lesion: small,
      ...(shift ? { shiftMmByRole: { t2: shift } } : {}),
    });
    const { size } = manifest.crop;
    const used = sample.channels[at];
    const scaled = sample.image.subarray(at * size * size, (at + 1) * size * size);
    // Back to the values of the image: what lies at the rim is another part of it, and so are median and spread.
    return { used, values: scaled.map((z) => z * (used?.robustSd ?? 0) + (used?.median ?? 0)), size };
  };

  it('is sampled by exactly so many cells farther as it was moved by pixels', () => {
    const [columns, rows] = [5, -7];
    const still = channel();
    const moved = channel([columns * cellMm, rows * cellMm, 0]);
    let compared = 0;
    for (let r = 10; r < still.size - 10; r++)
      for (let c = 10; c < still.size - 10; c++) {
        const before = still.values[r * still.size + c] ?? Number.NaN;
        const after = moved.values[(r + rows) * still.size + c + columns] ?? Number.NaN;
        expect(Math.abs(after - before)).toBeLessThan(1e-5);
        compared++;
      }
    expect(compared).toBe(108 * 108);
  });

  it('is sampled from the slice below where it was moved up by the distance of two slices', () => {
    const up = channel([0, 0, 4]);
    const volume = volumesByRole.t2;
    const deeper = prepareSample({
      manifest: { ...manifest, normalisation: { method: 'robust-z', clip: 1e6 } },
      volumesByRole: { t2: volume },
      lesion: { longAxis: [add(small.longAxis[0], [0, 0, -4]), add(small.longAxis[1], [0, 0, -4])] },
    });
    const { size } = up;
    const below = deeper.image.subarray(at * size * size, (at + 1) * size * size);
    const used = deeper.channels[at];
    up.values.forEach((value, i) => {
      expect(Math.abs(value - ((below[i] ?? 0) * (used?.robustSd ?? 0) + (used?.median ?? 0)))).toBeLessThan(1e-5);
    });
  });

  it('says so, and says nothing where it lies as its file says', () => {
    expect(channel([3, 0, -5]).used).toMatchObject({ role: 't2', shiftMm: [3, 0, -5] });
    expect(channel().used).not.toHaveProperty('shiftMm');
    expect(channel([0, 0, 0]).used).not.toHaveProperty('shiftMm');
    // Moved out of reach, it is still said that it was moved.
    expect(channel([0, 0, 100]).used).toMatchObject({ coverage: 0, inputHash: null, shiftMm: [0, 0, 100] });
  });
});
