/** How the chosen profile options (PS3.15 E.3) are declared. */
import type { DeidentifyOptions } from '#shared/study/deidentify.ts';

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
