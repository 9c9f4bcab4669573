/** Whom a file is of: what a pseudonym and a shift of dates are made from. */
import { codeText } from './own-text.ts';
import type { DatasetTree } from './tree.ts';

/** What other tools and hurried people write for everybody, without signs and in capitals. */
const placeholders = new Set(
  'ANON ANONYM ANONYMOUS ANONYMIZED ANONYMISED DEFAULT DEIDENTIFIED NA NIL NO NOID NONE NOTAVAILABLE NULL PATIENT PATIENTID REMOVED TEST UNKNOWN UNNAMED'.split(
    ' ',
  ),
);

/** `N/A`, `unknown`, `0`, `---`: the same ID for patients who are not the same. */
const isPlaceholder = (id: string): boolean => {
  const bare = id.toUpperCase().replace(/[\s!-/:-@[-`{-~]/g, '');
  return placeholders.has(bare) || /^(.)\1*$/su.test(bare) || bare === '';
};

/**
 * The patient ID with its issuer, since two hospitals may give the same ID to two patients (PS3.3 C.7.1.1); the study
 * where the ID tells nobody apart.
 */
export const subjectOf = ({ elements }: Pick<DatasetTree, 'elements'>): string => {
  const id = codeText(elements, 'PatientID');
  if (isPlaceholder(id)) return codeText(elements, 'StudyInstanceUID') || codeText(elements, 'SOPInstanceUID');
  const issuer = codeText(elements, 'IssuerOfPatientID');
  return issuer === '' ? id : `${id}\0${issuer}`;
};
