/** Messages between `DicomStudyService` and the `dicom` worker process. */
import type { ScannedStudy, SkippedFile } from '#shared/study/study.ts';

export interface OpenParams {
  openId: string;
  path: string;
}
export interface OpenResult {
  studies: ScannedStudy[];
  skipped: SkippedFile[];
  files: number;
}
export interface SeriesParams {
  openId: string;
  seriesId: string;
}
export interface TagsParams extends SeriesParams {
  /** Zero-based image of the stack. */
  index: number;
}

/** Error code for a handle that this process does not know, because the process is younger than the handle. */
export const unknownHandle = 'unknown-handle';
