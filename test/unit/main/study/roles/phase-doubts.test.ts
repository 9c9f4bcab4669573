import { describe, expect, it } from 'vitest';
import { decideRoles } from '../../../../../src/main/study/roles/decide-roles.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { acquiredAfter, because, t1 } from './decide.ts';

const gadovist = { ContrastBolusAgent: 'Gadovist', ContrastBolusStartTime: '100000' };
const phase = (more: SeriesFacts): SeriesFacts => ({
  ...t1,
  ...gadovist,
  SeriesInstanceUID: '1',
  SeriesDescription: 't1_vibe_fs_dynamic',
  AcquisitionTime: '095900',
  ...more,
});
const outcome = (facts: SeriesFacts[]) => decideRoles(facts).map(({ role, confidence }) => [role, confidence]);

describe('a time that tells nothing', () => {
  it('is asked with the reason, even where a name would do', () => {
    const names = ['', ' arterial', ' portal'];
    const decisions = decideRoles(
      names.map((name, p) => phase({ AcquisitionNumber: p + 1, SeriesDescription: `vibe${name}` })),
    );
    for (const decision of decisions) {
      expect(decision.confidence).toBeLessThan(0.5);
      expect(because(decision, 'phase-doubts')).toContain('Another acquisition has the same time');
    }
  });
});

describe('a time that is counted from another one', () => {
  const triggers = (values: number[], more: SeriesFacts = {}) =>
    values.map((TriggerTime, p) => phase({ TriggerTime, TemporalPositionIdentifier: p + 1, ...more }));

  it('gives roles below 0.8 where the whole series follows the usual pattern', () => {
    expect(outcome(triggers([0, 90_000, 120_000, 240_000]))).toEqual([
      ['pre-contrast', 0.79],
      ['arterial', 0.79],
      ['portal-venous', 0.79],
      ['delayed', 0.79],
    ]);
  });

  it('is asked where the mask was not exported, and never counted from the smallest that was', () => {
    expect(outcome(triggers([90_000, 120_000, 240_000]))).toEqual([
      ['arterial', 0.45],
      ['portal-venous', 0.45],
      ['delayed', 0.45],
    ]);
  });

  it('is asked where fewer phases are here than the header announces', () => {
    for (const [, confidence] of outcome(triggers([0, 90_000, 120_000, 240_000], { NumberOfTemporalPositions: 5 }))) {
      expect(confidence).toBe(0.45);
    }
  });

  it('is asked by TemporalResolution, which knows no pauses, unless the name agrees', () => {
    const counted = (SeriesDescription: string) =>
      [1, 2, 3, 4].map((TemporalPositionIdentifier) =>
        phase({ TemporalPositionIdentifier, TemporalResolution: 45_000, AcquisitionTime: '095945', SeriesDescription }),
      );
    const confidence = (name: string) => decideRoles(counted(name))[1]?.confidence;
    expect(confidence('vibe')).toBe(0.45);
    expect(confidence('vibe arterial')).toBe(0.79);
  });

  it('is measured by TemporalPositionTimeOffset', () => {
    const offsets = [90, 120, 240].map((TemporalPositionTimeOffset) => phase({ TemporalPositionTimeOffset }));
    expect(outcome(offsets)).toEqual([
      ['arterial', 0.9],
      ['portal-venous', 0.9],
      ['delayed', 0.9],
    ]);
  });
});

describe('stacks', () => {
  it('that mix states of contrast are asked', () => {
    const [decision] = decideRoles([acquiredAfter(30, gadovist)], [{ mixed: true }]);
    expect(decision).toMatchObject({ role: 'arterial', confidence: 0.45 });
  });

  it('that are fragments come after the whole one', () => {
    const facts = [acquiredAfter(30, gadovist), acquiredAfter(35, gadovist)];
    const [fragment, whole] = decideRoles(facts, [{ fragment: true }, {}]);
    expect(fragment).toMatchObject({ role: 'arterial', confidence: 0.3 });
    expect(whole).toMatchObject({ role: 'arterial', confidence: 0.9 });
  });

  it('of one phase twice: the second is named a repeat', () => {
    const [first, second] = decideRoles([
      acquiredAfter(30, { ...gadovist, SeriesNumber: 1 }),
      acquiredAfter(38, { ...gadovist, SeriesNumber: 2 }),
    ]);
    expect(first?.reasons.some(({ code }) => code === 'repeat')).toBe(false);
    expect(second?.reasons.at(-1)).toMatchObject({ rule: 'competition', code: 'repeat' });
  });
});
