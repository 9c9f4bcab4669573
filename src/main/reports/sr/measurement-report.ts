/** The case as Comprehensive 3D SR by TID 1500. Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { bannerOf } from '#shared/model/banner.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { codes, PRIVATE_SCHEME } from '../dicom/codes.ts';
import { evidenceOf } from '../dicom/evidence.ts';
import { deviceUid, type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import type { ImageReference, ReportedCase } from '../reported-case.ts';
import { code, container, image, text, uidReference } from './content-items.ts';
import { lesionGroups } from './lesion-groups.ts';
import { predictionGroup } from './prediction-group.ts';
import { responseGroups } from './response-groups.ts';

const observer = (reported: ReportedCase): Dataset[] => [
  code('HAS OBS CONTEXT', codes.observerType, codes.device),
  uidReference('HAS OBS CONTEXT', codes.deviceUid, deviceUid(reported)),
  text('HAS OBS CONTEXT', codes.deviceName, 'haicast'),
  text('HAS OBS CONTEXT', codes.deviceModel, `haicast ${reported.appVersion}`),
];

/** Every image that a content item refers to, once (TID 1600). */
const referencesIn = (items: readonly Dataset[]): ImageReference[] => {
  const found = new Map<string, ImageReference>();
  const walk = (item: Dataset): void => {
    const references = (item.ReferencedSOPSequence ?? []) as readonly Dataset[];
    for (const { ReferencedSOPClassUID, ReferencedSOPInstanceUID } of references) {
      const sopInstanceUID = String(ReferencedSOPInstanceUID);
      found.set(sopInstanceUID, { sopClassUID: String(ReferencedSOPClassUID), sopInstanceUID });
    }
    for (const child of (item.ContentSequence ?? []) as readonly Dataset[]) walk(child);
  };
  for (const item of items) walk(item);
  return [...found.values()];
};

const library = (references: readonly ImageReference[]): Dataset[] =>
  references.length === 0
    ? []
    : [
        container('CONTAINS', codes.imageLibrary, [
          container(
            'CONTAINS',
            codes.imageLibraryGroup,
            references.map((reference) =>
              image('CONTAINS', reference, {
                children: [code('HAS ACQ CONTEXT', codes.modality, codes.magneticResonance)],
              }),
            ),
          ),
        ]),
      ];

/** Said in front of everything, whoever reads only the beginning. */
const remarks = (reported: ReportedCase): Dataset[] => {
  const { prediction, saved } = reported;
  const model = 'prediction' in prediction ? prediction.prediction.model : undefined;
  const banner = (model && bannerOf(model.status)) ?? 'Research use only; not for clinical use.';
  const said = [
    banner,
    ...(isSimulatedCase(saved) ? ['The patient of this report is simulated.'] : []),
    ...(prediction.state === 'covered' ? ['The model is covered until the tumour board has voted.'] : []),
    ...(prediction.state === 'none' ? ['There is no prediction in force.'] : []),
  ];
  return [
    container(
      'CONTAINS',
      codes.qualitativeEvaluations,
      said.map((line) => text('CONTAINS', codes.comment, line)),
    ),
  ];
};

export const measurementReport = (reported: ReportedCase): MadeObject => {
  const groups = [...lesionGroups(reported), ...responseGroups(reported), ...predictionGroup(reported)];
  const references = referencesIn(groups);
  const content: Dataset = {
    ...container(
      undefined,
      codes.oncologyReport,
      [
        code('HAS CONCEPT MOD', codes.language, codes.english),
        ...observer(reported),
        code('HAS CONCEPT MOD', codes.procedureReported, codes.multiparametricMri),
        ...library(references),
        container('CONTAINS', codes.imagingMeasurements, groups),
        ...remarks(reported),
      ],
      '1500',
    ),
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    PreliminaryFlag: 'FINAL',
    PerformedProcedureCodeSequence: [],
    ReferencedPerformedProcedureStepSequence: [],
    CurrentRequestedProcedureEvidenceSequence: evidenceOf(reported, references),
  };
  return makeObject(reported, {
    sopClass: sopClasses.comprehensive3dSr,
    series: { kind: 'sr', modality: 'SR', number: 9101, description: 'haicast measurements, response, prediction' },
    instance: 1,
    hasPrivateCodes: JSON.stringify(content).includes(PRIVATE_SCHEME),
    content,
  });
};
