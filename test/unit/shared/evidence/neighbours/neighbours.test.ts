import { expect, test } from 'vitest';
import { type Asked, type Candidate, LEAST_COMPARABLE, neighboursOf } from '#shared/evidence/neighbours/neighbours.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import { proportion } from '#shared/statistics/proportion.ts';
import { samplePrediction } from '../../../main/cases/sample-case.ts';

const { model } = samplePrediction();
/** One feature and one factor, so that a distance can be read. */
const manifest = {
  factors: [{ id: 'afp', unit: 'ng/mL', coefficient: 1, center: 0, scale: 1, transform: 'identity', range: null }],
  novelty: { mean: [0], precision: [[1]], limit: 10, quantile: 0.99 },
} as unknown as ModelManifest;

const prediction = (feature: number, afp: number | null = 0) => ({
  model,
  decision: 'above-threshold' as const,
  features: [feature],
  clinicalContributions: [{ factor: 'afp', value: afp, unit: 'ng/mL', contribution: 0 }],
});
const person = (number: number) => ({
  caseId: `case-${number}`,
  studyInstanceUID: `1.2.${number}`,
  patientId: `P-${number}`,
  issuer: 'A',
});
const candidate = (number: number, change: Partial<Candidate> = {}): Candidate => ({
  person: person(number),
  caseId: `case-${number}`,
  date: `2025-01-${String((number % 28) + 1).padStart(2, '0')}`,
  simulated: false,
  split: 'none',
  prediction: prediction(number),
  covered: false,
  responses: { mrecist: number % 3 === 0 ? 'PR' : 'PD' },
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_none, index) => candidate(index + 1));
const asked = (change: Partial<Asked> = {}): Asked => ({
  person: { caseId: undefined, studyInstanceUID: '1.2.9999', patientId: 'P-9999', issuer: 'A' },
  simulated: false,
  covered: false,
  prediction: prediction(0),
  ...change,
});

test('the ten nearest come first, with the exact interval of how many of them responded', () => {
  const found = neighboursOf(asked(), many(40).toReversed(), manifest);
  if (found.state !== 'found') throw new Error(found.state);
  expect(found.nearest.map(({ caseId }) => caseId)).toStrictEqual(
    Array.from({ length: 10 }, (_none, index) => `case-${index + 1}`),
  );
  expect(found).toMatchObject({ comparable: 40, factors: 1, leftOut: [], simulated: false });
  // √(((1²) / 2 + 0) / 2)
  expect(found.nearest[0]).toMatchObject({ distance: 0.5, response: 'PD', factorDistance: 0, factorsCompared: 1 });
  expect(found.responded).toStrictEqual(proportion(3, 10));
  // R: binom.test(3, 10)$conf.int
  expect(found.responded.exact.low).toBeCloseTo(0.066_739_51, 7);
  expect(found.responded.exact.high).toBeCloseTo(0.652_452_9, 6);
});

test('under the stated number there is no list and no rate', () => {
  expect(neighboursOf(asked(), many(LEAST_COMPARABLE - 1), manifest)).toStrictEqual({
    state: 'too-few',
    comparable: 29,
    needed: 30,
    leftOut: [],
    simulated: false,
  });
  expect(neighboursOf(asked(), many(LEAST_COMPARABLE), manifest).state).toBe('found');
});

const near = prediction(0);
test.each([
  ['other-kind', { simulated: true }],
  ['same-patient', { person: { ...person(500), patientId: ' p-9999', issuer: 'B' } }],
  ['same-patient', { person: { ...person(500), studyInstanceUID: '1.2.9999', patientId: '' } }],
  ['training', { split: 'training' }],
  ['split-unknown', { split: 'unknown' }],
  ['no-prediction', { prediction: undefined }],
  ['other-model', { prediction: { ...near, model: { ...model, version: '2.0.0' } } }],
  ['other-model', { prediction: { ...near, model: { ...model, sha256: 'other' } } }],
  ['no-features', { prediction: { ...near, features: undefined } }],
  ['covered', { covered: true }],
  ['withheld', { prediction: { ...near, decision: 'withheld' } }],
  ['no-outcome', { responses: {} }],
  ['other-criterion', { responses: { 'recist-1.1': 'CR' } }],
  ['not-evaluable', { responses: { mrecist: 'NE' } }],
  ['few-factors', { prediction: prediction(0, null) }],
  ['patient-nearer', { person: { ...person(500), patientId: 'P-1' }, prediction: prediction(400) }],
] as [string, Partial<Candidate>][])('left out and counted: %s', (reason, change) => {
  const rows = [...many(40), candidate(500, { prediction: near, ...change })];
  const found = neighboursOf(asked(), rows, manifest);
  if (found.state !== 'found') throw new Error(found.state);
  expect(found.leftOut).toStrictEqual([{ reason, count: 1 }]);
  expect(found.nearest.map(({ caseId }) => caseId)).not.toContain('case-500');
  expect(found.comparable).toBe(40);
});

test('the case itself, kept and closed, is not its own neighbour', () => {
  const self = candidate(7, { prediction: near });
  const found = neighboursOf(asked({ person: self.person }), [...many(6), self, ...many(40).slice(7)], manifest);
  expect(found).toMatchObject({ state: 'found', comparable: 39, leftOut: [{ reason: 'same-patient', count: 1 }] });
});

test('without a patient number two studies are two patients', () => {
  const rows = many(40).map((one, index) => ({ ...one, person: { ...person(index), patientId: ' ' } }));
  const unnamed = { caseId: undefined, studyInstanceUID: '', patientId: ' ', issuer: '' };
  expect(neighboursOf(asked({ person: unnamed }), rows, manifest)).toMatchObject({ comparable: 40, leftOut: [] });
});

test('made-up patients are compared with made-up ones', () => {
  const rows = [...many(35).map((one) => ({ ...one, simulated: true })), candidate(500)];
  expect(neighboursOf(asked({ simulated: true }), rows, manifest)).toMatchObject({
    state: 'found',
    simulated: true,
    leftOut: [{ reason: 'other-kind', count: 1 }],
  });
});

test('nothing is built on what the model saw of a case whose number is withheld, covered, or cannot be compared', () => {
  const rows = many(40);
  const state = (change: Partial<Asked>, of: ModelManifest | undefined = manifest) =>
    neighboursOf(asked(change), rows, of);
  expect(state({ prediction: { ...near, decision: 'withheld' } })).toStrictEqual({ state: 'withheld' });
  expect(state({ covered: true })).toStrictEqual({ state: 'covered' });
  expect(state({ prediction: { ...near, features: undefined } })).toStrictEqual({ state: 'no-features' });
  expect(neighboursOf(asked(), rows, undefined)).toStrictEqual({ state: 'model-gone' });
});
