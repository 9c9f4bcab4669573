import { describe, expect, it } from 'vitest';
import { phasesAt } from '../../../../../src/main/study/roles/phase-windows.ts';
import { sayTime } from '../../../../../src/shared/study/messages/english.ts';
import { acquiredAfter, because, decide, t1 } from './decide.ts';

const gadovist = { ContrastBolusAgent: 'Gadovist' };
const primovist = { ContrastBolusAgent: 'Primovist' };

describe('phase from the time after injection', () => {
  it.each([
    [-180, 'pre-contrast'],
    [20, 'arterial'],
    [30, 'arterial'],
    [42, 'arterial'],
    [60, 'portal-venous'],
    [90, 'portal-venous'],
    [120, 'delayed'],
    [180, 'delayed'],
    [300, 'delayed'],
  ])('%i s after an extracellular agent is %s', (seconds, role) => {
    const decision = decide(acquiredAfter(seconds, gadovist));
    expect(decision.role).toBe(role);
    expect(decision.confidence).toBeGreaterThan(0.85);
  });

  // OPTN (PMC4463351): portal venous 35–55 s after the start of the late arterial phase, delayed at 120–180 s.
  it('asks between the windows', () => {
    for (const seconds of [2, 49, 106, 700]) {
      expect(decide(acquiredAfter(seconds, gadovist)).confidence, `${seconds} s`).toBeLessThan(0.5);
    }
  });

  it('says with the values how it knows', () => {
    expect(because(decide(acquiredAfter(28, gadovist)), 'contrast-timing')).toBe(
      'Acquired 28 s after the start of injection (AcquisitionTime against ContrastBolusStartTime): arterial.',
    );
  });

  it('needs a T1 gradient echo: a T2 series at 30 s is T2', () => {
    const decision = decide(
      acquiredAfter(30, { ...gadovist, ScanningSequence: 'SE', EchoTime: 90, RepetitionTime: 3000 }),
    );
    expect(decision.role).toBe('t2');
    expect(decision.reasons.some(({ role }) => role === 'arterial' && decision.role === role)).toBe(false);
  });

  it('is never sure where only the time of the series is known', () => {
    const { AcquisitionTime, ...rest } = acquiredAfter(30, gadovist);
    const decision = decide({ ...rest, SeriesTime: AcquisitionTime });
    expect(decision.role).toBe('arterial');
    expect(decision.confidence).toBeLessThanOrEqual(0.7);
  });

  it('is a question where the series disagree about the injection', () => {
    const decision = decide(
      acquiredAfter(30, gadovist),
      acquiredAfter(300, { ...gadovist, ContrastBolusStartTime: '100400' }),
    );
    expect(decision.confidence).toBeLessThan(0.5);
    expect(because(decision, 'contrast-timing')).toMatch(/different start times/);
  });

  it('reads the injection of another series of the study', () => {
    const { ContrastBolusStartTime, ...without } = acquiredAfter(70, { SeriesDescription: 'vibe' });
    expect(ContrastBolusStartTime).toBe('100000');
    expect(decide(without, acquiredAfter(30, gadovist)).role).toBe('portal-venous');
  });

  it('reads phases of one series by TriggerTime', () => {
    const phase = (position: number, TriggerTime: number) =>
      acquiredAfter(26, { ...gadovist, SeriesInstanceUID: '1.2', TemporalPositionIdentifier: position, TriggerTime });
    expect(decide(phase(2, 42_000), phase(1, 0), phase(3, 160_000)).role).toBe('portal-venous');
    expect(decide(phase(3, 160_000), phase(1, 0), phase(2, 42_000)).role).toBe('delayed');
  });
});

