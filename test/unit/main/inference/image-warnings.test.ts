import { describe, expect, it } from 'vitest';
import type { QualityNote } from '#shared/study/study.ts';
import { imageWarnings } from '../../../../src/main/inference/prediction-warnings.ts';

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
