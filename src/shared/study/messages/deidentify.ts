/** What decides about an element that leaves, and what a picture may show of a person, by code. */
import { type Sentence, sayWith } from './english.ts';

/** Actions of table E.1-1 and names of options stay as PS3.15 prints them, in every language. */
export const deidentifyReasonTemplates = {
  profile: 'PS3.15 table E.1-1: {action}',
  'profile-pseudonym': 'PS3.15 table E.1-1: Z, replaced by a pseudonym',
  'profile-private': 'PS3.15 table E.1-1: private element',
  'profile-curves': 'PS3.15 table E.1-1: curve',
  'profile-overlays': 'PS3.15 table E.1-1: overlay',
  'clean-descriptors': 'Option: Clean Descriptors',
  'modified-dates': 'Option: Modified Dates',
  'patient-characteristics': 'Option: Retain Patient Characteristics',
  'safe-private': 'Option: Retain Safe Private',
  'not-listed': 'Not in table E.1-1',
  'not-listed-uid': 'Not in table E.1-1, but a UID',
  'not-listed-date': 'Not in table E.1-1, but a date',
  'not-listed-free-text': 'Not in table E.1-1, but free text',
  'not-listed-short-text': 'Not in table E.1-1, but text that no reading of the images needs',
  'not-listed-address': 'Not in table E.1-1, but an address in a network',
  'unknown-element': 'Unknown to PS3.6',
  'group-length': 'Group length, retired',
  'character-set': 'All text is written in UTF-8',
  'holds-identity': 'Holds a word of the patient’s identity',
  'nothing-left': 'Nothing of the value could be kept',
  'not-readable': 'Not readable',
  'is-empty': 'Was empty',
  'says-what-was-done': 'Says what was done (PS3.15 E.1)',
  pixels: 'The pictures themselves stay as they are',
} as const;
export type DeidentifyReasonCode = keyof typeof deidentifyReasonTemplates;
export type DeidentifyReason = Sentence<DeidentifyReasonCode>;
export const deidentifyReason = sayWith(deidentifyReasonTemplates);

export const deidentifyWarningTemplates = {
  'burned-in': 'The header says that text is burned into the picture.',
  capture: 'A captured or scanned picture: look whether a name is written in it.',
  recognisable: 'The header says that the person could be recognised in the picture.',
} as const;
export type DeidentifyWarningCode = keyof typeof deidentifyWarningTemplates;
export type DeidentifyWarning = Sentence<DeidentifyWarningCode>;
export const deidentifyWarning = sayWith(deidentifyWarningTemplates);
