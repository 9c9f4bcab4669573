import { describe, expect, it } from 'vitest';
import { curvePoints, isTimed, type PhaseReading } from '../../../../src/renderer/panels/lesions/phase-curve.ts';

const found = { mean: 100, sd: 5, points: 30, covered: 1 };
const reading = (phase: PhaseReading['phase'], seconds?: number): PhaseReading => ({ phase, seconds, found });

describe('a curve over the phases', () => {
  it('goes by time where every time after contrast is known, with pre-contrast before it', () => {
    const readings = [
      reading('pre-contrast'),
      reading('arterial', 30),
      reading('portal-venous', 60),
      reading('delayed', 180),
    ];
    expect(isTimed(readings)).toBe(true);
    const [pre, arterial, portal, delayed] = curvePoints(readings).map(({ x }) => x);
    expect(pre).toBe(0);
    expect(delayed).toBe(1);
    expect(((portal ?? 0) - (arterial ?? 0)) / ((delayed ?? 0) - (portal ?? 0))).toBeCloseTo(30 / 120, 9);
  });

  it('goes by name where one time is not known: none is made up', () => {
    const readings = [
      reading('pre-contrast'),
      reading('arterial'),
      reading('portal-venous', 60),
      reading('delayed', 180),
    ];
    expect(isTimed(readings)).toBe(false);
    expect(curvePoints(readings).map(({ x }) => x)).toEqual([0, 1 / 3, 2 / 3, 1]);
  });

  it('leaves out a phase without a series, or whose series does not reach the region', () => {
    const readings: PhaseReading[] = [
      { phase: 'pre-contrast', seconds: undefined, found: undefined },
      reading('arterial', 30),
      { phase: 'portal-venous', seconds: 60, found: 'outside' },
      reading('delayed', 180),
    ];
    expect(curvePoints(readings).map(({ phase }) => phase)).toEqual(['arterial', 'delayed']);
    expect(isTimed([{ phase: 'arterial', seconds: undefined, found: undefined }])).toBe(false);
  });
});
