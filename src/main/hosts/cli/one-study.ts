import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { dicomdirIncomplete } from '#shared/study/messages/notes.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import type { Call } from './client.ts';

/** The files that a DICOMDIR does not find may lie in its folder all the same, under names that it does not know. */
export const folderHint = (path: string): string => `Try: haicast scan "${dirname(path)}"`;

export const openStudies = async (call: Call, path: string): Promise<OpenedStudies> => {
  try {
    return await call('study.open', { path, jobId: randomUUID() });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== dicomdirIncomplete) throw error;
    const { code, message, params } = error;
    throw new AppError(code, `${message} ${folderHint(path)}`, params ? { params } : {});
  }
};

/** The study that is meant: the only one, or the one named. Throws `no-images`, `several-studies`, `study-unknown`. */
export const chooseStudy = ({ studies, skipped }: OpenedStudies, uid: string | undefined): ScannedStudy => {
  if (studies.length === 0) {
    throw new AppError(
      'no-images',
      `No image that can be used was found; ${skipped.length} files were skipped. \`haicast scan\` says why.`,
    );
  }
  const list = studies.map((study) => study.studyInstanceUID).join(', ');
  if (uid !== undefined) {
    const named = studies.find((study) => study.studyInstanceUID === uid);
    if (named) return named;
    throw new AppError('study-unknown', `There is no study ${uid} here, but: ${list}.`);
  }
  const [only, ...others] = studies;
  if (only && others.length === 0) return only;
  throw new AppError('several-studies', `There are ${studies.length} studies; name one with --study: ${list}.`);
};
