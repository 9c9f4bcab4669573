/**
 * Divides images that show the same slices again: the phases of a dynamic acquisition, or the repeats of one scan.
 */
import type { englishWords } from '#shared/study/messages/english.ts';
import { partLabel } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';
import { secondsOfDay } from './dicom-time.ts';
import { number, text } from './fact-values.ts';
import { imagesByPosition } from './positions.ts';
import { groupBy, type SplitPart, type Splitter } from './split.ts';

interface PhaseAttribute {
  keyword: string;
  /** What a value is called in the part's label. */
  numberedBy: keyof typeof englishWords.numberedBy;
}

/** Attributes that number or time the phases of one series, the most explicit first. */
const phaseAttributes: readonly PhaseAttribute[] = [
  { keyword: 'TemporalPositionIdentifier', numberedBy: 'temporal-position' },
  { keyword: 'TemporalPositionIndex', numberedBy: 'temporal-position' },
  { keyword: 'AcquisitionNumber', numberedBy: 'acquisition' },
  { keyword: 'TriggerTime', numberedBy: 'trigger-time' },
  { keyword: 'AcquisitionTime', numberedBy: 'acquisition-time' },
  { keyword: 'FrameAcquisitionDateTime', numberedBy: 'acquisition-time' },
  { keyword: 'FrameReferenceDateTime', numberedBy: 'acquisition-time' },
  { keyword: 'ContentTime', numberedBy: 'content-time' },
];

/** Values of one attribute in order: clock times by the day's seconds, all others by their number. */
const orderOf = (value: string, keyword: string): number => {
  const clock = keyword === 'AcquisitionTime' || keyword === 'ContentTime';
  const read = clock ? secondsOfDay(value) : Number.parseFloat(value);
  return read === undefined || Number.isNaN(read) ? Number.MAX_VALUE : read;
};

const repeats = (images: readonly ImageRecord[]): boolean =>
  (imagesByPosition(images) ?? []).some((group) => group.length > 1);

/** Phases by one attribute, if it explains all repetition without tearing single phases apart. */
const byAttribute = (images: readonly ImageRecord[], repetitions: number, by: PhaseAttribute): SplitPart[] => {
  const groups = [...groupBy(images, ({ attributes }) => text(attributes, by.keyword))];
  // One more group than repetitions allows for a last phase that was stopped early.
  if (groups.length < 2 || groups.length > repetitions + 1 || groups.some(([value]) => value === '')) return [];
  if (groups.some(([, group]) => repeats(group))) return [];
  groups.sort(([a], [b]) => orderOf(a, by.keyword) - orderOf(b, by.keyword));
  return groups.map(([value, group], index) => ({
    images: group,
    slug: `phase-${index + 1}`,
    label: partLabel(by.numberedBy === 'trigger-time' ? 'phase-trigger' : 'phase', {
      index: index + 1,
      total: groups.length,
      numberedBy: by.numberedBy,
      value,
    }),
  }));
};

const momentOf = ({ attributes }: ImageRecord): number =>
  secondsOfDay(text(attributes, 'AcquisitionTime')) ?? secondsOfDay(text(attributes, 'ContentTime')) ?? 0;

const inOrderOfMaking = (a: ImageRecord, b: ImageRecord): number =>
  (number(a.attributes, 'TriggerTime') ?? 0) - (number(b.attributes, 'TriggerTime') ?? 0) ||
  momentOf(a) - momentOf(b) ||
  (number(a.attributes, 'InstanceNumber') ?? 0) - (number(b.attributes, 'InstanceNumber') ?? 0);

/** Share of the slices that must be taken equally often for the repeats to be whole phases. */
const mostlyRepeated = 0.8;

/** Where no attribute names the phases: the k-th image of every slice, in the order in which they were made. */
const byOrder = (byPosition: readonly ImageRecord[][], repetitions: number): SplitPart[] => {
  const complete = byPosition.filter((group) => group.length === repetitions).length;
  const sorted = byPosition.map((group) => [...group].sort(inOrderOfMaking));
  const rounds = Array.from({ length: repetitions }, (_, round) => sorted.flatMap((group) => group[round] ?? []));
  const whole = complete >= mostlyRepeated * byPosition.length;
  return rounds.map((images, index) => ({
    images,
    slug: whole ? `phase-${index + 1}` : index === 0 ? 'slices' : `repeat-${index}`,
    label: whole
      ? partLabel('phase-in-order', { index: index + 1, total: rounds.length })
      : index === 0
        ? partLabel('first-images', { positions: images.length })
        : partLabel('further-images', { images: images.length }),
  }));
};

export const splitByRepetition: Splitter = (images) => {
  const byPosition = imagesByPosition(images);
  if (!byPosition) return [];
  const repetitions = Math.max(...byPosition.map((group) => group.length));
  if (repetitions < 2) return [];
  for (const attribute of phaseAttributes) {
    const parts = byAttribute(images, repetitions, attribute);
    if (parts.length > 1) return parts;
  }
  return byOrder(byPosition, repetitions);
};
