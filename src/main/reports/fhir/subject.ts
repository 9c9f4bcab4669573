/** Whom and what the resources are of, and what made them. Pure. */
import { isCalendarDate, normaliseDate } from '#shared/clinical/calendar-date.ts';
import { bannerOf } from '#shared/model/banner.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { ReportedCase } from '../reported-case.ts';
import { type Entry, entryOf } from './resources.ts';

const genders: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other' };

const dayOf = (text: string | undefined): string | undefined => {
  const day = normaliseDate(text ?? '');
  return isCalendarDate(day) ? day.slice(0, 10) : undefined;
};

export const patientEntry = ({ saved }: ReportedCase): Entry => {
  const { patient } = saved.study;
  const birthDate = dayOf(patient.birthDate);
  return entryOf(saved.id, 'patient', {
    resourceType: 'Patient',
    ...(patient.patientId === ''
      ? {}
      : {
          identifier: [
            { value: patient.patientId, ...(patient.issuer ? { assigner: { display: patient.issuer } } : {}) },
          ],
        }),
    ...(patient.patientName === '' ? {} : { name: [{ text: patient.patientName }] }),
    gender: genders[patient.sex ?? ''] ?? 'unknown',
    ...(birthDate === undefined ? {} : { birthDate }),
  });
};

export const studyEntry = ({ saved }: ReportedCase, patient: Entry): Entry | undefined => {
  const { studyInstanceUID, studyDate, studyDescription } = saved.study;
  if (studyInstanceUID === '') return undefined;
  const started = dayOf(studyDate);
  return entryOf(saved.id, 'study', {
    resourceType: 'ImagingStudy',
    status: 'available',
    identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUID}` }],
    subject: { reference: patient.fullUrl },
    ...(started === undefined ? {} : { started }),
    ...(studyDescription ? { description: studyDescription } : {}),
  });
};

export const deviceEntry = ({ saved, appVersion }: ReportedCase, { model }: Pick<Prediction, 'model'>): Entry =>
  entryOf(saved.id, `device ${model.sha256}`, {
    resourceType: 'Device',
    status: 'active',
    deviceName: [{ name: `haicast ${appVersion}, model ${model.id}`, type: 'manufacturer-name' }],
    version: [{ value: model.version }],
    property: [{ type: { text: 'SHA-256 of the weights' }, valueCode: [{ text: model.sha256 }] }],
    ...(bannerOf(model.status) ? { safety: [{ text: bannerOf(model.status) }] } : {}),
  });
