/** Is a file what an archive was asked for? Reads its header alone. */
import { AppError } from '#shared/errors.ts';
import { DiskPace, diskFile } from '../../study/archive/disk-file.ts';
import { firstText } from '../../study/scan/pixel-description.ts';
import { readSourceHeader } from '../../study/scan/read-file.ts';
import { asRefusal } from '../../study/scan/refusal.ts';
import { pacsError } from '../errors.ts';

/** One image of the study. */
export interface ImageAsked {
  seriesInstanceUID: string;
  sopInstanceUID: string;
}

const undefinedLength = 0xffffffff;

/**
 * Throws `pacs-not-dicom`, `pacs-wrong-length` (it ends before its pixels do), `pacs-other-patient`, `pacs-other-study`,
 * `pacs-other-series`, `pacs-other-image`. A patient is compared by the id that the archive gave for the study, where it gave one.
 */
export const assertAsked = async (
  file: string,
  asked: { studyInstanceUID: string; patientId: string | undefined } & ImageAsked,
): Promise<void> => {
  try {
    await diskFile(file, 'fetched', new DiskPace()).open(async (source) => {
      const { attributes, identity, pixelData, syntax } = await readSourceHeader(source);
      if (firstText(attributes.StudyInstanceUID) !== asked.studyInstanceUID) throw pacsError('pacs-other-study');
      const patientId = firstText(identity.PatientID)?.trim() ?? '';
      if (asked.patientId !== undefined && patientId !== asked.patientId.trim()) throw pacsError('pacs-other-patient');
      if (firstText(attributes.SeriesInstanceUID) !== asked.seriesInstanceUID) throw pacsError('pacs-other-series');
      if (firstText(attributes.SOPInstanceUID) !== asked.sopInstanceUID) throw pacsError('pacs-other-image');
      if (!pixelData || syntax.deflated || pixelData.length === undefinedLength) return;
      if (pixelData.start + pixelData.length > source.size) throw pacsError('pacs-wrong-length');
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    const cut = asRefusal(error).code === 'truncated';
    throw pacsError(cut ? 'pacs-wrong-length' : 'pacs-not-dicom', { cause: error });
  }
};
