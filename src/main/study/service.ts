import type { ProcedureOutput } from '#shared/api.ts';
import type { DeidentificationPreview, ExportResult } from '#shared/study/deidentify.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import type { Thumbnail } from '#shared/study/thumbnail.ts';
import type { CallOptions } from '../workers/client.ts';
import type { DecodedSlice, DecodedVolume, StudySource } from './records.ts';
import type { ExportParams, PreviewParams, ReferencesParams, StackReferences } from './worker-methods-contract.ts';

/** Opened studies. Parsing and decoding of untrusted files happen in the `dicom` worker process. */
export interface StudyService {
  open(source: StudySource, options?: CallOptions): Promise<OpenedStudies>;
  close(openId: string): Promise<void>;
  /** What a handle stands for; undefined where it is unknown. */
  opened(openId: string): OpenedStudies | undefined;
  /** Throws `AppError('not-open')` where the handle is unknown. */
  source(openId: string): StudySource;
  study(openId: string, studyInstanceUID: string): ScannedStudy;
  /** Decoded pixels; kept for the next caller within a memory cap. */
  volume(openId: string, seriesId: string, options?: CallOptions): Promise<DecodedVolume>;
  /** One slice alone, the middle one where none is named: what is seen before, or instead of, the whole. */
  slice(openId: string, seriesId: string, slice: number | undefined, options?: CallOptions): Promise<DecodedSlice>;
  /**
   * Begins to decode series that will be asked for: who asks for one then shares the work. What fails is told where it is
   * asked for, and what nobody asks for ends with the study.
   */
  decodeAhead(openId: string, seriesIds: readonly string[]): void;
  /** The middle slice, small; once no volume of the study is being decoded. */
  thumbnail(openId: string, seriesId: string, options?: CallOptions): Promise<Thumbnail>;
  /** Which object holds each slice of the stacks. */
  references(params: ReferencesParams): Promise<StackReferences[]>;
  /** What would leave of one image, line by line. */
  previewDeidentified(params: PreviewParams): Promise<DeidentificationPreview>;
  /** Writes a de-identified copy of series into an empty folder; where it is cancelled, the folder is empty again. */
  exportDeidentified(params: ExportParams, options?: CallOptions): Promise<ExportResult>;
  tags(openId: string, seriesId: string, index: number): Promise<ProcedureOutput<'study.tags'>>;
}
