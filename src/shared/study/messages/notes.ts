/** Sentences about the quality of a study or a stack, by code. Sources of the limits: `src/main/study/assemble/quality.ts`. */
import { sayWith } from './english.ts';

export const noteTemplates = {
  'slice-thickness':
    'Slices are {thickness} mm thick; the LI-RADS minimum is {limit} mm or less for {seriesKind} series.',
  'slice-gap': 'The gap between slices is {gap} mm; the LI-RADS minimum is {limit} mm or less.',
  matrix: 'The acquisition matrix is {short} × {long}; at least 128 × 256 is advised (OPTN).',
  'transitional-not-delayed':
    'After gadoxetate the phase at 2–5 min is transitional. It does not stand for the delayed phase that the model reads.',
  'field-strength-unknown':
    'MagneticFieldStrength is not recorded, so echo times cannot tell in-phase from opposed-phase images.',
  'field-strength': 'The field strength is {field} T; the LI-RADS minimum names 1.5 or 3 T.',
  'roles-missing': 'No series was recognised for: {phases}. Assign one by hand, or leave it out.',
  'contrast-agent-unknown':
    'No contrast agent is recorded. After gadoxetate the phase at 2–5 min is transitional, not delayed.',
  'injection-time-disputed':
    'The series name different start times of the injection, so times after contrast need to be checked.',
  'frames-of-reference':
    'The series lie in {frames} different frames of reference: the patient may have moved between them, so positions need not correspond.',
  'no-mr': 'This study holds no MR series.',
  'missing-slices': 'Slices are missing at {places}: the widest step is {widest} mm, the usual one {usual} mm.',
  'every-second-slice':
    'Slices lie {step} mm apart, but the header declares {declared} mm: every second one may be missing.',
  'contrast-states-mixed':
    'The slices of this stack were taken at different times after contrast, or nothing tells whether they were. Nothing measured or predicted from it is meaningful.',
  'uneven-spacing': 'The distance between slices varies from {least} to {most} mm.',
  'sheared-stack':
    'The slices are shifted against each other by {drift} mm in their plane (gantry tilt or a rotated slab).',
  'text-guessed':
    'Names and descriptions do not fit the character set that the files declare. They were read as {encoding}, which is a guess: check who the patient is.',
  'dicomdir-incomplete':
    '{missing} of the {listed} files that the DICOMDIR lists are not there. Open the folder that it stands in instead.',
  'names-repeat':
    'Names in the archive repeat: {entries} of a name that another one has. Each was read as a file of its own.',
  'identifiers-repeat':
    'Identifiers are not unique: {images} with the SOPInstanceUID of another. They were told apart by position, time and pixels, and all are kept.',
  'copies-left-out': 'Left out as copies, pixel for pixel the same as others: {images}.',
  'high-bit':
    'HighBit is {highBit}, where {stored} stored bits end at bit {usual}. The values were read from where the header says: compare them with another viewer.',
  'values-beyond-bits-stored':
    'Pixels use more than the {stored} bits that BitsStored declares. In images that are not compressed the bits above are dropped, since an overlay may lie there; if the declaration is wrong, bright pixels are shown wrong.',
  'patients-mixed':
    "This study UID occurs with {patients} patients, by their IDs, names or birth dates. They are shown as {patients} studies; open the right patient's files alone before measuring.",
  'age-disputed': 'PatientAge and the birth date do not agree. The age was counted from the birth date: check it.',
  'patient-id-spellings':
    'The patient ID is written in {spellings} ways (case, leading zeros, or missing). Name or birth date agree, so the images are taken for one patient: check that they are.',
} as const;

export type NoteCode = keyof typeof noteTemplates;

/** Also the code of the error where nothing at all of a disc could be opened. */
export const dicomdirIncomplete = 'dicomdir-incomplete' satisfies NoteCode;

export const noteSentence = sayWith(noteTemplates);
