import { describe, expect, it } from 'vitest';
import type { DecodedVolume, StackRecord } from '../../../../../src/main/study/records.ts';
import { middleOf, THUMBNAIL_EDGE, thumbnailOf } from '../../../../../src/main/study/volumes/thumbnail.ts';

const volume = (rows: number, columns: number, invert = false): DecodedVolume =>
  ({
    info: { shape: [1, rows, columns], window: { center: 50, width: 100 }, invert },
    data: Float32Array.from({ length: rows * columns }, (_, index) => (index % columns) * (100 / (columns - 1))),
  }) as unknown as DecodedVolume;
const pixels = ({ grey }: { grey: string }) => [...Buffer.from(grey, 'base64')];

describe('a thumbnail', () => {
  it('is the middle image through its window', () => {
    const small = thumbnailOf(volume(1, 6));
    expect(small).toMatchObject({ width: 6, height: 1 });
    expect(pixels(small)).toEqual([0, 51, 102, 153, 204, 255]);
    expect(pixels(thumbnailOf(volume(1, 6, true)))).toEqual([255, 204, 153, 102, 51, 0]);
  });

  it.each([
    [512, 512],
    [97, 20],
    [1, 4000],
  ])('of %i × %i is no longer than its edge', (rows, columns) => {
    const { width, height } = thumbnailOf(volume(rows, columns));
    expect(Math.max(width, height)).toBeLessThanOrEqual(THUMBNAIL_EDGE);
    expect(Math.min(width, height)).toBeGreaterThan(0);
  });

  it.each([
    [1, 0],
    [2, 1],
    [5, 2],
  ])('of %i images is that of image %i', (count, expected) => {
    const images = Array.from({ length: count }, (_, index) => ({ index }));
    expect(middleOf({ id: 's', images } as unknown as StackRecord).images).toEqual([{ index: expected }]);
  });
});
