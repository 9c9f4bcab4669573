/** Splitters that divide a series by what its headers say: placement, grid, kind, echo, flip angle, diffusion. */
import { partLabel } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';
import { diffusionBValue } from './diffusion.ts';
import { number, numbers, text } from './fact-values.ts';
import { imageKind } from './image-kind.ts';
import { isPlaced, placeImage } from './placement.ts';
import { type Orientation, planeOf, sameOrientation } from './plane.ts';
import { showSameSlices } from './positions.ts';
import { patientsAmong } from './same-patient.ts';
import { cluster, groupBy, type SplitPart, type Splitter } from './split.ts';
import { clusterByValue, type Tolerance, tolerances, type ValueCluster, within } from './value-clusters.ts';

/** Place among the parts, as a label says it. */
const ordinal = (index: number, groups: readonly unknown[]) => ({ index: index + 1, total: groups.length });

/** One series UID with two patients is a PACS accident; the pixels of two people are never put into one stack. */
export const splitByPatient: Splitter = (images) => {
  const patientOf = patientsAmong(images.map(({ patient }) => patient));
  const groups = [
    ...groupBy(images, ({ studyInstanceUID, patient }) => `${studyInstanceUID} ${patientOf(patient)}`).values(),
  ];
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

/** Matrix and colour, which must be equal for slices to form one block of numbers. */
const matrixOf = ({ attributes }: ImageRecord): string =>
  `${text(attributes, 'Rows')}×${text(attributes, 'Columns')}${isColour(attributes) ? ' colour' : ''}`;

const isColour = (attributes: ImageRecord['attributes']): boolean => (number(attributes, 'SamplesPerPixel') ?? 1) > 1;

const sameSpacing = (a: ImageRecord, b: ImageRecord): boolean => {
  const [first, second] = [numbers(a.attributes, 'PixelSpacing'), numbers(b.attributes, 'PixelSpacing')];
  if (first === undefined || second === undefined || first.length !== second.length) return first === second;
  return first.every((value, index) => within(value, second[index] ?? Number.NaN, tolerances.pixelSpacing));
};

const gridText = ({ attributes }: ImageRecord): string => {
  const spacing = (numbers(attributes, 'PixelSpacing') ?? []).map((value) => value.toFixed(4));
  const matrix = `${text(attributes, 'Rows')}×${text(attributes, 'Columns')}`;
  return spacing.length === 0 ? matrix : `${matrix}, ${spacing.join(' × ')} mm`;
};

export const splitByGrid: Splitter = (images) => {
  const groups = [...groupBy(images, matrixOf).values()].flatMap((group) => cluster(group, sameSpacing));
  return groups.flatMap((group, index): SplitPart[] => {
    const [first] = group;
    if (!first) return [];
    const code = isColour(first.attributes) ? 'matrix-colour' : 'matrix';
    const label = partLabel(code, { ...ordinal(index, groups), grid: gridText(first) });
    return [{ images: group, slug: `matrix-${index + 1}`, label }];
  });
};

/**
 * Positions of different frames of reference cannot be compared (PS3.3 C.7.4.1). Images that name none belong to the
 * only one that the others name.
 */
export const splitByFrameOfReference: Splitter = (images) => {
  const named = groupBy(images, ({ attributes }) => text(attributes, 'FrameOfReferenceUID'));
  if (named.size === 2 && named.has('')) return [];
  const groups = [...named.values()];
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

const echoTime = ({ attributes }: ImageRecord): number | undefined => number(attributes, 'EchoTime');

const groupsOf = (clusters: readonly ValueCluster[]): ImageRecord[][] => clusters.map(({ images }) => images);

/** By the number of the echo (0018,0086), in its order. */
const byEchoNumber = (images: readonly ImageRecord[]): ImageRecord[][] =>
  [...groupBy(images, ({ attributes }) => text(attributes, 'EchoNumbers'))]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, group]) => group);

/** Echoes are told by their times where the same slices were taken at several, or by times far apart, or by number. */
const echoesOf = (images: readonly ImageRecord[]): ImageRecord[][] => {
  const byTime = groupsOf(clusterByValue(images, echoTime, tolerances.echoTime));
  if (byTime.length > 1 && showSameSlices(byTime)) return byTime;
  const apart = groupsOf(clusterByValue(images, echoTime, tolerances.echoTimeOfSlices));
  if (apart.length > 1) return apart;
  const byNumber = byEchoNumber(images);
  return showSameSlices(byNumber) ? byNumber : [[...images]];
};

/** Differing echo times or numbers of slices that do not repeat are one acquisition and stay together. */
export const splitByEcho: Splitter = (images) => {
  const groups = echoesOf(images);
  return groups.map((group, index): SplitPart => {
    const time = group[0] ? echoTime(group[0]) : undefined;
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

/** Parts by a value that is a dimension of the series only where the same slices were taken at each of its values. */
const byDimension =
  (
    read: (image: ImageRecord) => number | undefined,
    tolerance: Tolerance,
    part: (cluster: ValueCluster, index: number) => Pick<SplitPart, 'slug' | 'label'>,
  ): Splitter =>
  (images) => {
    const clusters = clusterByValue(images, read, tolerance);
    if (clusters.length < 2 || !showSameSlices(groupsOf(clusters))) return [];
    return clusters.map((found, index) => ({ images: found.images, ...part(found, index) }));
  };

export const splitByDiffusion: Splitter = byDimension(
  ({ attributes }) => diffusionBValue(attributes),
  tolerances.bValue,
  ({ value }, index) => ({
    slug: `b-${index + 1}`,
    label: value === undefined ? partLabel('no-b-value') : partLabel('b-value', { b: value }),
  }),
);

/** Variable flip angles measure T1; they are no phases of a dynamic series. */
export const splitByFlipAngle: Splitter = byDimension(
  ({ attributes }) => number(attributes, 'FlipAngle'),
  tolerances.flipAngle,
  ({ value }, index) => ({
    slug: `flip-${index + 1}`,
    label: value === undefined ? partLabel('no-flip-angle') : partLabel('flip-angle', { angle: value }),
  }),
);
