import { describe, expect, it } from 'vitest';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { acquiredAfter, because, decide, t1 } from './decide.ts';

const sure = (facts: SeriesFacts) => {
  const decision = decide({ Modality: 'MR', ...facts });
  return decision.confidence >= 0.8 ? decision.role : `asked: ${decision.role} ${decision.confidence}`;
};

describe('series that are none of the six images', () => {
  it.each([
    'localizer',
    'Survey BH',
    '3-Plane Loc SSFSE',
    'repérage',
    'Lokalisierer',
    'localizador',
    '定位像',
    '位置決め',
    'scout',
    'T2_localizer',
    'Care_Bolus',
    'Test bolus',
    'ASSET calibration',
    'realtime',
    't1_vibe_art_SUB',
    'Subtraction portal',
    'Subtraktion',
    'Soustraction artérielle',
    'Sustracción',
    '动脉期减影',
    '差分',
    'MIP',
    't1_vibe_tra_MIP_COR',
    'COR MPR',
    'Axial reformat',
    'ep2d_diff_b50_800_ADC',
    'DWI',
    'sB800',
    'dADC Map',
    '弥散',
    '扩散加权',
    '拡散',
    'Diffusion',
    'Difusión',
    'Apparent Diffusion Coefficient (mm2/s)',
    'IDEAL IQ',
    'mDIXON-Quant',
    'vibe_q-dixon',
    'fat fraction',
    'R2* map',
    'MRE',
    'T1Map_vibe',
    'MRCP',
    'cor thick slab',
    '胰胆管水成像',
    't2_trufi_cor',
    'Ax 2D FIESTA',
    'BTFE_BH',
    'TOF PORTAL VEIN',
    'SWI',
    't1_tse_tra',
    'Ax Flair',
    'Screen Save',
    'KOS',
    'InPhase: IDEAL IQ (20sec BH)',
  ])('by name: %s', (SeriesDescription) => {
    expect(sure({ SeriesDescription })).toBe('other');
  });

  it.each(['ADC', 'TRACEW', 'MIP', 'SUBTRACTION', 'LOCALIZER', 'PROJECTION IMAGE', 'FAT', 'P'])(
    'by ImageType: %s',
    (kind) => {
      expect(sure({ SeriesDescription: 'vibe art', ImageType: ['DERIVED', 'PRIMARY', kind] })).toBe('other');
    },
  );

  it('by modality', () => {
    expect(sure({ Modality: 'CT', SeriesDescription: 'arterial' })).toBe('other');
    expect(because(decide({ Modality: 'SR' }), 'modality')).toBe('Modality is SR, not MR.');
  });

  it('by b-value and by echo-planar imaging', () => {
    expect(sure({ DiffusionBValue: '800' })).toBe('other');
    expect(sure({ ScanningSequence: ['EP', 'SE'], EchoTime: 70 })).toBe('other');
    expect(decide({ Modality: 'MR', DiffusionBValue: 0, SeriesDescription: 'T2 TSE' }).role).toBe('t2');
  });

  it('by an echo time at which only fluid is seen', () => {
    expect(sure({ SeriesDescription: 'T2 space', EchoTime: 700 })).toBe('other');
  });

  it('stay excluded although their time and name would make a phase', () => {
    expect(
      decide(acquiredAfter(30, { SeriesDescription: 't1_vibe_art_SUB', ContrastBolusAgent: 'Gadovist' })).role,
    ).toBe('other');
  });

  it('a breath-hold time is no delay, and fat suppression no fat image', () => {
    expect(decide({ ...t1, SeriesDescription: 'LAVA (20sec BH)' }).confidence).toBeLessThan(0.5);
    for (const name of [
      'eTHRIVE 压脂 动脉期',
      'VIBE fat sat arterial',
      'VIBE fettgesättigt arteriell',
      'LAVA saturation de graisse artériel',
    ]) {
      expect(decide({ ...t1, SeriesDescription: name }).role, name).toBe('arterial');
    }
  });

  it('secondary images are asked, unless an archive marked the whole study so', () => {
    const secondary = { Modality: 'MR', SeriesDescription: 'Ax T2 FSE', ImageType: 'DERIVED\\SECONDARY' };
    const alone = decide(secondary, { Modality: 'MR', SeriesDescription: 'loc', ImageType: 'ORIGINAL\\PRIMARY' });
    expect(alone.role === 't2' && alone.confidence >= 0.5).toBe(false);
    expect(decide(secondary, { ...secondary, SeriesDescription: 'LAVA art' })).toMatchObject({
      role: 't2',
      confidence: 0.699,
    });
  });

  it('Enhanced MR that declares diffusion or flow is excluded', () => {
    expect(sure({ AcquisitionContrast: 'DIFFUSION', SeriesDescription: 'abdomen' })).toBe('other');
    expect(sure({ TimeOfFlightContrast: 'YES', SeriesDescription: 'veins' })).toBe('other');
  });

  it('studies of other regions are asked, unless they name the liver too', () => {
    const arterial = (StudyDescription: string) =>
      decide(
        { ...t1, SeriesDescription: 'VIBE arterial', StudyDescription },
        { ...t1, SeriesDescription: 'VIBE portal', StudyDescription },
      );
    for (const study of ['MR Brain', 'RM DE CRANIO', 'MR prostaat', '膝关节']) {
      expect(arterial(study).confidence, study).toBeLessThan(0.5);
    }
    for (const study of ['MR Liver', 'Abdomen und Becken', 'MRT Kopf/Leber', '肝脏平扫+增强', '']) {
      expect(arterial(study).confidence, study).toBeGreaterThanOrEqual(0.5);
    }
  });

  it('other regions are asked', () => {
    expect(decide({ ...t1, SeriesDescription: 'VIBE arterial', BodyPartExamined: 'PROSTATE' }).confidence).toBeLessThan(
      0.5,
    );
    expect(decide({ Modality: 'MR', SeriesDescription: 'T2 TSE pelvis' }).confidence).toBeLessThan(0.5);
  });
});
