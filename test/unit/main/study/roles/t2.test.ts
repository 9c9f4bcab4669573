import { describe, expect, it } from 'vitest';
import { decideRoles } from '../../../../../src/main/study/roles/decide-roles.ts';
import { because, decide } from './decide.ts';

const tse = { Modality: 'MR', ScanningSequence: 'SE', EchoTime: 88, RepetitionTime: 3200 };

describe('T2', () => {
  it.each(['T2 TSE', 'Ax T2 FRFSE', 't2_blade_tra', 'T2 PROPELLER', 'T2W_MultiVane', '轴位T2压脂', 'T2強調'])(
    '%s by name and echo time',
    (name) => {
      expect(decide({ ...tse, SeriesDescription: name })).toMatchObject({ role: 't2', confidence: 0.939 });
    },
  );

  it('by echo time alone where a spin echo is recorded, and a question where diffusion could have it too', () => {
    expect(decide(tse)).toMatchObject({ role: 't2', confidence: 0.798 });
    expect(decide({ Modality: 'MR', EchoTime: 88, RepetitionTime: 3200 }).confidence).toBeLessThan(0.5);
  });

  it('is not T2 with a short echo time, whatever the name says', () => {
    expect(decide({ ...tse, EchoTime: 12, SeriesDescription: 'T2 TSE' }).role).toBe('other');
  });

  it.each(['t2_haste_tra', 'Ax T2 SSFSE', 'T2 SSh', 'T2 single shot'])('%s is a second choice', (name) => {
    const decision = decide({ ...tse, SeriesDescription: name });
    expect(decision).toMatchObject({ role: 't2', confidence: 0.7 });
    expect(because(decision, 't2-weighting')).toMatch(/second choice/);
  });

  it('notes fat suppression', () => {
    expect(because(decide({ ...tse, SeriesDescription: 'T2 TSE SPAIR' }), 't2-weighting')).toMatch(/Fat is suppressed/);
  });

  it('prefers the turbo spin echo to HASTE, and axial to coronal, and tells the others why', () => {
    const haste = { ...tse, SeriesDescription: 't2_haste_tra', ImageOrientationPatient: '1\\0\\0\\0\\1\\0' };
    const named = { Modality: 'MR', SeriesDescription: 'Ax T2 FSE' };
    const coronal = { ...tse, SeriesDescription: 'T2 TSE cor', ImageOrientationPatient: '1\\0\\0\\0\\0\\-1' };
    const [first, second, third] = decideRoles([haste, named, coronal]);
    expect(second?.confidence).toBeGreaterThan(first?.confidence ?? 1);
    expect(second?.confidence).toBeGreaterThan(third?.confidence ?? 1);
    expect(first && because(first, 'competition')).toBe(
      '“Ax T2 FSE” fits t2 better: it is not a single-shot sequence.',
    );
    expect(third && because(third, 'competition')).toBe('“Ax T2 FSE” fits t2 better: it is axial.');
  });
});
