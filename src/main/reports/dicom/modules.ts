/** The modules that all objects of a case share (PS3.3 C.7, C.12.1). Pure. */

import type { DeidentifyOptions } from '#shared/study/deidentify.ts';
import { methodCodes } from '../../study/deidentify/options.ts';
import { type Dataset, encodedDataset } from '../../study/encode/dataset.ts';
import { implementationClassUid, part10File } from '../../study/encode/elements.ts';
import { uidOf } from '../../study/encode/uid.ts';
import type { ReportedCase } from '../reported-case.ts';
import { PRIVATE_SCHEME } from './codes.ts';
import { compactDate, compactTime } from './date-time.ts';

export const sopClasses = {
  comprehensive3dSr: '1.2.840.10008.5.1.4.1.1.88.34',
  keyObjectSelection: '1.2.840.10008.5.1.4.1.1.88.59',
  secondaryCapture: '1.2.840.10008.5.1.4.1.1.7',
  parametricMap: '1.2.840.10008.5.1.4.1.1.30',
  encapsulatedPdf: '1.2.840.10008.5.1.4.1.1.104.1',
} as const;

const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';

/** One object as it is written, with what others say to refer to it. */
export interface MadeObject {
  sopClassUID: string;
  sopInstanceUID: string;
  seriesInstanceUID: string;
  bytes: Uint8Array;
}

export interface SeriesKind {
  /** Names the series; one each for a kind of object and an export. */
  kind: string;
  modality: string;
  number: number;
  description: string;
}

/** Long String has 64 characters and no backslash, which parts values (PS3.5 6.2). */
export const longString = (text: string): string =>
  text
    .replaceAll('\\', '/')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 64);

/** Where the study is not at hand, the parts of a name are not known: only how people write it. */
const patientName = ({ saved, images }: ReportedCase): string => {
  if (images && images.header.patientName !== '') return images.header.patientName;
  const { patientName: display, nameGroups } = saved.study.patient;
  if (!nameGroups) return display;
  const { alphabetic = '', ideographic = '', phonetic = '' } = nameGroups;
  return [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '');
};

/** PS3.3 C.7.1.1 and C.12.1, as in the de-identified copies of the images. */
const deidentification = (options: DeidentifyOptions): Dataset => ({
  PatientIdentityRemoved: 'YES',
  DeidentificationMethodCodeSequence: methodCodes(options).map(({ value, meaning }) => ({
    CodeValue: value,
    CodingSchemeDesignator: 'DCM',
    CodeMeaning: meaning,
  })),
  LongitudinalTemporalInformationModified: options.modifiedDates ? 'MODIFIED' : 'REMOVED',
});

const patientModule = (reported: ReportedCase): Dataset => {
  const { patient } = reported.saved.study;
  return {
    PatientName: patientName(reported),
    PatientID: patient.patientId,
    IssuerOfPatientID: patient.issuer || undefined,
    PatientBirthDate: compactDate(patient.birthDate),
    ...(reported.deidentified ? deidentification(reported.deidentified) : {}),
    PatientSex: patient.sex !== undefined && /^[MFO]$/.test(patient.sex) ? patient.sex : '',
  };
};

const studyModule = ({ saved, images }: ReportedCase): Dataset => ({
  StudyInstanceUID: saved.study.studyInstanceUID,
  StudyDate: compactDate(saved.study.studyDate),
  StudyTime: images?.header.studyTime ?? '',
  StudyID: images?.header.studyId ?? '',
  StudyDescription: saved.study.studyDescription || undefined,
  AccessionNumber: images?.header.accessionNumber ?? saved.study.accessionNumber ?? '',
  ReferringPhysicianName: images?.header.referringPhysician ?? '',
});

const equipmentModule = ({ appVersion, installation }: ReportedCase): Dataset => ({
  Manufacturer: 'haicast',
  ManufacturerModelName: 'haicast',
  DeviceSerialNumber: longString(installation),
  SoftwareVersions: longString(appVersion),
});

/** New for every export of a case, and for every object of it. */
export const objectUid = ({ saved, at }: ReportedCase, ...parts: readonly string[]): string =>
  uidOf('object', saved.id, at.toISOString(), ...parts);

/** Not a UID of a device that is registered anywhere; the same for one installation. */
export const deviceUid = ({ installation }: ReportedCase): string => uidOf('device', installation);

/** Declares the private codes where an object has any (PS3.3 C.12.1.1.1.1). */
const codingSchemes = {
  CodingSchemeIdentificationSequence: [
    {
      CodingSchemeDesignator: PRIVATE_SCHEME,
      CodingSchemeName: 'haicast',
      CodingSchemeResponsibleOrganization: 'haicast; meanings stand with the codes and in docs/objects.md',
      CodingSchemeUID: uidOf('coding-scheme', PRIVATE_SCHEME),
    },
  ],
} satisfies Dataset;

export interface ObjectToMake {
  sopClass: string;
  series: SeriesKind;
  /** From 1. */
  instance: number;
  hasPrivateCodes: boolean;
  content: Dataset;
}

export const makeObject = (
  reported: ReportedCase,
  { sopClass, series, instance, hasPrivateCodes, content }: ObjectToMake,
): MadeObject => {
  const sopInstanceUID = objectUid(reported, series.kind, String(instance));
  const seriesInstanceUID = objectUid(reported, series.kind, 'series');
  const dataset: Dataset = {
    SpecificCharacterSet: 'ISO_IR 192',
    ...patientModule(reported),
    ...studyModule(reported),
    Modality: series.modality,
    SeriesInstanceUID: seriesInstanceUID,
    SeriesNumber: series.number,
    SeriesDescription: longString(series.description),
    ...equipmentModule(reported),
    SOPClassUID: sopClass,
    SOPInstanceUID: sopInstanceUID,
    InstanceCreationDate: compactDate(reported.at),
    InstanceCreationTime: compactTime(reported.at),
    InstanceCreatorUID: implementationClassUid,
    InstanceNumber: instance,
    ContentDate: compactDate(reported.at),
    ContentTime: compactTime(reported.at),
    ...(hasPrivateCodes ? codingSchemes : {}),
    ...content,
  };
  const bytes = part10File({ sopClass, sopInstance: sopInstanceUID, syntax: EXPLICIT_LITTLE }, encodedDataset(dataset));
  return { sopClassUID: sopClass, sopInstanceUID, seriesInstanceUID, bytes };
};
