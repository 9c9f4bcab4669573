import { expect, test, vi } from 'vitest';
import { recalibrationInForce } from '#shared/evidence/recalibration/kept.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import {
  adoptRecalibration,
  keptRecalibrations,
  withdrawRecalibration,
} from '../../../../src/main/evidence/recalibration.ts';
import { samplePrediction, sampleRow } from '../../shared/evidence/sample-row.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const model = { id: 'a-model', version: '1.0.0' };
const of = { model, criterion: 'mrecist' } as const;
/** A model that promises too much. */
const rows = (count: number) =>
  Array.from({ length: count }, (_none, index) => {
    const said = -2 + (4 * ((index * 37) % 101)) / 101;
    const responded = ((index * 61) % 103) / 103 < sigmoid(said - 0.9);
    return sampleRow({
      date: `2024-01-01T${String(index).padStart(6, '0')}`,
      prediction: samplePrediction({ probability: sigmoid(said) }),
      responses: { mrecist: responded ? 'PR' : 'PD' },
    });
  });

test('a recalibration is computed here, numbered, dated, named and sealed in the audit log, and taken back again', () => {
  const store = temporaryStore();
  const cohort = { rows: rows(200), simulated: false };
  const [first] = adoptRecalibration(store, cohort, of, 'Dr Example');
  expect(first).toMatchObject({
    number: 1,
    by: 'Dr Example',
    kind: 'intercept',
    patients: 200,
    inForce: true,
    criterion: 'mRECIST',
  });
  expect(
    adoptRecalibration(store, cohort, of, 'Dr Other').map(({ number, inForce }) => [number, inForce]),
  ).toStrictEqual([
    [2, true],
    [1, false],
  ]);
  expect(
    withdrawRecalibration(store, { model, criterion: 'mRECIST', simulated: false }, 'Dr Example').some(
      ({ inForce }) => inForce,
    ),
  ).toBe(false);
  withdrawRecalibration(store, { model, criterion: 'mRECIST', simulated: false }, 'Dr Example');
  expect(store.audit().entries.map(({ action }) => action)).toStrictEqual([
    'recalibration.adopted',
    'recalibration.adopted',
    'recalibration.withdrawn',
  ]);
  expect(store.verify()).toStrictEqual({ intact: true });
  expect(adoptRecalibration(store, cohort, of, 'Dr Example')[0]).toMatchObject({ number: 3, inForce: true });
});

test('what was fitted on made-up patients is never in force for a real one', () => {
  const store = temporaryStore();
  const ofReal = { model, criterion: 'mRECIST', simulated: false } as const;
  const kept = adoptRecalibration(store, { rows: rows(200), simulated: true }, of, 'Dr Example');
  expect(kept).toMatchObject([{ simulated: true, inForce: true }]);
  expect(recalibrationInForce(kept, ofReal)).toBeUndefined();
  expect(recalibrationInForce(kept, { ...ofReal, simulated: true })).toMatchObject({ number: 1 });
  withdrawRecalibration(store, ofReal, 'Dr Example');
  expect(keptRecalibrations(store)).toMatchObject([{ inForce: true }]);
  withdrawRecalibration(store, { ...ofReal, simulated: true }, 'Dr Example');
  expect(keptRecalibrations(store)).toMatchObject([{ inForce: false }]);
});

test('too few outcomes, or another model’s, are refused and leave no entry', () => {
  const store = temporaryStore();
  for (const [cohort, asked] of [
    [{ rows: rows(20), simulated: false }, of],
    [
      { rows: rows(200), simulated: false },
      { ...of, model: { id: 'b', version: '1' } },
    ],
    [
      { rows: rows(200), simulated: false },
      { ...of, criterion: 'recist-1.1' },
    ],
  ] as const) {
    expect(() => adoptRecalibration(store, cohort, asked, 'a')).toThrow(
      expect.objectContaining({ code: 'recalibration-refused' }),
    );
  }
  expect(keptRecalibrations(store)).toStrictEqual([]);
});
