/** Whom a file is of: what a pseudonym and a shift of dates are made from. */
import type { ImageRecord } from '../records.ts';
import { fullestIdentity, patientsAmong } from '../series/same-patient.ts';
import { groupBy } from '../series/split.ts';
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

export interface PatientIdAsWritten {
  patientId: string;
  issuer: string;
  /** Stands for the patient where the ID tells nobody apart. */
  study: string;
}

/**
 * The patient ID with its issuer, since two hospitals may give the same ID to two patients (PS3.3 C.7.1.1); the study
 * where the ID tells nobody apart.
 */
export const subjectOfPatient = ({ patientId, issuer, study }: PatientIdAsWritten): string => {
  if (isPlaceholder(patientId)) return study;
  return issuer === '' ? patientId : `${patientId}\0${issuer}`;
};

/** Whom one file is of, by what it says itself. */
export const subjectOf = ({ elements }: Pick<DatasetTree, 'elements'>): string =>
  subjectOfPatient({
    patientId: codeText(elements, 'PatientID'),
    issuer: codeText(elements, 'IssuerOfPatientID'),
    study: codeText(elements, 'StudyInstanceUID') || codeText(elements, 'SOPInstanceUID'),
  });

/** What the images of one patient in a study say together. */
interface SaidTogether {
  patientId: string;
  /** Undefined where they name none, or several. */
  issuer: string | undefined;
}

const saidTogether = (images: readonly ImageRecord[]): SaidTogether => {
  const issuers = new Set(images.flatMap(({ issuerOfPatientId }) => issuerOfPatientId || []));
  const [only] = issuers;
  return {
    patientId: fullestIdentity(images.map(({ patient }) => patient))?.patientId ?? '',
    issuer: issuers.size === 1 ? only : undefined,
  };
};

/**
 * Whom each image of an input is of. The files of one study need not all say the issuer, nor write the ID alike: one
 * patient gets one pseudonym and one shift of dates all the same. Two issuers in a study stay two patients.
 */
export const subjectsAmong = (images: readonly ImageRecord[]): ((image: ImageRecord) => string) => {
  const saidOf = new Map<ImageRecord, SaidTogether>();
  for (const [, ofStudy] of groupBy(images, (image) => image.studyInstanceUID)) {
    const patientOf = patientsAmong(ofStudy.map(({ patient }) => patient));
    for (const own of groupBy(ofStudy, (image) => patientOf(image.patient)).values()) {
      const said = saidTogether(own);
      for (const image of own) saidOf.set(image, said);
    }
  }
  return (image) => {
    const { patientId, issuer } = saidOf.get(image) ?? saidTogether([image]);
    return subjectOfPatient({
      patientId,
      issuer: issuer ?? image.issuerOfPatientId ?? '',
      study: image.studyInstanceUID,
    });
  };
};
