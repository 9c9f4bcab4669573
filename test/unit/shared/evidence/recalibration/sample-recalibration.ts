import type { KeptRecalibration } from '#shared/evidence/recalibration/kept.ts';

/** In force, fitted on real patients, half the odds and a little less. */
export const sampleRecalibration = (change: Partial<KeptRecalibration> = {}): KeptRecalibration => ({
  model: { id: 'a-model', version: '1.0.0' },
  criterion: 'mRECIST',
  number: 2,
  kind: 'intercept',
  intercept: -0.42,
  slope: 1,
  patients: 186,
  events: 61,
  first: '2025-01-01',
  last: '2026-09-30',
  scores: { original: 0.61, recalibrated: 0.58 },
  simulated: false,
  at: '2026-10-02T08:00:00.000Z',
  by: 'Dr Example',
  inForce: true,
  ...change,
});
