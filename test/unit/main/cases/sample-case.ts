import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import type { CaseToSave } from '../../../../src/main/cases/rows/case-to-save.ts';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';

/** Invented people only. */
export const sampleStudy = (patientName = 'Muster^Erika', patientId = 'P-0001'): ScannedStudy => ({
  studyInstanceUID: '2.25.1',
  patient: { patientName, patientId, birthDate: '19500102', sex: 'F' },
  studyDate: '20240131',
  studyDescription: 'MR Leber',
  ageYears: 74,
  fieldStrengthT: 3,
  series: [
    {
      id: '2.25.2#echo-1',
      seriesInstanceUID: '2.25.2',
      part: 'echo 1 of 2',
      description: 't1_dixon',
      modality: 'MR',
      instances: 2,
      rows: 4,
      columns: 4,
      geometry: {
        rowDirection: [1, 0, 0],
        columnDirection: [0, 1, 0],
        columnSpacing: 0.1 + 0.2,
        rowSpacing: 1.171_875,
        positions: [
          [-200.000_000_1, 1e-17, 3],
          [-200.000_000_1, 1e-17, 6],
        ],
        uniform: true,
      },
      facts: { EchoTime: 2.3, ImageType: ['ORIGINAL', 'PRIMARY'], ProtocolName: null },
      suggestion: { role: 'opposed-phase', confidence: 0.9, reasons: [] },
      notes: [],
    },
  ],
  notes: [],
});

export const samplePrediction = (id = 'prediction-1', probability = 0.1 + 0.2): Prediction => ({
  id,
  createdAt: '2024-02-01T10:00:00.000Z',
  probability,
  interval: { level: 0.9, low: 0.05, high: 0.25 },
  logit: -1.960_000_000_000_001,
  bias: -0.2,
  imageContribution: -1.5,
  clinicalContributions: [{ factor: 'afp', value: 400, unit: 'ng/mL', contribution: -0.26 }],
  threshold: 0.5,
  decision: probability >= 0.5 ? 'above-threshold' : 'below-threshold',
  withheldBecause: [],
  map: {
    grid: { center: [1, 2, 3], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], rows: 1, columns: 2, spacing: 10 },
    values: [-1, -0.5],
  },
  sample: {
    grid: { center: [1, 2, 3], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], rows: 8, columns: 8, spacing: 1 },
    centerMm: [1, 2, 3],
    diameterMm: 50,
    channels: [
      { role: 'arterial', seriesId: null, coverage: 0, median: null, robustSd: null, inputHash: null },
      { role: 'in-phase', seriesId: '2.25.2', coverage: 1, median: 12.5, robustSd: 3.25, inputHash: 'ab' },
    ],
  },
  indexLesionId: 'lesion-1',
  novelty: null,
  provider: 'cpu',
  model: {
    id: 'a-model',
    version: '1.0.0',
    status: 'simulated',
    sha256: '00',
    criterion: 'mRECIST',
    baseRate: 0.43,
  },
  appVersion: '0.1.0',
  timings: { totalMs: 100, sampleMs: 40, inferenceMs: 60 },
  warnings: [{ code: 'missing-role', severity: 'warning', text: 'No arterial phase.', params: { role: 'arterial' } }],
});

export const sampleCase = (overrides: Partial<CaseToSave> = {}): CaseToSave => ({
  source: { kind: 'path', path: '/images/one' },
  study: sampleStudy(),
  roles: [
    {
      role: 'in-phase',
      seriesId: '2.25.2#echo-1',
      origin: 'user',
      confirmedBy: 'Dr Example',
      confirmedAt: '2024-02-01T09:59:00.000Z',
    },
  ],
  lesions: [
    {
      id: 'lesion-1',
      label: 'T1',
      kind: 'target',
      seriesId: '2.25.2#echo-1',
      longAxis: [
        [0, 0, 3],
        [50, 0, 3],
      ],
    },
  ],
  factors: { afp: { value: 400, unit: 'ng/mL', origin: 'user' }, sex: { value: 'female' } },
  baseRate: 0.4,
  note: 'seen at the tumour board',
  prediction: samplePrediction(),
  ...overrides,
});

/** Pictures as a page hands them over: `count` of them, each with other bytes. */
export const samplePictures = (count = 2): { keyImages: KeyImage[]; pictures: Record<string, Uint8Array> } => {
  const pictures = Array.from({ length: count }, (_, index) => Buffer.from(`picture ${index} `.repeat(50)));
  return {
    keyImages: pictures.map((picture, index) => ({
      id: pictureIdOf(picture),
      mediaType: 'image/webp',
      bytes: picture.byteLength,
      role: 'in-phase',
      seriesId: '2.25.2#echo-1',
      sliceIndex: index,
      origin: index % 2 === 0 ? 'index-lesion' : 'kept',
      takenAt: '2024-02-01T10:01:00.000Z',
      ...(index === 0 ? { predictionId: 'prediction-1' } : {}),
    })),
    pictures: Object.fromEntries(pictures.map((picture) => [pictureIdOf(picture), new Uint8Array(picture)])),
  };
};
