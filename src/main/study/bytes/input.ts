/** What was opened, as a list of files whose bytes can be read: a folder, one file, a DICOMDIR's files, or a zip. */
import type { QualityNote, SkippedFile } from '#shared/study/study.ts';
import type { ByteSource } from './byte-source.ts';

export interface InputFile {
  /**
   * Path relative to what was opened, with `/`; inside a zip, the entry's name. For people alone: names repeat in
   * archives, and become equal by decoding. A file is addressed by its index in `StudyInput.files`.
   */
  file: string;
  /** Runs `use` with the file open. */
  open<T>(use: (source: ByteSource) => Promise<T>): Promise<T>;
}

export interface StudyInput {
  files: InputFile[];
  /** Left out before anything was read, e.g. a missing file of a DICOMDIR. */
  skipped: SkippedFile[];
  /** What is odd about the container, e.g. names that repeat. */
  notes: QualityNote[];
  close(): Promise<void>;
}

/** Error code for a DICOMDIR that was chosen, where this process may read it and not the folder that it stands in. */
export const needsItsFolder = 'needs-its-folder';
