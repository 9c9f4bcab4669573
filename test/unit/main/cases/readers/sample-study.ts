import type { ReaderStudy, Reading } from '#shared/readers/reader-study.ts';

export const sampleReading = (probability: number): Reading => ({
  probability,
  confidence: 3,
  comment: '',
  seconds: 30,
  pauses: 0,
});

/** Read once by one person called `a`, without a prediction, unless it is said otherwise. */
export const sampleStudyOf = (caseIds: readonly string[], given: Partial<ReaderStudy> = {}): ReaderStudy => ({
  id: 'study',
  name: 'Readers and model',
  criterion: 'mrecist',
  readings: 1,
  threshold: 0.5,
  begunAt: '2024-05-03T08:00:00.000Z',
  begunBy: 'a',
  cases: caseIds.map((caseId) => ({ caseId, predictionId: null })),
  readers: [{ key: 'name:a', name: 'a', seed: 1, left: null }],
  closed: null,
  ...given,
});
