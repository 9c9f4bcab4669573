import type { EvidenceRow, RowPrediction } from '#shared/evidence/evidence-row.ts';
import type { Selection } from '#shared/evidence/selection.ts';

export const samplePrediction = (change: Partial<RowPrediction> = {}): RowPrediction => ({
  modelId: 'a-model',
  modelVersion: '1.0.0',
  modelStatus: 'research',
  criterion: 'mRECIST',
  probability: 0.6,
  threshold: 0.5,
  withheldBecause: [],
  afterOutcome: false,
  ...change,
});

let patients = 0;
export const sampleRow = (change: Partial<EvidenceRow> = {}): EvidenceRow => ({
  patient: patients++,
  date: '2025-03-14',
  prediction: samplePrediction(),
  others: {},
  readers: {},
  responses: { mrecist: 'PR', 'recist-1.1': 'SD' },
  endpoints: { pfs: { days: 200, event: true } },
  values: { priorTreatment: 0, largestDiameter: 60, pvtt: 0, bclc: 3, cnlc: 4 },
  scanner: 'ACME 3 T',
  split: 'none',
  ...change,
});

export const sampleSelection = (change: Partial<Selection> = {}): Selection => ({
  criterion: 'mrecist',
  endpoint: 'pfs',
  model: 'a-model 1.0.0',
  ...change,
});

/** Predicted and observed, one after the other, by one rule: the same everywhere. */
export const manyRows = (count: number, change: (index: number) => Partial<EvidenceRow> = () => ({})): EvidenceRow[] =>
  Array.from({ length: count }, (_none, index) => {
    const probability = 0.05 + (0.9 * ((index * 37) % 101)) / 101;
    const responded = ((index * 61) % 103) / 103 < probability;
    return sampleRow({
      prediction: samplePrediction({ probability }),
      responses: { mrecist: responded ? 'PR' : 'PD' },
      endpoints: { pfs: { days: responded ? 300 + (index % 50) : 90 + (index % 40), event: index % 4 !== 0 } },
      ...change(index),
    });
  });
