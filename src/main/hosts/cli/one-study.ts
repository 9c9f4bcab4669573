import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import type { Call } from './client.ts';

export const openStudies = (call: Call, path: string): Promise<OpenedStudies> =>
  call('study.open', { path, jobId: randomUUID() });

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
