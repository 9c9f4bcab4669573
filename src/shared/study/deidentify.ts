/** De-identified copies: what may be chosen, what would leave of an image, and what has left. */
import { z } from 'zod';
import { messageSchema } from './messages/message.ts';
import { skippedFileSchema } from './study.ts';

/** The profile options (PS3.15 E.3) that an export may apply on top of the Basic Profile. */
export const deidentifyOptionsSchema = z.object({
  /**
   * Clean Descriptors (E.3.6): study, series and protocol names and the contrast agent keep the words that are known
   * to speak of imaging, and lose all others. Without it they are removed, and image roles cannot be told any more.
   */
  cleanDescriptors: z.boolean(),
  /** Retain Longitudinal Temporal Information with Modified Dates (E.3.9): dates move by days, the same per patient. */
  modifiedDates: z.boolean(),
  /** Retain Patient Characteristics (E.3.7): age (90 and above as 90), sex, size and weight. */
  patientCharacteristics: z.boolean(),
  /** Retain Safe Private (E.3.10): private elements that are known to hold measurements and no text. */
  safePrivate: z.boolean(),
});
export type DeidentifyOptions = z.infer<typeof deidentifyOptionsSchema>;

export const defaultOptions: DeidentifyOptions = {
  cleanDescriptors: true,
  modifiedDates: true,
  patientCharacteristics: true,
  safePrivate: true,
};

/**
 * Whose secret pseudonyms come from. `site`: the one in the case records, so that later copies of a patient join this
 * one; they must be open. `none`: a fresh one that is forgotten after the export.
 */
export const linkingSchema = z.enum(['site', 'none']);
export type Linking = z.infer<typeof linkingSchema>;

export const deidentifyActions = [
  'keep',
  'remove',
  'empty',
  'dummy',
  'pseudonym',
  'uid',
  'shift',
  'clean',
  'age',
  /** A sequence that stays; its items are decided one by one. */
  'items',
  /** Written by this application, whatever the file said before. */
  'declare',
] as const;
export type DeidentifyAction = (typeof deidentifyActions)[number];

/** A sentence by its code, with its English text (`messages/deidentify.ts`). */
const sentenceSchema = messageSchema.extend({ text: z.string() });

export const diffLineSchema = z.object({
  /** `(gggg,eeee)` */
  tag: z.string(),
  keyword: z.string(),
  depth: z.int().nonnegative(),
  action: z.enum(deidentifyActions),
  /** The value as text, cut where it is long; empty where `size` stands for it. */
  before: z.string(),
  /** Absent where the element goes. */
  after: z.string().optional(),
  /** Of a value that is no text: so many items or bytes. */
  size: z.object({ unit: z.enum(['items', 'bytes']), count: z.int().nonnegative() }).optional(),
  reason: sentenceSchema,
});
export type DiffLine = z.infer<typeof diffLineSchema>;

export const deidentificationPreviewSchema = z.object({
  lines: z.array(diffLineSchema),
  warnings: z.array(sentenceSchema),
  /** What the copy declares: codes of context group CID 7050 (PS3.16) with their meanings. */
  methods: z.array(z.object({ value: z.string(), meaning: z.string() })),
  /** The name and ID that the copy carries. */
  pseudonym: z.string(),
});
export type DeidentificationPreview = z.infer<typeof deidentificationPreviewSchema>;

export const exportResultSchema = z.object({
  written: z.int().nonnegative(),
  /** Not written, since they could not be read whole or their picture was not looked at. File names are the source's: for the screen, not for the copy. */
  skipped: z.array(skippedFileSchema),
  /** Each warning with the number of images that it holds for. */
  warnings: z.array(sentenceSchema.extend({ images: z.int().positive() })),
  /** Series of which images were left out, because nobody has said that their pictures were looked at, and why to. */
  unchecked: z.array(z.object({ seriesId: z.string(), warnings: z.array(sentenceSchema) })).optional(),
});
/** Code of an image among `skipped` that leaves once somebody has looked at it. */
export const pictureNotChecked = 'picture-not-checked';
export type ExportResult = z.infer<typeof exportResultSchema>;

/** Whether the element is in the copy as it was, changed, or not at all. */
export type DiffKind = 'kept' | 'changed' | 'removed';

/** A value that a rule leaves as it was, such as an age below 90, is kept; one that was cut for the screen may differ. */
const isSame = ({ action, before, after, size }: DiffLine): boolean =>
  action !== 'declare' && size === undefined && before === after && !before.endsWith('…');

export const kindOf = (line: DiffLine): DiffKind => {
  const { action } = line;
  if (action === 'remove') return 'removed';
  if (isSame(line)) return 'kept';
  return action === 'keep' || action === 'items' ? 'kept' : 'changed';
};
