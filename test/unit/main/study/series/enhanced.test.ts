import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import { diffusionBValue } from '../../../../../src/main/study/series/diffusion.ts';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { imageKind } from '../../../../../src/main/study/series/image-kind.ts';
import { scanningSequence } from '../../../../../src/main/study/series/scanning-sequence.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { image } from './make-images.ts';

const enhancedMr = '1.2.840.10008.5.1.4.1.1.4.1';

/** Frames of one object, as a scan hands them over. */
const frames = (sopClassUID: string, each: SeriesFacts[]): ImageRecord[] =>
  each.map((attributes, frame) => ({
    ...image(1, 0, { NumberOfFrames: each.length, ...attributes }),
    sopClassUID,
    frame,
  }));

describe('multi-frame objects', () => {
  it('Enhanced MR with all phases in one object is divided like a classic series', () => {
    const stacks = groupSeries(
      frames(
        enhancedMr,
        [1, 2].flatMap((phase) =>
          [0, 5, 10].map((z) => ({ TemporalPositionIdentifier: phase, ImagePositionPatient: [-190, -190, z] })),
        ),
      ),
    );
    expect(stacks.map(({ images, geometry }) => [images.length, geometry?.uniform])).toEqual([
      [3, true],
      [3, true],
    ]);
  });

  describe('Enhanced MR whose frames name no phase', () => {
    const slices = [0, 5, 10, 15];
    const phases = [1, 2, 3];
    /** Phase and slice of each frame, in the order of the frames. */
    const made = (order: [phase: number, z: number][]) => {
      const images = frames(
        enhancedMr,
        order.map(([, z]) => ({ InstanceNumber: 1, SliceThickness: 5, ImagePositionPatient: [-190, -190, z] })),
      );
      return groupSeries(images).map((stack) => stack.images.map((image) => order[image.frame]?.[0]));
    };
    const whole = phases.map((phase) => slices.map(() => phase));

    it.each<[string, [number, number][]]>([
      ['one phase after the other', phases.flatMap((phase) => slices.map((z): [number, number] => [phase, z]))],
      [
        'all phases of one slice after the other',
        slices.flatMap((z) => phases.map((phase): [number, number] => [phase, z])),
      ],
    ])('is divided by the order of its frames: %s', (_what, order) => {
      expect(made(order)).toEqual(whole);
    });

    it('is not placed where they come in no order', () => {
      const order = phases.flatMap((phase) => slices.map((z): [number, number] => [phase, z]));
      const mixed = [0, 5, 10, 3, 7, 11, 2, 6, 1, 9, 4, 8].flatMap((index) => (order[index] ? [order[index]] : []));
      expect(made(mixed)).toHaveLength(1);
    });
  });

  it('frames of other classes share one position, so they are shown together and not placed', () => {
    const [stack, ...others] = groupSeries(frames('1.2.840.10008.5.1.4.1.1.7.2', [{}, {}, {}]));
    expect(others).toEqual([]);
    expect(stack?.images).toHaveLength(3);
    expect(stack?.unplaced).toMatch(/^The frames of this object share one position/);
  });
});

describe('what Enhanced and private attributes say', () => {
  it('pulse sequences by the words of Enhanced MR (PS3.3 C.8.13.4)', () => {
    expect(scanningSequence({ EchoPulseSequence: 'GRADIENT', EchoPlanarPulseSequence: 'NO' })).toEqual(['GR']);
    expect(scanningSequence({ EchoPulseSequence: 'SPIN', EchoPlanarPulseSequence: 'YES' })).toEqual(['SE', 'EP']);
    expect(scanningSequence({ ScanningSequence: 'SE\\IR', EchoPulseSequence: 'GRADIENT' })).toEqual(['SE', 'IR']);
  });

  it('b-values by vendor, and GE’s without its offset', () => {
    expect(diffusionBValue({ DiffusionBValue: '800' })).toBe(800);
    expect(diffusionBValue({ SiemensDiffusionBValue: 50 })).toBe(50);
    expect(diffusionBValue({ GEDiffusionBValue: [1_000_000_800, 8, 0, 0] })).toBe(800);
    expect(diffusionBValue({ PhilipsDiffusionBValue: -1 })).toBeUndefined();
  });

  it('phase, real and imaginary images of GE', () => {
    expect(imageKind({ GERawDataType: 1 })).toBe('phase');
    expect(imageKind({ GERawDataType: 0, ImageType: 'ORIGINAL\\PRIMARY\\OTHER' })).toBeUndefined();
  });

  it('P as the second value of ImageType is not a phase image', () => {
    expect(imageKind({ ImageType: 'ORIGINAL\\P' })).toBeUndefined();
    expect(imageKind({ ImageType: 'ORIGINAL\\PRIMARY\\P\\ND' })).toBe('phase');
  });
});
