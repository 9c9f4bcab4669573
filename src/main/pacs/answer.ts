/** What an archive says of a study, a series or an image, whatever protocol it says it by. */
import { type FoundStudy, foundStudySchema, uidSchema } from '#shared/pacs/query.ts';
import { pacsError } from './errors.ts';
import { pixelBytes } from './pixel-bytes.ts';

/** One answer, by tags (eight hexadecimal digits, capitals). */
export interface Answer {
  /** Values without padding, and no empty one. */
  texts(tag: string): string[];
}

export const textAt = (answer: Answer, tag: string): string => answer.texts(tag)[0] ?? '';

/** A whole number, 0 or more; undefined where there is none. */
export const countAt = (answer: Answer, tag: string): number | undefined => {
  const text = textAt(answer, tag);
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/** Undefined for an answer without a proper UID: nothing could be asked about it. */
export const studyOf = (answer: Answer): FoundStudy | undefined => {
  const parsed = foundStudySchema.safeParse({
    studyInstanceUID: textAt(answer, '0020000D'),
    patientName: textAt(answer, '00100010'),
    patientId: textAt(answer, '00100020'),
    birthDate: textAt(answer, '00100030'),
    sex: textAt(answer, '00100040'),
    date: textAt(answer, '00080020'),
    description: textAt(answer, '00081030'),
    accessionNumber: textAt(answer, '00080050'),
    modalities: answer.texts('00080061'),
    series: countAt(answer, '00201206'),
    images: countAt(answer, '00201208'),
  });
  return parsed.success ? parsed.data : undefined;
};

/** What is to be known of a series before it is fetched. */
export const seriesTags = ['0020000E', '00200011', '00080060', '0008103E'] as const;

/** What tells how large the pixels of an image are. */
export const pixelTags = ['00280010', '00280011', '00280100', '00280002', '00280008'] as const;

export interface ListedImage {
  sopInstanceUID: string;
  /** Where the archive says it. */
  sopClassUID: string | undefined;
  /** Of its pixels, uncompressed, where the archive describes them. */
  bytes: number | undefined;
}

/** Throws `pacs-answer`. */
export const imageOf = (answer: Answer): ListedImage => {
  const uid = uidSchema.safeParse(textAt(answer, '00080018'));
  if (!uid.success) throw pacsError('pacs-answer');
  const sopClass = uidSchema.safeParse(textAt(answer, '00080016'));
  return {
    sopInstanceUID: uid.data,
    sopClassUID: sopClass.data,
    bytes: pixelBytes({
      rows: countAt(answer, '00280010'),
      columns: countAt(answer, '00280011'),
      bitsAllocated: countAt(answer, '00280100'),
      samples: countAt(answer, '00280002'),
      frames: countAt(answer, '00280008'),
    }),
  };
};
