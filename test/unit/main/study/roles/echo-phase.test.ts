import { describe, expect, it } from 'vitest';
import { beatMs, echoPhase } from '../../../../../src/main/study/roles/echo-pairs.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { because, decide } from './decide.ts';

const gre = (EchoTime: number, MagneticFieldStrength: number, more: SeriesFacts = {}): SeriesFacts => ({
  Modality: 'MR',
  ScanningSequence: 'GR',
  RepetitionTime: 120,
  EchoTime,
  MagneticFieldStrength,
  SeriesInstanceUID: '1.2',
  ...more,
});

describe('echo time and field strength', () => {
  // 3.4 ppm of 42.577 MHz/T: 4.6 ms at 1.5 T, 2.3 ms at 3 T.
  it('beats every 4.6 ms at 1.5 T and every 2.3 ms at 3 T', () => {
    expect(beatMs(1.5)).toBeCloseTo(4.6, 1);
    expect(beatMs(3)).toBeCloseTo(2.3, 1);
  });

  it.each([
    [4.76, 1.5, 'in-phase'],
    [4.4, 1.494, 'in-phase'],
    [2.38, 1.5, 'opposed-phase'],
    [2.2, 1.5, 'opposed-phase'],
    [6.9, 1.5, 'opposed-phase'],
    [2.46, 3, 'in-phase'],
    [1.23, 3, 'opposed-phase'],
    [3.69, 3, 'opposed-phase'],
    [3.45, 1.5, undefined],
    [1.1, 1.5, undefined],
  ])('%f ms at %f T is %s', (echoTime, field, phase) => {
    expect(echoPhase(echoTime, field)).toBe(phase);
  });
});

describe('dual-echo series', () => {
  it('tells its echoes apart at 1.5 T', () => {
    const description = { SeriesDescription: 't1_fl2d_in-opp_tra_mbh' };
    expect(decide(gre(2.38, 1.5, description), gre(4.76, 1.5, description)).role).toBe('opposed-phase');
    expect(decide(gre(4.76, 1.5, description), gre(2.38, 1.5, description)).role).toBe('in-phase');
  });

  it('gives the same 2.3 ms the other role at 3 T', () => {
    const decision = decide(gre(2.3, 3), gre(1.15, 3));
    expect(decision.role).toBe('in-phase');
    expect(because(decision, 'echo-phase')).toBe(
      'EchoTime 2.3 ms at 3 T (fat and water in phase every 2.3 ms): in-phase; the other echo is at 1.15 ms.',
    );
  });

  it('reads gauss in the field strength of old GE files', () => {
    expect(decide(gre(4.4, 15_000), gre(2.2, 15_000)).role).toBe('in-phase');
  });

  it('asks without a field strength', () => {
    const series = gre(2.3, 0, { SeriesDescription: 'Dual echo' });
    expect(decide(series, gre(4.6, 0, { SeriesDescription: 'Dual echo' })).confidence).toBeLessThan(0.5);
  });

  it('asks where name and echo time contradict each other', () => {
    const decision = decide(gre(2.38, 1.5, { SeriesDescription: 'T1 in phase' }));
    expect(decision.confidence).toBeLessThan(0.5);
    expect(because(decision, 'echo-phase')).toMatch(/says in-phase, the echo time says opposed-phase: which is it\?/);
  });

  it('asks about the six echoes of a fat quantification', () => {
    const echoes = [1.2, 2.4, 3.6, 4.8, 6, 7.2].map((time) => gre(time, 1.5));
    const [first, ...others] = echoes;
    if (!first) throw new Error('expected echoes');
    expect(decide(first, ...others).confidence).toBeLessThan(0.5);
  });

  it('lowers images taken after contrast', () => {
    const decision = decide(
      gre(2.3, 3, { SeriesDescription: 'mDIXON portal venous IP', ImageType: ['ORIGINAL', 'PRIMARY', 'IP', 'IP'] }),
    );
    expect(decision.role).toBe('in-phase');
    expect(decision.confidence).toBeLessThanOrEqual(0.6);
  });

  it('does not take the echo of a fat-suppressed dynamic series for an opposed-phase image', () => {
    const decision = decide(
      gre(2.2, 1.5, { SeriesDescription: 't1_vibe_fs_tra', ScanOptions: ['PFP', 'FS'], RepetitionTime: 5 }),
    );
    expect(['in-phase', 'opposed-phase']).not.toContain(decision.role);
  });
});

describe('Dixon parts', () => {
  it.each([
    ['IN_PHASE', 'in-phase'],
    ['OPP_PHASE', 'opposed-phase'],
    ['OUT_PHASE', 'opposed-phase'],
    ['IP', 'in-phase'],
    ['OP', 'opposed-phase'],
    ['FAT', 'other'],
    ['F', 'other'],
    ['FF', 'other'],
    ['R2_STAR', 'other'],
  ])('ImageType %s is %s', (kind, role) => {
    const decision = decide({
      Modality: 'MR',
      SeriesDescription: 'mDIXON',
      ImageType: `DERIVED\\PRIMARY\\DIXON\\${kind}`,
    });
    expect(decision.role).toBe(role);
    expect(decision.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('water images are the fat-suppressed T1: their phase is decided by contrast', () => {
    const water = { Modality: 'MR', ImageType: 'DERIVED\\PRIMARY\\DIXON\\WATER' };
    expect(decide({ ...water, SeriesDescription: 'WATER: LAVA-Flex portal venous' }).role).toBe('portal-venous');
    expect(decide({ ...water, SeriesDescription: 'WATER: LAVA-Flex' }).confidence).toBeLessThan(0.5);
  });
});
