import { expect, test } from 'vitest';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import { evidenceFigures } from '#shared/evidence/figures.ts';
import { evidenceDocument } from '../../../../../src/renderer/views/evidence/evidence-document.ts';
import { manyRows, samplePrediction, sampleSelection } from '../../../shared/evidence/sample-row.ts';

const say = (key: string, params?: Record<string, unknown>) => (params ? `${key} ${JSON.stringify(params)}` : key);

const documentOf = (rows: readonly EvidenceRow[]) =>
  evidenceDocument({
    figures: evidenceFigures(rows, sampleSelection(), 0.5),
    comparisons: [],
    selection: sampleSelection(),
    threshold: 0.5,
    simulated: false,
    modelStatus: rows[0]?.prediction?.modelStatus,
    unreadable: 0,
    say,
  });

test('what the page says beside the figures leaves with them', () => {
  const rows = manyRows(60, (index) => ({
    ...(index < 3 ? { endpoints: {} } : {}),
    values: index < 5 ? {} : { afp: 10 },
  }));
  const known = rows.map((row, index) =>
    index < 2 && row.prediction ? { ...row, prediction: { ...row.prediction, afterOutcome: true } } : row,
  );
  expect(documentOf(known).lines).toStrictEqual(
    expect.arrayContaining([
      'evidence.afterOutcome {"n":2}',
      'evidence.withoutEndpoint {"n":3,"endpoint":"course.endpoints.pfs"}',
      expect.stringMatching(/^evidence\.missingValues: .* 5$/),
    ]),
  );
});

test('where scores tell all pairs apart, or none, there is no interval, and no precision of zero', () => {
  const apart = manyRows(12, (index) => ({
    prediction: samplePrediction({ probability: index < 6 ? 0.2 + index / 100 : 0.7 + index / 100 }),
    responses: { mrecist: index < 6 ? 'PD' : 'PR' },
  }));
  const alike = manyRows(12, (index) => ({ responses: { mrecist: index < 6 ? 'PD' : 'PR' } })).map((row) => ({
    ...row,
    prediction: samplePrediction({ probability: 0.4 }),
  }));
  for (const rows of [apart, alike]) {
    const { warnings, tables } = documentOf(rows);
    expect(warnings).toContain('evidence.noPrecision {"events":6}');
    const said = new Map(tables.flatMap(({ rows: lines }) => lines.map(([name, value]) => [name, value])));
    expect(said.get('AUC')).toMatch(/^(1|0\.5)0+ \(evidence\.noInterval\)$|^1\.000 \(evidence\.noInterval\)$/);
    expect(said.get('evidence.youden')).not.toContain('Infinity');
  }
});

test('the patients at risk leave with the survival plot', () => {
  const { tables } = documentOf(manyRows(60));
  const risk = tables.find(({ title }) => title === 'evidence.atRisk');
  const atStart = risk?.rows.map(([, first]) => Number(first));
  expect(atStart?.reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(risk?.header).toHaveLength(6);
  // At the last time somebody is followed still, and fewer than before.
  const atEnd = risk?.rows.map((cells) => Number(cells.at(-1)));
  expect(Math.max(...(atEnd ?? []))).toBeGreaterThan(0);
  expect(atEnd?.reduce((sum, count) => sum + count, 0)).toBeLessThan(60);
});

test('a model of simulated patients is called one, also beside real patients', () => {
  const simulated = manyRows(40, () => ({ prediction: samplePrediction({ modelStatus: 'simulated' }) }));
  expect(documentOf(simulated).warnings).toContain('common.banner.simulated');
  expect(documentOf(manyRows(40)).warnings).not.toContain('common.banner.simulated');
});
