/** Lesions (BodyStructure), their sizes and the responses (Observation). Codes: LOINC as mCODE STU4 has them; docs/objects.md. Pure. */
import { criteria, criterionNames } from '#shared/clinical/response/timeline.ts';
import { readResponses } from '#shared/course/confirmed-responses.ts';
import { assessCourse } from '#shared/course/course-timeline.ts';
import type { CourseMeasure } from '#shared/course/lesion-over-time.ts';
import { type Code, codes, lesionStates, methodCode, overallCodes, ownCodes, units } from '../dicom/codes.ts';
import type { ReportedCase } from '../reported-case.ts';
import { trackingUid } from '../sr/lesion-groups.ts';
import { conceptOf, type Entry, entryOf, loinc, quantityOf, referenceTo } from './resources.ts';

const tumourSize = loinc('21889-1', 'Size Tumor');
const longestDimension = loinc('33728-7', 'Size.maximum dimension in Tumor');
const imaging = [
  {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'imaging', display: 'Imaging' },
    ],
  },
];

export const lesionEntries = ({ saved, course }: ReportedCase, patient: Entry): Map<string, Entry> =>
  new Map(
    course.lesions.map((lesion) => {
      const { id, node, organ, segment, role } = lesion;
      return [
        id,
        entryOf(saved.id, `lesion ${id}`, {
          resourceType: 'BodyStructure',
          identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${trackingUid(saved.id, lesion)}` }],
          morphology: conceptOf(codes.lesion),
          location: node
            ? conceptOf(codes.lymphNode)
            : /^liver$/i.test(organ)
              ? conceptOf(codes.liver)
              : { text: organ || 'not said' },
          description: [id, role, segment].filter(Boolean).join(', '),
          patient: referenceTo(patient),
        }),
      ];
    }),
  );

const componentOf = (code: Code, mm: number | undefined) =>
  mm === undefined ? [] : [{ code: conceptOf(code), valueQuantity: quantityOf(mm, units.millimetre) }];

/** Of a node the short axis is measured (RECIST 1.1), which is no maximum. */
const componentsOf = (measure: CourseMeasure, node: boolean) => {
  const whole = node ? codes.shortAxis : longestDimension;
  const parts = measure.state === 'split' ? measure.parts : measure.state === 'measured' ? [measure] : [];
  return parts.flatMap(({ mm, viableMm }) => [
    ...componentOf(whole, mm),
    ...componentOf(ownCodes.viableDiameter, viableMm),
  ]);
};

export const sizeEntries = (
  { saved, course }: ReportedCase,
  patient: Entry,
  lesions: ReadonlyMap<string, Entry>,
): Entry[] =>
  course.timePoints.flatMap((point) =>
    course.lesions.flatMap(({ id, node }) => {
      const measure = point.measures[id];
      const lesion = lesions.get(id);
      if (!measure || !lesion) return [];
      const component = componentsOf(measure, node);
      return [
        entryOf(saved.id, `size ${point.id} ${id}`, {
          resourceType: 'Observation',
          status: 'final',
          category: imaging,
          code: conceptOf(tumourSize),
          subject: referenceTo(patient),
          focus: [referenceTo(lesion)],
          effectiveDateTime: point.date,
          ...(measure.state === 'measured' ? {} : { valueCodeableConcept: conceptOf(lesionStates[measure.state]) }),
          ...(component.length > 0 ? { component } : {}),
          ...(node ? { note: [{ text: 'A lymph node: the short axis.' }] } : {}),
        }),
      ];
    }),
  );

export const responseEntries = ({ saved, course }: ReportedCase, patient: Entry): Entry[] =>
  criteria.flatMap((criterion) =>
    readResponses(course, criterion, assessCourse(course, criterion)).flatMap(
      ({ timePointId, date, response, state, assessment }) => {
        if (response === undefined) return [];
        const isRead = (state === 'confirmed' || state === 'overridden') && assessment !== undefined;
        return [
          entryOf(saved.id, `response ${criterion} ${timePointId}`, {
            resourceType: 'Observation',
            // Computed from the measurements until a reader has confirmed it.
            status: isRead ? 'final' : 'preliminary',
            category: imaging,
            code: conceptOf(codes.currentResponse),
            subject: referenceTo(patient),
            effectiveDateTime: date,
            valueCodeableConcept: conceptOf(overallCodes[response]),
            method: conceptOf(methodCode(criterion)),
            note: [
              {
                text: `${criterionNames[criterion]}; ${isRead ? `confirmed by ${assessment.reader}` : 'not confirmed by a reader'}`,
              },
            ],
          }),
        ];
      },
    ),
  );
