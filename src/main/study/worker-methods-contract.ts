/** Messages between `DicomStudyService` and the `dicom` worker process. */
import type { DeidentifyOptions } from '#shared/study/deidentify.ts';
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
export interface SliceParams extends SeriesParams {
  /** Zero-based; the middle one where it is absent. */
  slice?: number | undefined;
}
export interface TagsParams extends SeriesParams {
  /** Zero-based image of the stack. */
  index: number;
}

export interface PreviewParams extends TagsParams {
  /** The site's secret, at least 16 bytes: pseudonyms and date shifts come from it. */
  key: Uint8Array;
  options: DeidentifyOptions;
}
/** What of an export to wait for: an aborted call is answered before the worker has taken back what it wrote. */
export interface ExportEndedParams {
  exportId: string;
}
export interface ExportParams {
  openId: string;
  /** Stacks to export; a file that several of them share is written once, whole. */
  seriesIds: string[];
  /** Those whose pictures somebody has looked at; see `ExportRequest`. */
  checkedSeriesIds: string[];
  /** Empty or not there yet. */
  folder: string;
  key: Uint8Array;
  options: DeidentifyOptions;
}

/** Which object holds each slice of a stack, in their order. */
export interface StackReferences {
  seriesId: string;
  /** `frame`: from 1, of an object with several. */
  images: { sopClassUID: string; sopInstanceUID: string; frame?: number }[];
}
export interface ReferencesParams {
  openId: string;
  seriesIds: string[];
}

/** Error code for a handle that this process does not know, because the process is younger than the handle. */
export const unknownHandle = 'unknown-handle';

/** As the worker is asked: with an id, to wait for its end. */
export type StartExportParams = ExportParams & ExportEndedParams;
