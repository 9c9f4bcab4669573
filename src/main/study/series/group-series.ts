/**
 * From single images to displayable stacks: one per series, or several where a series holds several orientations,
 * echoes, phases or kinds of image. Pure, and independent of the order in which files were found.
 */
import type { Message } from '#shared/study/messages/message.ts';
import type { Unplaced } from '#shared/study/messages/stacks.ts';
import type { ImageRecord, StackRecord } from '../records.ts';
import { mixesContrastStates } from './contrast-state.ts';
import { number } from './fact-values.ts';
import { groupBy, type SplitPart, type Splitter } from './split.ts';
import {
  splitByDiffusion,
  splitByEcho,
  splitByFlipAngle,
  splitByFrameOfReference,
  splitByGrid,
  splitByKind,
  splitByOrientation,
  splitByPatient,
  splitByPlaceability,
} from './split-by-value.ts';
import { splitByRepetition } from './split-repeats.ts';
import { stackFacts } from './stack-facts.ts';
import { placeStack } from './stack-geometry.ts';

/** In this order, because repetition can only be judged among images of one orientation, grid, kind and echo. */
const splitters: readonly Splitter[] = [
  splitByPatient,
  splitByPlaceability,
  splitByGrid,
  splitByFrameOfReference,
  splitByOrientation,
  splitByKind,
  splitByEcho,
  splitByFlipAngle,
  splitByDiffusion,
  splitByRepetition,
];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One fixed order, so that parts are numbered alike however the folder was read. */
const inCanonicalOrder = (a: ImageRecord, b: ImageRecord): number =>
  (number(a.attributes, 'InstanceNumber') ?? 0) - (number(b.attributes, 'InstanceNumber') ?? 0) ||
  compareText(a.sopInstanceUID, b.sopInstanceUID) ||
  a.frame - b.frame ||
  compareText(a.file, b.file) ||
  a.source - b.source;

interface Branch {
  images: ImageRecord[];
  slugs: string[];
  labels: SplitPart['label'][];
  fragment?: boolean;
  unplaced?: Unplaced;
}

const divide = (branch: Branch, splitter: Splitter): Branch[] => {
  const parts: SplitPart[] = branch.images.length > 1 ? splitter(branch.images) : [];
  if (parts.length < 2 && !parts[0]?.unplaced) return [branch];
  return parts.map(({ images, slug, label, fragment, unplaced }) => ({
    images,
    slugs: [...branch.slugs, slug],
    labels: [...branch.labels, label],
    ...(fragment ? { fragment } : {}),
    ...(unplaced ? { unplaced } : {}),
  }));
};

const toMessage = ({ code, params }: Message): Message => ({ code, params });

const toStack = (seriesInstanceUID: string, { images, slugs, labels, fragment, unplaced }: Branch): StackRecord => {
  const place = unplaced ? { unplaced } : placeStack(images);
  const sorted = 'geometry' in place ? place.images : images;
  return {
    id: slugs.length === 0 ? seriesInstanceUID : `${seriesInstanceUID}#${slugs.join('.')}`,
    seriesInstanceUID,
    ...(labels.length > 0
      ? { part: labels.map(({ text }) => text).join(', '), partMessages: labels.map(toMessage) }
      : {}),
    images: sorted,
    ...('geometry' in place
      ? { geometry: place.geometry }
      : { unplaced: place.unplaced.text, unplacedMessage: toMessage(place.unplaced) }),
    ...(fragment ? { fragment } : {}),
    ...(unplaced || mixesContrastStates(images) ? { mixed: true } : {}),
    facts: stackFacts(sorted),
  };
};

/**
 * Groups images by SeriesInstanceUID, divides each series where its images cannot form one stack, and sorts every
 * stack along its normal. Every image lands in exactly one stack; `part` says why a series was divided, `unplaced`
 * why a stack has no geometry.
 */
export const groupSeries = (images: readonly ImageRecord[]): StackRecord[] => {
  const ordered = [...images].sort(inCanonicalOrder);
  const bySeries = groupBy(ordered, (image) => image.seriesInstanceUID);
  return [...bySeries]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([uid, group]) => {
      const whole: Branch = { images: group, slugs: [], labels: [] };
      return splitters
        .reduce<Branch[]>((branches, splitter) => branches.flatMap((branch) => divide(branch, splitter)), [whole])
        .map((branch) => toStack(uid, branch));
    });
};
