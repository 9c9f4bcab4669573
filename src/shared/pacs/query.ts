/** What is asked of an image archive, and what it answers (PS3.4 C.6.2, PS3.18 10.6). */
import { z } from 'zod';

/** PS3.5 9.1. It goes into addresses and names files, so nothing else is taken for one. */
export const uidSchema = z
  .string()
  .regex(/^[0-9]+(\.[0-9]+)*$/)
  .max(64);

/** No backslash, which would make two values of one, and no control character (PS3.5 6.2). */
const words = z
  .string()
  .trim()
  .regex(/^[^\\\p{Cc}]{1,64}$/u);

export const pacsQuerySchema = z
  .strictObject({
    /** Any part of the name; `*` and `?` are the archive's. */
    patientName: words.optional(),
    /** Whole, as the archive has it. */
    patientId: words.optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    modality: z
      .string()
      .regex(/^[A-Z0-9_]{1,16}$/)
      .optional(),
    /** Any part of the study's description. */
    description: words.optional(),
    studyInstanceUID: uidSchema.optional(),
  })
  .refine((query) => Object.values(query).some((value) => value !== undefined), 'asks for everything')
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'ends before it begins');
export type PacsQuery = z.infer<typeof pacsQuerySchema>;

/** An archive with more than these is to be asked more narrowly. */
export const mostStudies = 200;
/** In one study; a liver MRI has some thousand images. */
export const mostInstances = 20_000;
export const mostSeries = 1_000;

const said = z.string().max(1000);

/** A study of an archive, in its words. Dates as DICOM writes them; empty where the archive says nothing. */
export const foundStudySchema = z.object({
  studyInstanceUID: uidSchema,
  patientName: said,
  patientId: said,
  birthDate: said,
  sex: said,
  date: said,
  description: said,
  accessionNumber: said,
  modalities: z.array(said).max(100),
  series: z.int().nonnegative().optional(),
  images: z.int().nonnegative().optional(),
});
export type FoundStudy = z.infer<typeof foundStudySchema>;

export const foundStudiesSchema = z.object({
  studies: z.array(foundStudySchema).max(mostStudies),
  /** There are more than these. */
  isMore: z.boolean(),
});
export type FoundStudies = z.infer<typeof foundStudiesSchema>;

/** What would be fetched of one series. */
export const plannedSeriesSchema = z.object({
  seriesInstanceUID: uidSchema,
  number: z.int().optional(),
  modality: said,
  description: said,
  images: z.int().nonnegative(),
  /** Of the pixels, uncompressed, where the archive describes every one of its images. */
  bytes: z.int().nonnegative().optional(),
});
export type PlannedSeries = z.infer<typeof plannedSeriesSchema>;

export const fetchedStudySchema = z.object({
  /** What `study.open` opens. */
  path: z.string(),
  images: z.int().nonnegative(),
  /** Of these, how many were here before: from an earlier try. */
  here: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type FetchedStudy = z.infer<typeof fetchedStudySchema>;

/** `*` stands for any text in a wildcard match (PS3.4 C.2.2.2.4); whoever writes one means it. */
export const anyPart = (text: string): string => (/[*?]/.test(text) ? text : `*${text}*`);

/** A range match of dates (PS3.4 C.2.2.2.5); undefined where none is asked for. */
export const dateRange = ({ from, to }: Pick<PacsQuery, 'from' | 'to'>): string | undefined => {
  if (from === undefined && to === undefined) return undefined;
  const plain = (date: string | undefined) => date?.replaceAll('-', '') ?? '';
  return from === to ? plain(from) : `${plain(from)}-${plain(to)}`;
};

/** A person's name as DICOM writes it, as one reads it: the ideographic group first (PS3.5 6.2). */
export const shownName = (name: string): string => {
  const [alphabetic = '', ideographic = ''] = name.split('=').map((group) => group.replaceAll('^', ' ').trim());
  return [ideographic, alphabetic].filter((group) => group !== '').join(' · ');
};
