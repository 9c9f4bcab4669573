/** Splitters that divide a series by what its headers say: placement, grid, kind, echo, diffusion weighting. */
import { partLabel } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';
import { diffusionBValue } from './diffusion.ts';
import { number, text } from './fact-values.ts';
import { imageKind } from './image-kind.ts';
import { isPlaced, placeImage } from './placement.ts';
import { type Orientation, planeOf, sameOrientation } from './plane.ts';
import { mayRepeat } from './positions.ts';
import { cluster, groupBy, type SplitPart, type Splitter } from './split.ts';

/** Place among the parts, as a label says it. */
const ordinal = (index: number, groups: readonly unknown[]) => ({ index: index + 1, total: groups.length });

/** One series UID with two patients is a PACS accident; the pixels of two people are never put into one stack. */
export const splitByPatient: Splitter = (images) => {
  const groups = [...groupBy(images, (image) => `${image.studyInstanceUID} ${image.patient.patientId}`).values()];
  return groups.map((group, index) => ({
    images: group,
    slug: `patient-${index + 1}`,
    label: partLabel('patient', ordinal(index, groups)),
  }));
};

/** Images that cannot be placed are kept apart, so that they do not take the others out of patient space. */
export const splitByPlaceability: Splitter = (images) =>
  [...groupBy(images, (image) => isPlaced(placeImage(image)))].map(([placed, group]) => ({
    images: group,
    slug: placed ? 'placed' : 'unplaced',
    label: partLabel(placed ? 'placed' : 'unplaced'),
  }));

export const splitByOrientation: Splitter = (images) => {
  const oriented: { image: ImageRecord; orientation: Orientation }[] = [];
  for (const image of images) {
    const placement = placeImage(image);
    if (!isPlaced(placement)) return [];
    oriented.push({ image, orientation: placement });
  }
  const groups = cluster(oriented, (a, b) => sameOrientation(a.orientation, b.orientation));
  const planes = groups.map(([first]) => (first ? planeOf(first.orientation) : 'oblique'));
  return groups.map((group, index) => {
    const plane = planes[index] ?? 'oblique';
    const alone = planes.filter((other) => other === plane).length === 1;
    return {
      images: group.map(({ image }) => image),
      slug: alone ? plane : `orientation-${index + 1}`,
      label: partLabel('orientation', { ...ordinal(index, groups), plane }),
    };
  });
};

/** Matrix and pixel distance, which with the colour must be equal for slices to form one block of numbers. */
const gridOf = ({ attributes }: ImageRecord): string => {
  const spacing = text(attributes, 'PixelSpacing')
    .split(' ')
    .map((part) => Number(part).toFixed(4));
  return `${text(attributes, 'Rows')}×${text(attributes, 'Columns')}, ${spacing.join(' × ')} mm`;
};

const isColour = ({ attributes }: ImageRecord): boolean => (number(attributes, 'SamplesPerPixel') ?? 1) > 1;

export const splitByGrid: Splitter = (images) => {
  const groups = [...groupBy(images, (image) => `${gridOf(image)}${isColour(image) ? ' colour' : ''}`).values()];
  return groups.flatMap((group, index): SplitPart[] => {
    const [first] = group;
    if (!first) return [];
    const grid = gridOf(first).replace(', NaN mm', '');
    const code = isColour(first) ? 'matrix-colour' : 'matrix';
    return [
      { images: group, slug: `matrix-${index + 1}`, label: partLabel(code, { ...ordinal(index, groups), grid }) },
    ];
  });
};

/** Positions of different frames of reference cannot be compared (PS3.3 C.7.4.1). */
export const splitByFrameOfReference: Splitter = (images) => {
  const groups = [...groupBy(images, ({ attributes }) => text(attributes, 'FrameOfReferenceUID')).values()];
  return groups.map((group, index) => ({
    images: group,
    slug: `frame-${index + 1}`,
    label: partLabel('frame', ordinal(index, groups)),
  }));
};

export const splitByKind: Splitter = (images) => {
  const groups = [...groupBy(images, ({ attributes }) => imageKind(attributes))];
  return groups.map(([kind, group]) => ({
    images: group,
    slug: kind ?? 'other-images',
    label: kind ? partLabel('kind', { kind }) : partLabel('other-kind'),
  }));
};

/** Echo times of one echo differ by rounding only; two echoes of a liver protocol by 1 ms and more. */
const echoTime = ({ attributes }: ImageRecord): string => number(attributes, 'EchoTime')?.toFixed(2) ?? '';

const byNumericKey = ([a]: [string, unknown], [b]: [string, unknown]): number => Number(a) - Number(b);

/**
 * By echo, where EchoNumbers (0018,0086) differ or the same slices were taken at several echo times. Differing echo
 * times of slices that do not repeat are one acquisition and stay together.
 */
export const splitByEcho: Splitter = (images) => {
  const byNumber = groupBy(images, ({ attributes }) => text(attributes, 'EchoNumbers'));
  const byTime = groupBy(images, echoTime);
  const chosen = byTime.size > 1 && (byNumber.size > 1 || mayRepeat(images)) ? byTime : byNumber;
  const groups = [...chosen].sort(byNumericKey);
  return groups.map(([, group], index): SplitPart => {
    const time = group[0] ? number(group[0].attributes, 'EchoTime') : undefined;
    const place = ordinal(index, groups);
    return {
      images: group,
      slug: `echo-${index + 1}`,
      label:
        time === undefined
          ? partLabel('echo', place)
          : partLabel('echo-time', { ...place, te: Number(time.toFixed(2)) }),
    };
  });
};

export const splitByDiffusion: Splitter = (images) => {
  if (!mayRepeat(images)) return [];
  const groups = [...groupBy(images, ({ attributes }) => diffusionBValue(attributes)?.toString() ?? '')].sort(
    byNumericKey,
  );
  return groups.map(([value, group], index) => ({
    images: group,
    slug: `b-${index + 1}`,
    label: value === '' ? partLabel('no-b-value') : partLabel('b-value', { b: Number(value) }),
  }));
};
