import { describe, expect, it } from 'vitest';
import { seriesNotes, studyNotes } from '../../../../../src/main/study/assemble/quality.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import type { SeriesRole } from '../../../../../src/shared/study/roles.ts';
import type { ScannedSeries } from '../../../../../src/shared/study/study.ts';
import { because, decide } from '../roles/decide.ts';

const decision = (role: SeriesRole, confidence = 0.9) => ({ role, confidence, reasons: [] });
const codes = (facts: SeriesFacts, role: SeriesRole) =>
  seriesNotes(facts, decision(role), undefined).map(({ code }) => code);

const series = (role: SeriesRole, facts: SeriesFacts, more: Partial<ScannedSeries> = {}): ScannedSeries => ({
  id: role,
  seriesInstanceUID: '1.2',
  description: role,
  modality: 'MR',
  instances: 20,
  rows: 256,
  columns: 256,
  facts: { MagneticFieldStrength: 1.5, ContrastBolusAgent: 'Gadovist', ...facts },
  suggestion: decision(role),
  notes: [],
  ...more,
});

const complete = (facts: SeriesFacts = {}): ScannedSeries[] =>
  (['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase'] as const).map((role) =>
    series(role, facts),
  );

// LI-RADS v2018 minimum: Santillan et al., Hepatoma Res 2020;6:63, Table 3.
describe('LI-RADS minimum for a series', () => {
  it('is 5 mm for contrast phases and 8 mm for the others', () => {
    expect(codes({ SliceThickness: 5 }, 'arterial')).toEqual([]);
    expect(codes({ SliceThickness: '5.5' }, 'arterial')).toEqual(['slice-thickness']);
    expect(codes({ SliceThickness: 8 }, 't2')).toEqual([]);
    expect(codes({ SliceThickness: 8.5 }, 't2')).toEqual(['slice-thickness']);
  });

  it('allows a gap of 2 mm outside the dynamic series', () => {
    expect(codes({ SliceThickness: 6, SpacingBetweenSlices: 8 }, 't2')).toEqual([]);
    expect(codes({ SliceThickness: 6, SpacingBetweenSlices: 8.6 }, 't2')).toEqual(['slice-gap']);
  });

  it('takes the gap from the positions before SpacingBetweenSlices', () => {
    const geometry = {
      rowDirection: [1, 0, 0],
      columnDirection: [0, 1, 0],
      columnSpacing: 1,
      rowSpacing: 1,
      positions: [
        [0, 0, 0],
        [0, 0, 9],
      ],
      uniform: true,
    } satisfies ScannedSeries['geometry'];
    const notes = seriesNotes({ SliceThickness: 6, SpacingBetweenSlices: 6 }, decision('t2'), geometry);
    expect(notes.map(({ text }) => text)).toEqual([
      'The gap between slices is 3 mm; the LI-RADS minimum is 2 mm or less.',
    ]);
  });

  it('advises a matrix of 128 × 256 (OPTN, PMC4463351)', () => {
    expect(codes({ AcquisitionMatrix: [256, 0, 0, 128] }, 'delayed')).toEqual([]);
    expect(codes({ AcquisitionMatrix: '0\\192\\120\\0' }, 'delayed')).toEqual(['matrix']);
  });

  it('is not asked of series without a role', () => {
    expect(codes({ SliceThickness: 40 }, 'other')).toEqual([]);
  });
});

describe('notes about a study', () => {
  const studyCodes = (all: ScannedSeries[]) => studyNotes(all).map(({ code }) => code);

  it('are none for a complete study at 1.5 or 3 T', () => {
    expect(studyCodes(complete())).toEqual([]);
    expect(studyCodes(complete({ MagneticFieldStrength: 1.494 }))).toEqual([]);
    expect(studyCodes(complete({ MagneticFieldStrength: '2.89362' }))).toEqual([]);
  });

  it('name other and unknown field strengths', () => {
    expect(studyCodes(complete({ MagneticFieldStrength: 1 }))).toEqual(['field-strength']);
    expect(studyCodes(complete({ MagneticFieldStrength: null }))).toEqual(['field-strength-unknown']);
  });

  it('name roles that are only a question', () => {
    const [arterial, ...others] = complete();
    if (!arterial) throw new Error('expected a series');
    const notes = studyNotes([{ ...arterial, suggestion: decision('arterial', 0.4) }, ...others]);
    expect(notes.map(({ text }) => text)).toEqual([
      'No series was recognised for: arterial. Assign one by hand, or leave it out.',
    ]);
  });

  it('remind of gadoxetate where no agent is recorded', () => {
    expect(studyCodes(complete({ ContrastBolusAgent: null }))).toEqual(['contrast-agent-unknown']);
  });

  it('warn where the series lie in different frames of reference', () => {
    const placed = complete().map((entry, index) => ({
      ...entry,
      geometry: {
        frameOfReferenceUID: index === 0 ? '1.1' : '1.2',
        rowDirection: [1, 0, 0],
        columnDirection: [0, 1, 0],
        columnSpacing: 1,
        rowSpacing: 1,
        positions: [[0, 0, 0]],
        uniform: true,
      } satisfies ScannedSeries['geometry'],
    }));
    expect(studyCodes(placed)).toEqual(['frames-of-reference']);
  });
});

describe('rivals for a role', () => {
  it('a series without a place in the patient comes second', () => {
    const pictures = { SeriesDescription: 'T2 TSE tra', ScanningSequence: 'SE', EchoTime: 90, RepetitionTime: 3000 };
    const placed = {
      SeriesDescription: 'T2 haste tra',
      ImagePositionPatient: [0, 0, 0],
      PixelSpacing: [1, 1],
    };
    expect(because(decide(pictures, placed), 'competition')).toBe(
      '“T2 haste tra” fits t2 better: its images have a place in the patient.',
    );
  });
});
