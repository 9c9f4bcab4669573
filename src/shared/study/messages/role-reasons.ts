/** Sentences of the role engine, by code: each names the DICOM values that decided. */
import { sayWith } from './english.ts';

export const roleReasonTemplates = {
  // What the image is.
  'not-mr': 'Modality is {modality}, not MR.',
  'image-type-kind': 'ImageType {imageType}: {kind}.',
  'image-type-fat': 'Fat images of a Dixon acquisition (ImageType {imageType}).',
  'name-fat': 'Fat images of a Dixon acquisition (“{description}”).',
  'image-type-diffusion': 'ImageType {imageType}: diffusion.',
  fragment: 'Fewer slices than the other parts of the series: a repeat, or stopped early.',
  'mixed-states': 'The slices differ in their state of contrast, or nothing tells whether they do.',
  'quantification-part': 'Part of a fat quantification: {kind}.',
  'flow-contrast': 'The header declares a flow image (time of flight or phase contrast).',
  'b-value': 'The b-value is {b} s/mm²: diffusion.',
  'echo-planar': 'ScanningSequence {sequence}: echo-planar imaging.',
  'none-original': 'ImageType {imageType}: no series of this study is marked as original, so the mark says little.',
  secondary: 'ImageType {imageType}: a secondary image, made from others.',
  'secondary-derived': 'ImageType {imageType}: a secondary image, made from others. {derivation}',
  'very-long-echo': 'EchoTime {te} ms: only fluid is bright, as in bile-duct imaging.',
  'name-excluded': '“{description}” names {exclusion}.',
  'not-axial': 'The images are {plane}; an axial series fits better.',
  'body-part': 'BodyPartExamined is {bodyPart}.',
  'name-other-region': '“{description}” names another region than the liver.',
  'study-other-region': 'StudyDescription “{studyDescription}” names another region than the liver.',

  // Contrast phases by measured time.
  'time-after': 'Acquired {after} after the start of injection ({keyword} against ContrastBolusStartTime): {role}.',
  'time-after-edge':
    'Acquired {after} after the start of injection ({keyword} against ContrastBolusStartTime): {role}, at the edge of its window.',
  'time-before': 'Acquired {before} before the injection ({keyword} against ContrastBolusStartTime): {role}.',
  'time-before-edge':
    'Acquired {before} before the injection ({keyword} against ContrastBolusStartTime): {role}, at the edge of its window.',
  'time-between': 'Acquired {after} after the start of injection: between the windows of the phases.',
  'time-approximate': 'Only {keyword} is known, which may differ from the time of acquisition.',
  'time-shared': 'Another acquisition has the same time, so the time says nothing about the phase.',
  'time-removed': 'The time of acquisition was overwritten with midnight, so it says nothing about the phase.',
  'times-disagree': 'AcquisitionTime and AcquisitionDateTime disagree, so the time says nothing about the phase.',
  'offset-confirmed':
    'The time is counted by {keyword}; the phases of the series follow as pre-contrast, arterial and later ones, which bears it out.',
  'offset-unconfirmed':
    'The time is only counted by {keyword} (a first phase may be missing, phases may lie apart by pauses), and nothing bears it out.',
  'injection-disputed': 'The series of this study name different start times of the injection.',

  // Contrast phases by the order of the series.
  'order-first': 'First of the series after the pre-contrast one: about {about} after injection, {role}.',
  'order-after-first':
    '{distance} after “{anchor}”, which comes first after the pre-contrast series: about {about} after injection, {role}.',
  'order-after-arterial':
    '{distance} after “{anchor}”, which is named arterial: about {about} after injection, {role}.',
  'order-first-between':
    'First of the series after the pre-contrast one: about {about}, between the windows of the phases.',
  'order-after-first-between':
    '{distance} after “{anchor}”, which comes first after the pre-contrast series: about {about}, between the windows of the phases.',
  'order-after-arterial-between':
    '{distance} after “{anchor}”, which is named arterial: about {about}, between the windows of the phases.',
  'time-estimated':
    'The start of injection is not recorded; the time after it is estimated from the order of the series.',

  // Contrast phases by name.
  'name-phase': '“{description}” names {role}.',
  'name-phase-delay': '“{description}” names {role} ({delay}).',
  'name-several-phases': '“{description}” names several phases: {phases}.',
  'name-before-and-after': '“{description}” names images before and after contrast.',
  'name-ordinal': '“{description}” is number {ordinal} of a dynamic series, which does not go with {role}.',
  'name-against-time': 'The name says {claimed}, the time after injection says {fitting}.',
  'name-against-order': 'The name says {claimed}, the order of the series says {fitting}.',
  'name-unconfirmed': 'No time after the injection confirms the phase that the name gives.',
  'name-alone': 'Only the name says {role}; no time, order or name of another series bears it out.',
  'same-name': '{series} series of this study carry this name, and no time tells them apart.',
  'name-against-order-of': 'The name says {role}, but the order of the series does not go with “{rival}”.',
  't1-unsaid': 'Neither name nor parameters say that this is a T1 gradient echo.',
  't1-uncertain': 'Neither name nor parameters say for certain that this is a dynamic T1 gradient echo.',
  'left-arterial': '“{description}” names no phase; portal venous and later phases have series of their own.',
  'left-delayed': '“{description}” was taken after contrast, beside series for the earlier phases.',

  // The contrast agent.
  'no-agent-here': 'No ContrastBolusAgent here, while other series of the study record one.',
  'agent-gadoxetate': '{keyword} “{agent}”: the phase at 2–5 min is transitional, not delayed.',
  'agents-differ': 'The study names different contrast agents.',
  'agent-hinted':
    'No contrast agent is recorded, and “{description}” hints at gadoxetate, after which this phase is transitional.',
  'agent-hinted-unnamed':
    'No contrast agent is recorded, and a late series hints at gadoxetate, after which this phase is transitional.',
  'agent-unknown': 'No contrast agent is recorded, so a transitional phase after gadoxetate cannot be told apart.',

  // In phase and opposed phase.
  'image-type-echo': 'ImageType {imageType}.',
  'name-both-echoes': '“{description}” names both echoes; the echo time tells which one this is.',
  'name-echo': '“{description}” names {role} images.',
  'echo-time-no-field': 'EchoTime {te} ms says nothing without MagneticFieldStrength.',
  'echo-time-neither':
    'EchoTime {te} ms at {field} T (fat and water in phase every {beat} ms): neither in phase nor opposed.',
  'echo-time-pair':
    'EchoTime {te} ms at {field} T (fat and water in phase every {beat} ms): {role}; the other echo is at {otherTe} ms.',
  'echo-time': 'EchoTime {te} ms at {field} T (fat and water in phase every {beat} ms): {role}.',
  'echo-time-alone':
    'EchoTime {te} ms at {field} T (fat and water in phase every {beat} ms): {role}, but there is no second echo.',
  'echo-disagreement': 'The name or ImageType says {byName}, the echo time says {byTime}: which is it?',
  'many-echoes': '{echoes} echoes were taken: a quantification rather than a dual echo.',
  'echo-after-contrast': 'Acquired after contrast; the method reads in- and opposed-phase images before it.',
  'echo-fat-suppressed': 'Fat is suppressed, so the echoes cannot differ.',

  // T2.
  'name-t2': '“{description}” names a T2 sequence.',
  't2-parameters': 'EchoTime {te} ms, RepetitionTime {tr} ms: T2-weighted.',
  't2-echo-time': 'EchoTime {te} ms: T2-weighted.',
  't2-too-short': 'EchoTime {te} ms, RepetitionTime {tr} ms: too short for T2 weighting.',
  't2-echo-too-short': 'EchoTime {te} ms: too short for T2 weighting.',
  'not-t1': 'EchoTime {te} ms, RepetitionTime {tr} ms: not a T1 gradient echo.',
  'not-t1-echo-time': 'EchoTime {te} ms: not a T1 gradient echo.',
  'single-shot': 'Single-shot T2 (HASTE, SSFSE): the method reads turbo spin echo, so this is the second choice.',
  'inversion-recovery': 'Inversion recovery (STIR, TIRM): T1 weighs in as well.',
  'heavily-t2': 'Heavily T2-weighted: a second choice.',
  'fat-suppressed': 'Fat is suppressed.',

  // The decision.
  'better-rival': '“{rival}” fits {role} better: {merits}.',
  repeat: 'A repeat of the same phase: “{rival}” fits {role} better: {merits}.',
  'nothing-known': 'Nothing in the header or the name says which image this is. Please choose.',
  'not-enough': 'The evidence is not enough (at most {limit} here is a guess): please confirm or change the role.',
} as const;

export type RoleReasonCode = keyof typeof roleReasonTemplates;

/** A reason of the role engine: `because('not-axial', { plane: 'coronal' })`. */
export const because = sayWith(roleReasonTemplates);
