/** Where something that is drawn on an image stands on the panes that are there. */
import { scale, stackNormal, type Vec3 } from '#shared/study/geometry.ts';
import type { AnnotatedImage } from '../cornerstone/held-annotations.ts';
import { imageIdOf, parseImageId } from '../cornerstone/image-ids.ts';
import { frameOf } from '../cornerstone/image-loader.ts';
import { nearestSlice, onlyIndexOf } from '../space/slices.ts';
import type { PaneHandle } from '../viewer-context.ts';

export interface AnnotatedImages {
  /** The image that something at `place` was drawn on; undefined where its series is not on screen. */
  imageOf(drawn: { seriesId: string; sopInstanceUID?: string | undefined }, place: Vec3): AnnotatedImage | undefined;
  /** The series, the slice and its name behind an image of Cornerstone's. */
  sourceOf(imageId: string): { handle: PaneHandle; slice: number; sopInstanceUID: string | undefined } | undefined;
  viewportIds(): string[];
}

export const annotatedImages = (panes: () => readonly PaneHandle[]): AnnotatedImages => {
  const handleOf = (seriesId: string) => panes().find((handle) => handle.seriesId === seriesId);
  return {
    imageOf({ seriesId, sopInstanceUID }, place) {
      const handle = handleOf(seriesId);
      // As drawn: what is kept of a series lies where its file says, however it was moved.
      const g = handle?.recorded;
      if (!handle || !g) return undefined;
      const { info } = handle.volume;
      const named = sopInstanceUID ? onlyIndexOf(info.sopInstanceUIDs, sopInstanceUID) : undefined;
      const slice = named ?? nearestSlice(g, place).index;
      return {
        imageId: imageIdOf({ openId: info.openId, seriesId: info.seriesId }, slice),
        frame: frameOf(info),
        normal: scale(stackNormal(g), -1),
        up: scale(g.columnDirection, -1),
      };
    },
    sourceOf(imageId) {
      const parsed = parseImageId(imageId);
      const handle = parsed && handleOf(parsed.seriesId);
      return (
        handle && { handle, slice: parsed.slice, sopInstanceUID: handle.volume.info.sopInstanceUIDs[parsed.slice] }
      );
    },
    viewportIds: () => panes().map(({ viewportId }) => viewportId),
  };
};
