/**
 * Divides images that show the same slices again: the phases of a dynamic acquisition, or the repeats of one scan.
 */
import type { englishWords } from '#shared/study/messages/english.ts';
import { partLabel, unplaced } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';
import { secondsOfDay } from './dicom-time.ts';
import { text } from './fact-values.ts';
import { areParallelStacks } from './parallel-stacks.ts';
import { phasesByOrder } from './phases-by-order.ts';
import { alongNormal, mayBeOneStack, places } from './positions.ts';
import { groupBy, type SplitPart, type Splitter } from './split.ts';

interface PhaseAttribute {
  keyword: string;
  /** What a value is called in the part's label. */
  numberedBy: keyof typeof englishWords.numberedBy;
  /** True where the attribute exists to number time points, so that stacks it tells apart are never one. */
  explicit?: boolean;
}

/** Attributes that number or time the phases of one series, the most explicit first. */
const phaseAttributes: readonly PhaseAttribute[] = [
  { keyword: 'TemporalPositionIdentifier', numberedBy: 'temporal-position', explicit: true },
  { keyword: 'TemporalPositionIndex', numberedBy: 'temporal-position', explicit: true },
  { keyword: 'TemporalPositionTimeOffset', numberedBy: 'time-offset', explicit: true },
  { keyword: 'AcquisitionNumber', numberedBy: 'acquisition' },
  { keyword: 'TriggerTime', numberedBy: 'trigger-time' },
  { keyword: 'AcquisitionTime', numberedBy: 'acquisition-time' },
  { keyword: 'AcquisitionDateTime', numberedBy: 'acquisition-time' },
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

/**
 * A part with fewer than this share of the largest one's slices is what was taken again or stopped early. Time points
 * that the header numbers are phases even with slices missing.
 */
const wholePhase = { numbered: 0.6, other: 0.75 } as const;

const isFragment = (
  images: readonly ImageRecord[],
  parts: readonly (readonly ImageRecord[])[],
  share: number,
): boolean => images.length < share * Math.max(...parts.map((part) => part.length));

/** Phases by one attribute, if they are whole stacks beside each other. */
const byAttribute = (images: readonly ImageRecord[], by: PhaseAttribute): SplitPart[] => {
  const groups = [...groupBy(images, ({ attributes }) => text(attributes, by.keyword))];
  if (groups.length < 2 || groups.some(([value]) => value === '')) return [];
  const parts = groups.map(([, group]) => group);
  if (!areParallelStacks(parts, by.explicit === true)) return [];
  groups.sort(([a], [b]) => orderOf(a, by.keyword) - orderOf(b, by.keyword));
  const share = by.explicit ? wholePhase.numbered : wholePhase.other;
  const wholes = groups.filter(([, group]) => !isFragment(group, parts, share)).length;
  return groups.map(([value, group], index) => {
    const fragment = isFragment(group, parts, share);
    return {
      images: group,
      slug: fragment && !by.explicit ? `repeat-${index + 1}` : `phase-${index + 1}`,
      label: labelOf({ by, value, fragment, images: group.length, index: index + 1, total: groups.length, wholes }),
      ...(fragment ? { fragment } : {}),
    };
  });
};

interface PhaseGroup {
  by: PhaseAttribute;
  value: string;
  fragment: boolean;
  images: number;
  index: number;
  total: number;
  /** How many groups are no fragments. */
  wholes: number;
}

/** A number of the acquisition also tells a scan from its repeats; a time point always is a phase. */
const labelOf = ({ by, value, fragment, images, index, total, wholes }: PhaseGroup): SplitPart['label'] => {
  const { numberedBy } = by;
  if (fragment && !by.explicit) return partLabel('taken-again', { images, numberedBy, value });
  if (wholes === 1 && !by.explicit) return partLabel('whole-stack', { positions: images, numberedBy, value });
  const code = numberedBy === 'trigger-time' ? 'phase-trigger' : 'phase';
  return partLabel(code, { index, total, numberedBy, value });
};

/** Where no attribute names the phases. */
const byOrder = (phases: readonly ImageRecord[][]): SplitPart[] => {
  const whole = !phases.some((images) => isFragment(images, phases, wholePhase.other));
  return phases.map((images, index) => ({
    images,
    slug: whole ? `phase-${index + 1}` : index === 0 ? 'slices' : `repeat-${index}`,
    label: whole
      ? partLabel('phase-in-order', { index: index + 1, total: phases.length })
      : index === 0
        ? partLabel('first-images', { positions: images.length })
        : partLabel('further-images', { images: images.length }),
    ...(isFragment(images, phases, wholePhase.other) ? { fragment: true } : {}),
  }));
};

/** One part that is kept out of patient space, because any stack made of it would be made up. */
const untold = (images: readonly ImageRecord[], repeats: number): SplitPart[] => [
  {
    images: [...images],
    slug: 'repeats',
    label: partLabel('repeats-untold', { repeats }),
    unplaced: unplaced('repeats-untold', { repeats }),
  },
];

/** True where the header numbers the slices, yet gives all of them one position. */
const positionsContradicted = (images: readonly ImageRecord[]): boolean =>
  ['SliceLocation', 'InStackPositionNumber'].some(
    (keyword) => new Set(images.map(({ attributes }) => text(attributes, keyword))).size > 1,
  );

export const splitByRepetition: Splitter = (images) => {
  const sorted = alongNormal(images);
  if (!sorted) return [];
  const taken = places(sorted);
  const repeats = Math.max(...taken.map((place) => place.length));
  if (taken.length === 1 && positionsContradicted(images)) return untold(images, repeats);
  for (const attribute of phaseAttributes) {
    const parts = byAttribute(images, attribute);
    if (parts.length > 1) return parts;
  }
  const phases = phasesByOrder(images);
  if (phases) return byOrder(phases);
  return mayBeOneStack(sorted) ? [] : untold(images, Math.max(2, repeats));
};
