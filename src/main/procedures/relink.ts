import type { SavedCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { isSamePatient } from '../study/series/same-patient.ts';

const otherPatient = (): AppError =>
  new AppError(
    'other-patient',
    'The images in this folder are of another patient than this case. Nothing was linked. Choose the folder that holds the study of this case.',
  );

const otherStudy = (): AppError =>
  new AppError(
    'other-study',
    'This folder holds images of this patient, but not the study of this case. Nothing was linked. Choose the folder that holds it.',
  );

/** Series that the roles and measurements of a case refer to; a lesion may be known by its place alone and name none. */
const seriesOf = ({ roles, lesions }: SavedCase): Set<string> =>
  new Set([...roles, ...lesions].map(({ seriesId }) => seriesId).filter((id) => id !== ''));

/**
 * The study of a case among those that a folder holds: by its StudyInstanceUID (0020,000D), of the same patient, and with
 * the series that the case refers to. Throws `nothing-found`, `other-patient`, `other-study`, `other-series`.
 */
export const studyOfCase = (opened: Pick<OpenedStudies, 'studies' | 'files'>, kept: SavedCase): ScannedStudy => {
  const { studies, files } = opened;
  if (studies.length === 0) {
    throw new AppError('nothing-found', 'No DICOM image was found in this folder.', { params: { n: files } });
  }
  const ofPatient = studies.filter(({ patient }) => isSamePatient(patient, kept.study.patient));
  const found = ofPatient.find(({ studyInstanceUID }) => studyInstanceUID === kept.study.studyInstanceUID);
  if (!found) throw ofPatient.length > 0 ? otherStudy() : otherPatient();
  const there = new Set(found.series.map(({ id }) => id));
  const missing = [...seriesOf(kept)].filter((id) => !there.has(id)).length;
  if (missing > 0) {
    throw new AppError(
      'other-series',
      `This folder holds the study of this case without ${missing} of its series. Nothing was linked. Choose a folder with all of them.`,
      { params: { n: missing } },
    );
  }
  return found;
};
