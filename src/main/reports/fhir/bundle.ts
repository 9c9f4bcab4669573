/** The case as a bundle of FHIR R4 (4.0.1). Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { bannerOf } from '#shared/model/banner.ts';
import { uuidOf } from '../../study/encode/uid.ts';
import type { ReportedCase } from '../reported-case.ts';
import { carePlanEntries } from './care-plan.ts';
import { lesionEntries, responseEntries, sizeEntries } from './observations.ts';
import { conceptOf, type Entry, entryOf, loinc, type Resource, referenceTo } from './resources.ts';
import { riskEntry } from './risk-assessment.ts';
import { deviceEntry, patientEntry, studyEntry } from './subject.ts';

const imagingStudy = loinc('18748-4', 'Diagnostic imaging study');

const conclusionOf = (reported: ReportedCase): string => {
  const { prediction } = reported;
  const model = 'prediction' in prediction ? prediction.prediction.model : undefined;
  return [
    (model && bannerOf(model.status)) ?? 'Research use only; not for clinical use.',
    ...(isSimulatedCase(reported.saved) ? ['The patient of this report is simulated.'] : []),
    ...(prediction.state === 'withheld' ? ['The prediction is withheld.'] : []),
    ...(prediction.state === 'covered' ? ['The model is covered until the tumour board has voted.'] : []),
    ...(prediction.state === 'none' ? ['There is no prediction in force.'] : []),
  ].join(' ');
};

/** Resources part company where they are taken in: each says for itself that nobody is behind it (R4, security labels). */
const asTestData = ({ fullUrl, resource }: Entry): Entry => ({
  fullUrl,
  resource: {
    ...resource,
    meta: {
      security: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
          code: 'HTEST',
          display: 'test health data',
        },
      ],
    },
  },
});

export const fhirBundle = (reported: ReportedCase): Resource => {
  const { saved, prediction: said, at } = reported;
  const patient = patientEntry(reported);
  const study = studyEntry(reported, patient);
  const lesions = lesionEntries(reported, patient);
  const observations = [...sizeEntries(reported, patient, lesions), ...responseEntries(reported, patient)];
  const device = 'prediction' in said ? deviceEntry(reported, said.prediction) : undefined;
  const risk = device ? riskEntry(reported, { patient, device, basis: study ? [study] : [] }) : undefined;
  const plans = carePlanEntries(reported, patient);
  const report = entryOf(saved.id, 'report', {
    resourceType: 'DiagnosticReport',
    status: plans.length > 0 ? 'final' : 'preliminary',
    code: conceptOf(imagingStudy),
    subject: referenceTo(patient),
    effectiveDateTime: reported.course.timePoints[0]?.date ?? saved.createdAt,
    issued: at.toISOString(),
    ...(observations.length > 0 ? { result: observations.map(referenceTo) } : {}),
    ...(study ? { imagingStudy: [referenceTo(study)] } : {}),
    conclusion: conclusionOf(reported),
  });
  const entry: Entry[] = [
    patient,
    ...(study ? [study] : []),
    ...lesions.values(),
    ...observations,
    ...(device ? [device] : []),
    ...(risk ? [risk] : []),
    ...plans,
    report,
  ];
  return {
    resourceType: 'Bundle',
    id: uuidOf('fhir', saved.id, 'bundle', at.toISOString()),
    type: 'collection',
    timestamp: at.toISOString(),
    entry: isSimulatedCase(saved) ? entry.map(asTestData) : entry,
  };
};
