/** Facts of a whole stack from the attributes of its images. */
import type { FactValue, SeriesFacts } from '#shared/study/facts.ts';
import type { ImageRecord } from '../records.ts';
import { secondsOfDay } from './dicom-time.ts';
import { text } from './fact-values.ts';

/** Times count from the beginning of the stack: slices of a 2D scan are acquired one after the other. */
const earliest = ['AcquisitionTime', 'AcquisitionDateTime', 'ContentTime', 'FrameAcquisitionDateTime', 'TriggerTime'];

/** Times, date-times and milliseconds alike; what cannot be read comes last. */
const timeOrder = (value: string): number => {
  const read = secondsOfDay(value) ?? Number.parseFloat(value);
  return Number.isNaN(read) ? Number.MAX_VALUE : read;
};

/**
 * The first image's attributes, those of later images where the first has none, and of the times the earliest.
 * Per-image values that say nothing about a stack (its own position and number) are the first image's.
 */
export const stackFacts = (images: readonly ImageRecord[]): SeriesFacts => {
  const facts: Record<string, FactValue> = {};
  for (const { attributes } of images) {
    for (const [keyword, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === '') continue;
      if (!Object.hasOwn(facts, keyword)) facts[keyword] = value;
    }
  }
  for (const keyword of earliest) {
    const values = images.map(({ attributes }) => text(attributes, keyword)).filter((value) => value !== '');
    const [first] = values.sort((a, b) => timeOrder(a) - timeOrder(b));
    if (first !== undefined) facts[keyword] = keyword === 'TriggerTime' ? Number(first) : first;
  }
  return facts;
};
