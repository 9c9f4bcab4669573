/**
 * What the steps of `src/main/study` hand to each other, in the order of the data flow:
 * scan → `ImageRecord[]` → series → `StackRecord[]` → roles → `ScannedStudy` → volumes → `DecodedVolume` → sample.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { StackGeometry } from '#shared/study/geometry.ts';
import type { Message } from '#shared/study/messages/message.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';

/** Where an opened input came from. A demonstration study is carried by the application itself. */
export interface StudySource {
  kind: 'path' | 'demo' | 'upload';
  path: string;
}

/** One frame of one DICOM object, from its header alone. A classic MR image is one frame; Enhanced MR has many. */
export interface ImageRecord {
  /** Path relative to what was opened, for people: two entries of an archive may have one name. */
  file: string;
  /** Which file of the input holds it, as its index in `StudyInput.files`. */
  source: number;
  /** Zero-based frame within the object. */
  frame: number;
  sopClassUID: string;
  sopInstanceUID: string;
  studyInstanceUID: string;
  seriesInstanceUID: string;
  patient: PatientIdentity;
  /** Issuer of Patient ID (0010,0021), where the file says it. */
  issuerOfPatientId?: string;
  /**
   * Attributes of this frame by DICOM keyword: for Enhanced objects the per-frame and shared functional groups are
   * flattened to the keywords of the classic object (EchoTime, ImagePositionPatient, …). Numbers are numbers.
   */
  attributes: SeriesFacts;
}

/** One displayable stack, sorted along its normal where it can be placed in patient space. */
export interface StackRecord {
  /** Stable for the same input: SeriesInstanceUID, plus `#` and the part where the series was split. */
  id: string;
  seriesInstanceUID: string;
  part?: string;
  /** `part` by codes, one for each division. */
  partMessages?: Message[];
  /** In display order: index k is slice k of the volume. */
  images: ImageRecord[];
  geometry?: StackGeometry;
  unplaced?: string;
  unplacedMessage?: Message;
  /** Fewer slices than the other parts of its series: taken again, or stopped early. */
  fragment?: boolean;
  /** Its slices were taken at different times after contrast, or nothing tells whether they were. */
  mixed?: boolean;
  /** Facts for the role engine: values that all images share, and the first image's where they differ. */
  facts: SeriesFacts;
}

/** One slice of a stack: `data` is [1, rows, columns], `info` speaks of the whole as far as this slice tells. */
export interface DecodedSlice extends DecodedVolume {
  slice: number;
}

export interface DecodedVolume {
  info: VolumeInfo;
  /** Row-major [slices, rows, columns], after the modality transform. */
  data: VoxelArray;
}
