/** A patient's sex as DICOM writes it (PS3.3 C.7.1.1), and the choice of the clinical factor that says the same. */

export type PatientSex = 'M' | 'F';

export const sexChoices: Readonly<Record<PatientSex, 'male' | 'female'>> = { M: 'male', F: 'female' };
