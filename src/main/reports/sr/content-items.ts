/** Content items of structured reports (PS3.3 C.17.3) as datasets. */
import type { Dataset } from '../../study/encode/dataset.ts';
import type { Code } from '../dicom/codes.ts';
import type { ImageReference } from '../reported-case.ts';

export type Relationship =
  | 'CONTAINS'
  | 'HAS ACQ CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS OBS CONTEXT'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM';

export const codeItem = ({ value, scheme, meaning }: Code): Dataset => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});

interface ItemOf {
  type: string;
  name?: Code;
  children?: readonly Dataset[];
}

const item = (relationship: Relationship | undefined, { type, name, children }: ItemOf, own: Dataset): Dataset => ({
  RelationshipType: relationship,
  ValueType: type,
  ConceptNameCodeSequence: name ? [codeItem(name)] : undefined,
  ...own,
  ContentSequence: children && children.length > 0 ? children : undefined,
});

/** `template`: of PS3.16, where the container is the root of one. */
export const container = (
  relationship: Relationship | undefined,
  name: Code,
  children: readonly Dataset[],
  template?: string,
): Dataset =>
  item(
    relationship,
    { type: 'CONTAINER', name, children },
    {
      ContinuityOfContent: 'SEPARATE',
      ...(template === undefined
        ? {}
        : { ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }] }),
    },
  );

export const code = (relationship: Relationship, name: Code, value: Code, children?: readonly Dataset[]): Dataset =>
  item(
    relationship,
    { type: 'CODE', name, ...(children ? { children } : {}) },
    { ConceptCodeSequence: [codeItem(value)] },
  );

export const text = (relationship: Relationship, name: Code, value: string): Dataset =>
  item(relationship, { type: 'TEXT', name }, { TextValue: value });

export const uidReference = (relationship: Relationship, name: Code, uid: string): Dataset =>
  item(relationship, { type: 'UIDREF', name }, { UID: uid });

/** `exact`: the whole number too, since a decimal string has sixteen characters. */
export const number = (
  relationship: Relationship,
  name: Code,
  value: { value: number; unit: Code },
  children?: readonly Dataset[],
): Dataset =>
  item(
    relationship,
    { type: 'NUM', name, ...(children ? { children } : {}) },
    {
      MeasuredValueSequence: [
        {
          NumericValue: value.value,
          FloatingPointValue: value.value,
          MeasurementUnitsCodeSequence: [codeItem(value.unit)],
        },
      ],
    },
  );

export const referenceItem = ({ sopClassUID, sopInstanceUID, frame }: ImageReference): Dataset => ({
  ReferencedSOPClassUID: sopClassUID,
  ReferencedSOPInstanceUID: sopInstanceUID,
  ReferencedFrameNumber: frame,
});

export const image = (
  relationship: Relationship,
  reference: ImageReference,
  { name, children }: { name?: Code; children?: readonly Dataset[] } = {},
): Dataset =>
  item(
    relationship,
    { type: 'IMAGE', ...(name ? { name } : {}), ...(children ? { children } : {}) },
    { ReferencedSOPSequence: [referenceItem(reference)] },
  );

/** An object that is no image. */
export const composite = (relationship: Relationship, reference: ImageReference): Dataset =>
  item(relationship, { type: 'COMPOSITE' }, { ReferencedSOPSequence: [referenceItem(reference)] });

/** A line on an image: column and row of its ends, from the upper left corner of the first pixel (PS3.3 C.18.6.1.1). */
export const lineOnImage = (
  relationship: Relationship,
  name: Code,
  points: readonly number[],
  reference: ImageReference,
): Dataset =>
  item(
    relationship,
    { type: 'SCOORD', name, children: [image('SELECTED FROM', reference)] },
    { GraphicType: 'POLYLINE', GraphicData: points },
  );

/** A line in the patient, mm (PS3.3 C.18.9). */
export const lineInSpace = (
  relationship: Relationship,
  name: Code,
  points: readonly number[],
  frameOfReference: string,
): Dataset =>
  item(
    relationship,
    { type: 'SCOORD3D', name },
    { GraphicType: 'POLYLINE', GraphicData: points, ReferencedFrameOfReferenceUID: frameOfReference },
  );
