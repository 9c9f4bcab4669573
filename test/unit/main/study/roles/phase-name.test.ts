import { describe, expect, it } from 'vitest';
import { delaysInName } from '../../../../../src/main/study/roles/vocabulary/delay-words.ts';
import { normaliseName } from '../../../../../src/main/study/roles/vocabulary/normalise-name.ts';
import { acquiredAfter, because, decide, t1 } from './decide.ts';

describe('phase words', () => {
  it.each([
    [
      'arterial',
      [
        'VIBE arterial',
        'LAVA late art',
        'THRIVE 动脉晚期',
        '간 동맥기',
        'Quick 3D 動脈相',
        'VIBE arterielle Phase',
        'LAVA artériel',
        'fase arterial VIBE',
      ],
    ],
    [
      'portal-venous',
      [
        'VIBE portal venous',
        'LAVA PVP',
        'THRIVE 门脉期',
        'VIBE 静脉期',
        'Quick 3D 門脈相',
        'VIBE portalvenös',
        'LAVA temps portal',
        'THRIVE fase portovenosa',
      ],
    ],
    [
      'delayed',
      [
        'VIBE delayed',
        'LAVA equilibrium',
        'THRIVE 延迟期',
        'VIBE 平衡期',
        'VIBE Spätphase',
        'LAVA tardif',
        'THRIVE fase tardía',
      ],
    ],
    [
      'pre-contrast',
      [
        'VIBE pre',
        'LAVA -C',
        'THRIVE 平扫',
        'Quick 3D 造影前',
        'VIBE nativ',
        'LAVA sans injection',
        'VIBE sin contraste',
      ],
    ],
    [
      'hepatobiliary',
      ['VIBE HBP', 'THRIVE 肝胆期', 'Quick 3D 肝細胞造影相', 'VIBE hepatobiliäre Phase', 'LAVA hepatobiliary 20min'],
    ],
    ['transitional', ['VIBE transitional', 'THRIVE 移行期', 'Quick 3D 移行相']],
  ])('%s in six languages', (role, names) => {
    const sibling = { ...t1, SeriesDescription: role === 'pre-contrast' ? 'VIBE arterial' : 'VIBE pre' };
    for (const SeriesDescription of names) {
      const decision = decide({ ...t1, SeriesDescription }, sibling);
      expect(decision.role, SeriesDescription).toBe(role);
      expect(decision.confidence, SeriesDescription).toBeGreaterThanOrEqual(0.5);
      // A name alone is never high confidence.
      expect(decision.confidence, SeriesDescription).toBeLessThan(0.8);
    }
  });

  describe('what is called delayed, where no agent is recorded', () => {
    const given = { ...t1, ContrastBolusAgent: 'contrast' };
    const before = [
      { ...t1, SeriesDescription: 'ax vibe pre' },
      { ...given, SeriesDescription: 'ax vibe portal venous' },
    ];
    const equilibrium = { ...given, SeriesDescription: 'ax vibe equilibrium' };
    const beside = (SeriesDescription: string) => ({ ...given, SeriesDescription });

    it('is transitional beside a series at 15 to 30 min: no agent but gadoxetate is imaged then', () => {
      for (const late of ['ax vibe delay 15min', 'ax vibe 20 min', 'VIBE HBP 25 min']) {
        const decision = decide(equilibrium, ...before, beside(late));
        expect(decision.role, late).toBe('transitional');
        expect(decision.confidence, late).toBeGreaterThanOrEqual(0.5);
        expect(decision.confidence, late).toBeLessThan(0.6);
      }
    });

    it('is asked beside one at 10 min or 2 h, and where its own time says another phase', () => {
      for (const late of ['ax vibe delay 10min', 'ax vibe 2h', 'VIBE HBP']) {
        expect(decide(equilibrium, ...before, beside(late)).confidence, late).toBeLessThan(0.5);
      }
      const timed = acquiredAfter(180, equilibrium);
      expect(decide(timed, ...before, beside('ax vibe delay 20min')).confidence).toBeLessThan(0.5);
    });

    it('is delayed where no series is as late, and asked where two series are called so', () => {
      expect(decide(equilibrium, ...before)).toMatchObject({ role: 'delayed', confidence: 0.699 });
      const twice = decide(equilibrium, equilibrium, ...before, beside('ax vibe delay 20min'));
      expect(twice.confidence).toBeLessThan(0.5);
    });
  });

  it('a name that the time contradicts is a question', () => {
    const decision = decide(acquiredAfter(70, { SeriesDescription: 'VIBE arterial', ContrastBolusAgent: 'Gadovist' }));
    expect(decision.confidence).toBeLessThan(0.5);
    expect(because(decision, 'timing-conflict')).toBe(
      'The name says arterial, the time after injection says portal-venous.',
    );
  });

  it('a name and a time that agree are surer than either', () => {
    const both = decide(acquiredAfter(70, { SeriesDescription: 'VIBE portal', ContrastBolusAgent: 'Gadovist' }));
    expect(both.confidence).toBeGreaterThan(decide(acquiredAfter(70, { ContrastBolusAgent: 'Gadovist' })).confidence);
  });

  it.each(['VIBE pre/post', 'LAVA pre & post', 'VIBE art portal', 'LAVA Art, 70sec, 2min', 'VIBE'])(
    '%s is asked',
    (name) => {
      expect(decide({ ...t1, SeriesDescription: name }).confidence).toBeLessThan(0.5);
    },
  );

  it('AP is a direction, unless the study names its phases by codes', () => {
    const arterial = { ...t1, SeriesDescription: 'THRIVE AP' };
    expect(decide(arterial).confidence).toBeLessThan(0.5);
    expect(decide(arterial, { ...t1, SeriesDescription: 'THRIVE PVP' }).role).toBe('arterial');
    expect(decide(arterial, { ...t1, SeriesDescription: 'THRIVE PVP' }).confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('a number within the dynamic series that does not go with the phase is asked', () => {
    const sibling = { ...t1, SeriesDescription: 'LAVA pre' };
    expect(decide({ ...t1, SeriesDescription: 'Ph1/LAVA portal' }, sibling).confidence).toBeLessThan(0.5);
    expect(decide({ ...t1, SeriesDescription: 'Ph2/LAVA portal' }, sibling).confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('plain dynamic series are arterial only where all other phases have series of their own', () => {
    const named = ['vibe pre', 'vibe portal venous', 'vibe equilibrium'].map((SeriesDescription) => ({
      ...t1,
      SeriesDescription,
    }));
    const dynamic = { ...t1, SeriesDescription: 'vibe dynamic', ContrastBolusAgent: 'Gadovist' };
    expect(decide(dynamic, ...named)).toMatchObject({ role: 'arterial', confidence: 0.593 });
    expect(decide(dynamic, ...named.slice(0, 2)).confidence).toBeLessThan(0.5);
    expect(decide(dynamic, ...named.slice(1)).confidence).toBeLessThan(0.5);
  });
});

describe('delays in names', () => {
  it.each([
    ['dynamic(30s)_vibe', [30]],
    ['AX LAVA POST 70 SEC', [70]],
    ['t1_vibe_50-60s_tra', [55]],
    ['LAVA_5min', [300]],
    ['动态60秒', [60]],
    ['LAVA 20分钟', [1200]],
    ['mDIXON tardif 2h', [7200]],
    ['THRIVE_AX_dyn_5_m', [300]],
    ['Ax LAVA Art, 70sec, 2min', [70, 120]],
    // Not delays: breath-hold, scan length, times to k-space centre, slice thickness.
    ['IDEAL (20sec BH)', []],
    ['vibe_dynamic_post_12sec', []],
    ['twist_TT=58.6s', []],
    ['vibe_TTC=19.2s_F', []],
    ['t2_tra_4mm', []],
    ['3 m', []],
  ])('%s → %j', (name, delays) => {
    expect(delaysInName(normaliseName(name))).toEqual(delays);
  });

  it('outweigh the word: a 20 min delay is hepatobiliary, a 70 s delay portal venous', () => {
    expect(decide({ ...t1, SeriesDescription: 'VIBE delay 20 min' }).role).toBe('hepatobiliary');
    expect(decide({ ...t1, SeriesDescription: 'VIBE POST (70 SEC. DELAY)' }).role).toBe('portal-venous');
  });
});

describe('names', () => {
  it.each([
    ['T1_VIBE-Dixon_tra', 't1 vibe dixon tra'],
    ['Soustraction artérielle', 'soustraction arterielle'],
    ['T2* map', 't2star map'],
    ['sIN PHASE', 'in phase'],
    ['ＬＡＶＡ　動脈相', 'lava 動脈相'],
    ['ガドビスト', 'ガドビスト'],
  ])('%s → %s', (name, normalised) => {
    expect(normaliseName(name)).toBe(normalised);
  });

  it('of a megabyte take no longer than short ones', () => {
    const started = performance.now();
    decide({ ...t1, SeriesDescription: 'a'.repeat(1_000_000), ProtocolName: '1'.repeat(1_000_000) });
    expect(performance.now() - started).toBeLessThan(500);
  });
});
