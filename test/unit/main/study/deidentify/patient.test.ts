import { describe, expect, it } from 'vitest';
import type { ElementSpec } from '../../../../fixtures/dicom/write-dicom.ts';
import { deidentifiedMr } from './deidentified-mr.ts';

describe('the patient of a copy', () => {
  it.each<[string, ElementSpec[], string[]]>([
    ['has no ID', [], ['0010,0020']],
    ['has no name', [], ['0010,0010']],
    ['has neither', [], ['0010,0010', '0010,0020']],
    ['has an empty ID', [['0010,0020', 'LO', '']], []],
    ['has an empty name', [['0010,0010', 'PN', '']], []],
    ['has a sequence for a name', [['0010,0010', 'SQ', [[['0010,0010', 'PN', 'Quill']]]]], []],
  ])('is a pseudonym where the source %s', async (_name, extra, without) => {
    const { image, pseudonym, decisions, text } = await deidentifiedMr(extra, { without });
    expect(image.patient).toMatchObject({ patientName: pseudonym, patientId: pseudonym });
    expect(decisions.get('PatientName')?.action).toBe('pseudonym');
    expect(decisions.get('PatientID')?.action).toBe('pseudonym');
    expect(text).not.toContain('Quill');
  });
});
