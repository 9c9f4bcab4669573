/** The profile options (PS3.15 E.3) that an export may apply on top of the Basic Profile, and how they are declared. */

export interface DeidentifyOptions {
  /**
   * Clean Descriptors (E.3.6): study, series and protocol names and the contrast agent keep the words that are known
   * to speak of imaging, and lose all others. Without it they are removed, and image roles cannot be told any more.
   */
  cleanDescriptors: boolean;
  /** Retain Longitudinal Temporal Information with Modified Dates (E.3.9): dates move by days, the same per patient. */
  modifiedDates: boolean;
  /** Retain Patient Characteristics (E.3.7): age (90 and above as 90), sex, size and weight. */
  patientCharacteristics: boolean;
  /** Retain Safe Private (E.3.10): the private elements of `safe-private.ts`. */
  safePrivate: boolean;
}

export const defaultOptions: DeidentifyOptions = {
  cleanDescriptors: true,
  modifiedDates: true,
  patientCharacteristics: true,
  safePrivate: true,
};

export interface MethodCode {
  /** Of context group CID 7050 (PS3.16). */
  value: string;
  meaning: string;
}

/** What is written into De-identification Method Code Sequence (0012,0064), and shown to the user. */
export const methodCodes = (options: DeidentifyOptions): MethodCode[] => [
  { value: '113100', meaning: 'Basic Application Confidentiality Profile' },
  ...(options.cleanDescriptors ? [{ value: '113105', meaning: 'Clean Descriptors Option' }] : []),
  ...(options.modifiedDates
    ? [{ value: '113107', meaning: 'Retain Longitudinal Temporal Information Modified Dates Option' }]
    : []),
  ...(options.patientCharacteristics ? [{ value: '113108', meaning: 'Retain Patient Characteristics Option' }] : []),
  ...(options.safePrivate ? [{ value: '113111', meaning: 'Retain Safe Private Option' }] : []),
];
