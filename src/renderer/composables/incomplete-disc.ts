/** A DICOMDIR that does not find its files, as an opened study or an error says it. */
import { AppError } from '#shared/errors.ts';
import { dicomdirIncomplete } from '#shared/study/messages/notes.ts';
import type { OpenedStudies, QualityNote } from '#shared/study/study.ts';

/** The folder in which a DICOMDIR lies; undefined where the host was handed files without their folder. */
export const folderOfDisc = (path: string): string | undefined => {
  const folder = path.replace(/[/\\][^/\\]*$/, '');
  return folder === path || path.startsWith('upload:') ? undefined : folder;
};

export const incompleteDiscNote = ({ studies }: Pick<OpenedStudies, 'studies'>): QualityNote | undefined =>
  studies.flatMap(({ notes }) => notes).find(({ code }) => code === dicomdirIncomplete);

export const isDiscError = (error: unknown): boolean =>
  error instanceof AppError && (error.code === dicomdirIncomplete || error.code === 'bad-dicomdir');
