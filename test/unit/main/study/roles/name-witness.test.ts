import { describe, expect, it } from 'vitest';
import { decideRoles } from '../../../../../src/main/study/roles/decide-roles.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import { because, decide, t1 } from './decide.ts';

const named = (SeriesDescription: string, more: SeriesFacts = {}): SeriesFacts => ({
  ...t1,
  SeriesDescription,
  ...more,
});

describe('a phase that only a name gives', () => {
  it('is asked where nothing bears the name out', () => {
    const decision = decide(named('VIBE arterial'));
    expect(decision).toMatchObject({ role: 'arterial', confidence: 0.45 });
    expect(because(decision, 'name-witness')).toBe(
      'Only the name says arterial; no time, order or name of another series bears it out.',
    );
  });

  it.each([
    ['the name of another phase', named('VIBE portal'), true],
    ['a series of the same phase', named('LAVA art cor', { ImageOrientationPatient: [1, 0, 0, 0, 0, -1] }), false],
    ['a series that names no phase', named('VIBE'), false],
    ['a fat image', named('VIBE portal', { ImageType: ['DERIVED', 'PRIMARY', 'DIXON', 'FAT'] }), false],
  ])('beside %s', (_what, sibling, accepted) => {
    expect(decide(named('VIBE arterial'), sibling).confidence >= 0.5).toBe(accepted);
  });

  it('is taken where the time after injection agrees', () => {
    const timed = { AcquisitionTime: '100030', ContrastBolusStartTime: '100000' };
    expect(decide(named('VIBE arterial', timed)).confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('is taken for pre-contrast where other series record the agent', () => {
    expect(decide(named('VIBE pre'), named('VIBE', { ContrastBolusAgent: 'Gadovist' })).confidence).toBeGreaterThan(
      0.5,
    );
  });
});

describe('series of one name', () => {
  // A dynamic acquisition of three, of which the first may be the mask.
  const study = (names: string[], more: (index: number) => SeriesFacts = () => ({})) =>
    names.map((name, index) => named(name, { ContrastBolusAgent: 'Gadovist', ...more(index) }));

  it('are asked where no time tells them apart', () => {
    const decisions = decideRoles([
      ...study(['vibe triple art', 'vibe triple art', 'vibe triple art']),
      named('vibe pre'),
      named('vibe portal venous'),
    ]);
    for (const decision of decisions.slice(0, 3)) {
      expect(decision).toMatchObject({ role: 'arterial', confidence: 0.45 });
      expect(because(decision, 'name-witness')).toContain('3 series of this study carry this name');
    }
    expect(decisions[4]).toMatchObject({ role: 'portal-venous', confidence: 0.699 });
  });

  it('are told apart by their times', () => {
    const times = ['095900', '100030', '100110'];
    const facts = study(['vibe dyn', 'vibe dyn', 'vibe dyn'], (index) => ({
      AcquisitionTime: times[index] ?? '',
      ContrastBolusStartTime: '100000',
    }));
    expect(decideRoles(facts).map(({ role }) => role)).toEqual(['pre-contrast', 'arterial', 'portal-venous']);
  });
});

describe('names against the numbers of the series', () => {
  const numbered = (names: string[]) => names.map((name, index) => named(name, { SeriesNumber: index + 1 }));
  const confidences = (names: string[]) => decideRoles(numbered(names)).map(({ confidence }) => confidence);

  it('agree where the phases follow each other', () => {
    for (const confidence of confidences(['VIBE pre', 'VIBE arterial', 'VIBE portal', 'VIBE delayed'])) {
      expect(confidence).toBeGreaterThanOrEqual(0.5);
    }
  });

  it('are asked where they do not: names may be the last patient’s', () => {
    const [pre, ...rest] = confidences(['VIBE pre', 'VIBE portal', 'VIBE arterial', 'VIBE delayed']);
    expect(pre).toBeGreaterThanOrEqual(0.5);
    expect(rest[0]).toBeLessThan(0.5);
    expect(rest[1]).toBeLessThan(0.5);
    expect(rest[2]).toBeGreaterThanOrEqual(0.5);
  });
});

describe('fat quantification', () => {
  const part = (SeriesDescription: string): SeriesFacts => ({ Modality: 'MR', SeriesDescription });

  it('is recognised by its maps, and its parts are named as what they are', () => {
    const decisions = decideRoles(
      ['screen_W', 'screen_F', 'screen_in', 'screen_opp', 'screen_FF', 'screen_R2*'].map((name) =>
        part(`liver ${name}`),
      ),
    );
    expect(decisions.map(({ role, confidence }) => (confidence >= 0.5 ? role : 'asked'))).toEqual([
      'other',
      'other',
      'asked',
      'asked',
      'other',
      'other',
    ]);
    const reasons = decisions.map((decision) => because(decision, 'fat-quantification'));
    expect(reasons[0]).toBe('Part of a fat quantification: water images.');
    expect(reasons[2]).toBe('Part of a fat quantification: in-phase images.');
  });

  it('does not touch a plain Dixon acquisition', () => {
    const water = decideRoles([part('dixon_W'), part('dixon_F'), { ...part('vibe'), ContrastBolusAgent: 'x' }])[0];
    expect(water).toMatchObject({ role: 'pre-contrast' });
  });

  it('says which part a name of quantification is', () => {
    expect(because(decide(part('WATER: IDEAL IQ')), 'excluded-name')).toBe(
      'Part of a fat quantification: water images.',
    );
  });
});