describe('after gadoxetate (LI-RADS v2018)', () => {
  it.each([120, 180, 300])('the phase at %i s is transitional and never delayed', (seconds) => {
    for (const description of ['VIBE', 'VIBE delayed', 'LAVA 延迟期', 'THRIVE Spätphase']) {
      const decision = decide(acquiredAfter(seconds, { ...primovist, SeriesDescription: description }));
      expect(decision.role, description).toBe('transitional');
    }
  });

  it.each(['Primovist', 'EOVIST', 'gadoxetic acid', 'Gd-EOB-DTPA', '普美显', 'EOB・プリモビスト注'])(
    '%s is recognised',
    (agent) => {
      expect(decide(acquiredAfter(180, { ContrastBolusAgent: agent })).role).toBe('transitional');
    },
  );

  it('the phase at 20 min is hepatobiliary', () => {
    expect(decide(acquiredAfter(1200, primovist)).role).toBe('hepatobiliary');
  });

  it('finds the agent in the name of the study', () => {
    expect(decide(acquiredAfter(180, { StudyDescription: 'MRT Leber mit Primovist' })).role).toBe('transitional');
  });

  it('suspects it from a 20 min series and asks about the phase at 3 min', () => {
    const decision = decide(acquiredAfter(180), acquiredAfter(1200, { SeriesDescription: 'VIBE 20 min' }));
    expect(decision.confidence).toBeLessThan(0.5);
    expect(because(decision, 'contrast-agent')).toBe(
      'No contrast agent is recorded, and “VIBE 20 min” hints at gadoxetate, after which this phase is transitional.',
    );
  });

  it('an unknown agent leaves delayed below high confidence', () => {
    const decision = decide(acquiredAfter(180, { SeriesDescription: 'VIBE delayed' }));
    expect(decision.role).toBe('delayed');
    expect(decision.confidence).toBeLessThan(0.8);
  });

  it('believes neither of two agents', () => {
    const decision = decide(acquiredAfter(180, gadovist), acquiredAfter(30, primovist));
    expect(decision.role === 'delayed' && decision.confidence >= 0.5).toBe(false);
  });

  it('gadobenate is extracellular at 3 min and hepatobiliary at 2 h', () => {
    const multihance = { ContrastBolusAgent: 'MultiHance' };
    expect(decide(acquiredAfter(180, multihance)).role).toBe('delayed');
    expect(decide(acquiredAfter(7200, multihance)).role).toBe('hepatobiliary');
  });
});

describe('windows', () => {
  it('give at most one phase full strength at any second', () => {
    for (const agent of ['extracellular', 'gadoxetate', 'gadobenate', 'unknown'] as const) {
      for (let seconds = -600; seconds < 9000; seconds += 1) {
        const full = phasesAt(seconds, agent).filter(({ strength }) => strength > 0.95);
        expect(full.length, `${agent} at ${seconds} s`).toBeLessThan(2);
      }
    }
  });

  it('say times as people do', () => {
    expect([sayTime(28.4), sayTime(180), sayTime(200)]).toEqual(['28 s', '3 min', '3 min 20 s']);
  });
});

describe('phase from the order of the series, without an injection time', () => {
  const at = (AcquisitionTime: string, more: object = {}) => ({
    ...t1,
    SeriesDescription: 'LAVA',
    AcquisitionTime,
    ...more,
  });
  const dynamic = [
    at('100000', { SeriesDescription: 'LAVA pre' }),
    at('100500', gadovist),
    at('100545', gadovist),
    at('100740', gadovist),
  ];

  it('counts from the first series after the pre-contrast one', () => {
    const [, ...roles] = dynamic.map((series) => decide(series, ...dynamic.filter((other) => other !== series)).role);
    expect(roles).toEqual(['arterial', 'portal-venous', 'delayed']);
  });

  it('never becomes sure', () => {
    for (const series of dynamic.slice(1)) {
      expect(decide(series, ...dynamic.filter((other) => other !== series)).confidence).toBeLessThan(0.8);
    }
  });

  it('says what it counted from', () => {
    const [pre, first, second, third] = dynamic;
    if (!pre || !first || !second || !third) throw new Error('expected four series');
    expect(because(decide(second, pre, first, third), 'relative-timing')).toContain(
      '45 s after “LAVA”, which comes first after the pre-contrast series: about 75 s after injection, portal-venous.',
    );
  });

  it('does not count a pair of series, or one whose second comes minutes later', () => {
    const [pre, first] = dynamic;
    if (!pre || !first) throw new Error('expected series');
    expect(decide(first, pre, at('101500', gadovist)).confidence).toBeLessThan(0.5);
    expect(decide(first, pre, at('101500', gadovist), at('102000', gadovist)).confidence).toBeLessThan(0.5);
  });
});
