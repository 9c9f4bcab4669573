/**
 * Is this MRI good enough to be read by the method? Checks against published technical minimums; notes inform and
 * never refuse.
 *
 * Sources: LI-RADS v2018 minimum MRI requirements (Santillan et al., Hepatoma Res 2020;6:63, Table 3): 1.5 or 3 T, slices
 * ≤ 5 mm for the contrast-enhanced series, ≤ 8 mm with gaps ≤ 2 mm for the others. OPTN policy (PMC4463351, Table 1):
 * matrix at least 128 × 256.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { StackGeometry } from '#shared/study/geometry.ts';
import { modelRoles, type RoleDecision } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
import { contrastClock } from '../series/contrast-clock.ts';
import { number, numbers } from '../series/fact-values.ts';
import { sliceDistance } from '../series/stack-geometry.ts';
import { fieldStrengthT } from '../series/study-patient.ts';
import { contrastAgentText } from './contrast-agent.ts';
import { askBelow, isPhaseRole } from './evidence.ts';

const dynamicSliceMm = 5;
const otherSliceMm = 8;
const otherGapMm = 2;
const smallestMatrix = { short: 128, long: 256 } as const;
/** Headers write 1.494 T for a 1.5 T magnet and 2.89 T for a 3 T one. */
const nominalFields = [
  { tesla: 1.5, from: 1.4, to: 1.6 },
  { tesla: 3, from: 2.8, to: 3.1 },
] as const;

const mm = (value: number): string => `${Number(value.toFixed(1))} mm`;

const note = (code: string, severity: QualityNote['severity'], text: string): QualityNote => ({ code, severity, text });

const sliceNotes = (facts: SeriesFacts, dynamic: boolean, geometry: StackGeometry | undefined): QualityNote[] => {
  const thickness = number(facts, 'SliceThickness');
  if (thickness === undefined || thickness <= 0) return [];
  const notes: QualityNote[] = [];
  const limit = dynamic ? dynamicSliceMm : otherSliceMm;
  if (thickness > limit + 0.01) {
    notes.push(
      note(
        'slice-thickness',
        'warning',
        `Slices are ${mm(thickness)} thick; the LI-RADS minimum is ${limit} mm or less for ${dynamic ? 'contrast-enhanced' : 'this kind of'} series.`,
      ),
    );
  }
  const distance = (geometry && sliceDistance(geometry)) ?? number(facts, 'SpacingBetweenSlices');
  const gap = distance === undefined ? 0 : distance - thickness;
  if (!dynamic && gap > otherGapMm + 0.05) {
    notes.push(
      note('slice-gap', 'warning', `The gap between slices is ${mm(gap)}; the LI-RADS minimum is 2 mm or less.`),
    );
  }
  return notes;
};

/** Measured matrix: AcquisitionMatrix (0018,1310) holds frequency and phase counts, two of its four values zero. */
const matrixNotes = (facts: SeriesFacts): QualityNote[] => {
  const counts = (numbers(facts, 'AcquisitionMatrix') ?? []).filter((value) => value > 0);
  if (counts.length !== 2) return [];
  const [short, long] = [Math.min(...counts), Math.max(...counts)];
  return short < smallestMatrix.short || long < smallestMatrix.long
    ? [note('matrix', 'info', `The acquisition matrix is ${short} × ${long}; at least 128 × 256 is advised (OPTN).`)]
    : [];
};

const transitionalText =
  'After gadoxetate the phase at 2–5 min is transitional. It does not stand for the delayed phase that the model reads.';

/** Notes about one stack in the role that is suggested for it. Series without an image role are not judged. */
export const seriesNotes = (
  facts: SeriesFacts,
  decision: RoleDecision,
  geometry: StackGeometry | undefined,
): QualityNote[] => {
  if (decision.role === 'other') return [];
  const notes = [...sliceNotes(facts, isPhaseRole(decision.role), geometry), ...matrixNotes(facts)];
  if (decision.role === 'transitional') notes.push(note('transitional-not-delayed', 'warning', transitionalText));
  return notes;
};

const fieldNote = (series: readonly ScannedSeries[]): QualityNote[] => {
  const field = series.map(({ facts }) => fieldStrengthT(facts)).find((value) => value !== undefined);
  if (field === undefined) {
    return [
      note(
        'field-strength-unknown',
        'info',
        'MagneticFieldStrength is not recorded, so echo times cannot tell in-phase from opposed-phase images.',
      ),
    ];
  }
  return nominalFields.some(({ from, to }) => field >= from && field <= to)
    ? []
    : [note('field-strength', 'warning', `The field strength is ${field} T; the LI-RADS minimum names 1.5 or 3 T.`)];
};

const given = (series: readonly ScannedSeries[], role: string): boolean =>
  series.some(({ suggestion }) => suggestion.role === role && suggestion.confidence >= askBelow);

const roleNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const missing = modelRoles.filter((role) => !given(series, role));
  if (missing.length === 0) return [];
  return [
    note(
      'roles-missing',
      'warning',
      `No series was recognised for: ${missing.join(', ')}. Assign one by hand, or leave it out.`,
    ),
  ];
};

const contrastNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const facts = series.map((entry) => entry.facts);
  const notes: QualityNote[] = [];
  const phases = series.some(({ suggestion }) => isPhaseRole(suggestion.role));
  if (phases && contrastAgentText(facts) === undefined) {
    notes.push(
      note(
        'contrast-agent-unknown',
        'info',
        'No contrast agent is recorded. After gadoxetate the phase at 2–5 min is transitional, not delayed.',
      ),
    );
  }
  if (given(series, 'transitional') && !given(series, 'delayed')) {
    notes.push(note('transitional-not-delayed', 'warning', transitionalText));
  }
  if (contrastClock(facts).disputed) {
    notes.push(
      note(
        'injection-time-disputed',
        'warning',
        'The series name different start times of the injection, so times after contrast need to be checked.',
      ),
    );
  }
  return notes;
};

const frameNote = (series: readonly ScannedSeries[]): QualityNote[] => {
  const frames = new Set(
    series
      .filter(({ suggestion }) => suggestion.role !== 'other')
      .map(({ geometry }) => geometry?.frameOfReferenceUID)
      .filter((uid) => uid !== undefined),
  );
  return frames.size > 1
    ? [
        note(
          'frames-of-reference',
          'warning',
          `The series lie in ${frames.size} different frames of reference: the patient may have moved between them, so positions need not correspond.`,
        ),
      ]
    : [];
};

/** Notes about a study as a whole. A study without MR series gets one note that says so. */
export const studyNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const mr = series.filter(({ modality }) => modality === '' || modality.toUpperCase() === 'MR');
  if (mr.length === 0) return [note('no-mr', 'info', 'This study holds no MR series.')];
  return [...fieldNote(mr), ...roleNotes(mr), ...contrastNotes(mr), ...frameNote(mr)];
};
