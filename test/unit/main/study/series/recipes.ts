/** Studies as archives and scanners really write them: four phases of six slices, and one thing odd in each. */
import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { image } from './make-images.ts';

const slices = 6;
const spacing = 3;

/** Mask one minute before the injection at 10:01:00, then 30, 60 and 180 s after it. */
export const phaseTimes = ['100000', '100130', '100200', '100400'];

interface Choice {
  /** Attributes of one image, by phase and slice. */
  per?: (phase: number, slice: number) => SeriesFacts;
  phases?: number[];
  common?: SeriesFacts;
}

export const dynamicSeries = ({ per = () => ({}), phases = [0, 1, 2, 3], common = {} }: Choice = {}): ImageRecord[] =>
  phases.flatMap((phase) =>
    Array.from({ length: slices }, (_, slice) =>
      image(slices * phase + slice + 1, slice * spacing, {
        SeriesDescription: 't1_vibe_fs_dynamic',
        SeriesInstanceUID: '1.2.3.1',
        ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'NONE'],
        ScanningSequence: 'GR',
        MRAcquisitionType: '3D',
        SliceThickness: spacing,
        EchoTime: 1.5,
        EchoNumbers: 1,
        RepetitionTime: 4.2,
        FlipAngle: 10,
        MagneticFieldStrength: 1.5,
        ContrastBolusAgent: 'Gadovist',
        ContrastBolusStartTime: '100100',
        TemporalPositionIdentifier: phase + 1,
        NumberOfTemporalPositions: 4,
        AcquisitionNumber: phase + 1,
        AcquisitionTime: phaseTimes[phase] ?? '',
        ContentTime: phaseTimes[phase] ?? '',
        ...common,
        ...per(phase, slice),
      }),
    ),
  );

/** The same position for each phase, moved along the normal by `mm` from phase to phase. */
export const shiftedBy =
  (mm: number) =>
  (phase: number, slice: number): SeriesFacts => ({
    ImagePositionPatient: [-190, -190, slice * spacing + phase * mm],
  });

export const oneTime: SeriesFacts = { AcquisitionTime: '100000', ContentTime: '100000' };
export const unnumbered: SeriesFacts = { TemporalPositionIdentifier: null, AcquisitionNumber: 1 };
