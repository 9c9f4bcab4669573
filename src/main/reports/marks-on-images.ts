/** Marks that are no lesions: the slices that they were drawn on, and their words. Pure. */
import { type Mark, markPlace } from '#shared/study/mark.ts';
import { measureText } from '#shared/study/mark-text.ts';
import type { LeavingPicture } from './leaving-pictures.ts';
import type { ReportedCase } from './reported-case.ts';
import { nearestSlice } from './sr/place-on-image.ts';

/** By its image where the study names that once, else the nearest to where it lies; undefined where neither is known. */
export const sliceOfMark = ({ saved, images }: ReportedCase, mark: Mark): number | undefined => {
  const stack = images?.stacks.get(mark.seriesId) ?? [];
  const named = stack.flatMap(({ sopInstanceUID }, slice) => (sopInstanceUID === mark.sopInstanceUID ? [slice] : []));
  if (named.length === 1) return named[0];
  const geometry = saved.study.series.find(({ id }) => id === mark.seriesId)?.geometry;
  return geometry && nearestSlice(geometry, markPlace(mark));
};

/** Those of its slice. In its pixels are those that were drawn before it was taken: a mark does not say when it was drawn. */
export const marksOn = (reported: ReportedCase, { seriesId, sliceIndex, visit }: LeavingPicture): Mark[] =>
  visit === undefined
    ? (reported.saved.marks ?? []).filter(
        (mark) => mark.seriesId === seriesId && sliceOfMark(reported, mark) === sliceIndex,
      )
    : [];

const names: Readonly<Record<Mark['tool'], string>> = {
  length: 'length',
  angle: 'angle',
  ellipse: 'region',
  arrow: 'arrow',
};

/** `M2 region, 512 ± 33 · 2.1 cm², S8: comment`. */
export const markWords = (mark: Mark): string => {
  const { label, tool, segment = '', comment = '' } = mark;
  const facts = [`${label} ${names[tool]}`, measureText(mark), segment].filter(Boolean).join(', ');
  return comment === '' ? facts : `${facts}: ${comment}`;
};
