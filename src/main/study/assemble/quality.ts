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
import { noteSentence } from '#shared/study/messages/notes.ts';
import { modelRoles, type RoleDecision } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
import { ROLE_CONFIDENCE } from '#shared/study/suggested-roles.ts';
import type { ImageRecord } from '../records.ts';
import { contrastAgentText } from '../roles/contrast-agent.ts';
import { isPhaseRole } from '../roles/evidence.ts';
import { contrastClock } from '../series/contrast-clock.ts';
import { number, numbers } from '../series/fact-values.ts';
import { sliceDistance } from '../series/stack-geometry.ts';
import { fieldStrengthT } from '../series/study-patient.ts';

const dynamicSliceMm = 5;
const otherSliceMm = 8;
const otherGapMm = 2;
const smallestMatrix = { short: 128, long: 256 } as const;
/** Headers write 1.494 T for a 1.5 T magnet and 2.89 T for a 3 T one. */
const nominalFields = [
  { tesla: 1.5, from: 1.4, to: 1.6 },
  { tesla: 3, from: 2.8, to: 3.1 },
] as const;

const rounded = (mm: number): number => Number(mm.toFixed(1));

const note = (severity: QualityNote['severity'], sentence: ReturnType<typeof noteSentence>): QualityNote => ({
  severity,
  ...sentence,
});

const sliceNotes = (facts: SeriesFacts, dynamic: boolean, geometry: StackGeometry | undefined): QualityNote[] => {
  const thickness = number(facts, 'SliceThickness');
  if (thickness === undefined || thickness <= 0) return [];
  const notes: QualityNote[] = [];
  const limit = dynamic ? dynamicSliceMm : otherSliceMm;
  if (thickness > limit + 0.01) {
    notes.push(
      note(
        'warning',
        noteSentence('slice-thickness', {
          thickness: rounded(thickness),
          limit,
          seriesKind: dynamic ? 'contrast' : 'other',
        }),
      ),
    );
  }
  const distance = (geometry && sliceDistance(geometry)) ?? number(facts, 'SpacingBetweenSlices');
  const gap = distance === undefined ? 0 : distance - thickness;
  if (!dynamic && gap > otherGapMm + 0.05) {
    notes.push(note('warning', noteSentence('slice-gap', { gap: rounded(gap), limit: otherGapMm })));
  }
  return notes;
};

/** Measured matrix: AcquisitionMatrix (0018,1310) holds frequency and phase counts, two of its four values zero. */
const matrixNotes = (facts: SeriesFacts): QualityNote[] => {
  const counts = (numbers(facts, 'AcquisitionMatrix') ?? []).filter((value) => value > 0);
  if (counts.length !== 2) return [];
  const [short, long] = [Math.min(...counts), Math.max(...counts)];
  return short < smallestMatrix.short || long < smallestMatrix.long
    ? [note('info', noteSentence('matrix', { short, long }))]
    : [];
};

/** Notes about one stack in the role that is suggested for it. Series without an image role are not judged. */
export const seriesNotes = (
  facts: SeriesFacts,
  decision: RoleDecision,
  geometry: StackGeometry | undefined,
): QualityNote[] => {
  if (decision.role === 'other') return [];
  const notes = [...sliceNotes(facts, isPhaseRole(decision.role), geometry), ...matrixNotes(facts)];
  if (decision.role === 'transitional') notes.push(note('warning', noteSentence('transitional-not-delayed')));
  return notes;
};

/** PS3.5 8.1.1 allows no other place for the high bit since 2007; older and wrong headers name one. */
export const highBitNotes = (images: readonly Pick<ImageRecord, 'attributes'>[]): QualityNote[] => {
  for (const { attributes } of images) {
    const [stored, highBit] = [number(attributes, 'BitsStored'), number(attributes, 'HighBit')];
    if (stored === undefined || highBit === undefined || highBit === stored - 1) continue;
    return [note('warning', noteSentence('high-bit', { highBit, stored, usual: stored - 1 }))];
  }
  return [];
};

/** No number that rests on such a stack means anything, so that this is an error and not a remark. */
export const contrastStatesMixedNote: QualityNote = note('error', noteSentence('contrast-states-mixed'));

const fieldNote = (series: readonly ScannedSeries[]): QualityNote[] => {
  const field = series.map(({ facts }) => fieldStrengthT(facts)).find((value) => value !== undefined);
  if (field === undefined) {
    return [note('info', noteSentence('field-strength-unknown'))];
  }
  return nominalFields.some(({ from, to }) => field >= from && field <= to)
    ? []
    : [note('warning', noteSentence('field-strength', { field }))];
};

const given = (series: readonly ScannedSeries[], role: string): boolean =>
  series.some(({ suggestion }) => suggestion.role === role && suggestion.confidence >= ROLE_CONFIDENCE);

const roleNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const missing = modelRoles.filter((role) => !given(series, role));
  if (missing.length === 0) return [];
  return [note('warning', noteSentence('roles-missing', { phases: missing.join(',') }))];
};

const contrastNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const facts = series.map((entry) => entry.facts);
  const notes: QualityNote[] = [];
  const phases = series.some(({ suggestion }) => isPhaseRole(suggestion.role));
  if (phases && contrastAgentText(facts) === undefined) {
    notes.push(note('info', noteSentence('contrast-agent-unknown')));
  }
  if (given(series, 'transitional') && !given(series, 'delayed')) {
    notes.push(note('warning', noteSentence('transitional-not-delayed')));
  }
  if (contrastClock(facts).disputed) {
    notes.push(note('warning', noteSentence('injection-time-disputed')));
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
  return frames.size > 1 ? [note('warning', noteSentence('frames-of-reference', { frames: frames.size }))] : [];
};

/** Notes about a study as a whole. A study without MR series gets one note that says so. */
export const studyNotes = (series: readonly ScannedSeries[]): QualityNote[] => {
  const mr = series.filter(({ modality }) => modality === '' || modality.toUpperCase() === 'MR');
  if (mr.length === 0) return [note('info', noteSentence('no-mr'))];
  return [...fieldNote(mr), ...roleNotes(mr), ...contrastNotes(mr), ...frameNote(mr)];
};
