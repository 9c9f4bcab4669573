import { describe, expect, it } from 'vitest';
import type { QualityNote } from '#shared/study/study.ts';
import { factorWarnings, imageWarnings } from '../../../../src/main/inference/prediction-warnings.ts';

const note = (code: string, severity: QualityNote['severity']): QualityNote => ({
  code,
  severity,
  text: `About ${code}.`,
});
const series = (id: string, ...notes: QualityNote[]) => ({
  id,
  modality: 'MR',
  suggestion: { role: 'other' as const, confidence: 1, reasons: [] },
  notes,
});
const roles = [{ role: 'arterial' as const, seriesId: 'a', origin: 'user' as const }];

describe('remarks about the images', () => {
  it('stand beside the number: those of the study and of the series in use, once each', () => {
    const thick = note('thick-slices', 'warning');
    const warnings = imageWarnings(
      roles,
      [series('a', thick, thick), series('b', note('unused', 'error'))],
      [note('patients-mixed', 'error'), note('agent', 'info')],
    );
    expect(warnings.map(({ severity, note: said }) => [said?.code, severity])).toEqual([
      ['patients-mixed', 'serious'],
      ['thick-slices', 'warning'],
    ]);
    expect(warnings[1]).toMatchObject({ code: 'image-quality', text: 'About thick-slices.', note: thick });
  });
});

describe('a value outside what the model was trained on', () => {
  it('is told with limits that a person can read, and compared with the exact ones', () => {
    const factor = {
      id: 'afp',
      unit: 'ng/mL',
      transform: 'identity' as const,
      center: 0,
      scale: 1,
      coefficient: 0.001,
      missing: 'training-mean' as const,
      range: [1.2345678, 50.00000001] as [number, number],
    };
    const [warning] = factorWarnings([{ factor, value: 60, z: 60, gap: null }], 0);
    expect(warning).toMatchObject({
      code: 'out-of-range',
      text: 'afp 60 ng/mL lies outside what the model was trained on (1.235–50 ng/mL).',
    });
    expect(warning?.params).toMatchObject({ low: 1.235, high: 50 });
    expect(factorWarnings([{ factor, value: 50.000000005, z: 50, gap: null }], 0)).toEqual([]);
  });

  it('is told what it was counted as, and what the value itself would have given', () => {
    const factor = {
      id: 'afp',
      unit: 'ng/mL',
      transform: 'identity' as const,
      center: 0,
      scale: 1,
      coefficient: 0.05,
      missing: 'training-mean' as const,
      range: [10, 50] as [number, number],
    };
    // At 50 the logit is 2.5; with 60 it were 3: σ(2.5) = 0.924, σ(3) = 0.953.
    const [warning] = factorWarnings([{ factor, value: 60, countedAs: 50, z: 50, gap: null }], 2.5);
    expect(warning).toMatchObject({ code: 'clamped', params: { counted: 50, wouldGive: 95.3 } });
    expect(warning?.text).toContain('counted as 50.');
    expect(warning?.text).not.toContain('95.3');
    expect(warning?.couldMoveTo?.low).toBeCloseTo(0.924, 3);
    expect(warning?.couldMoveTo?.high).toBeCloseTo(0.953, 3);
  });
});
