/** Pieces of FHIR R4 (4.0.1) resources. Only what is used here is typed; a validator holds the whole (test/unit/main/reports). */
import { uidOf, uuidOf } from '../../study/encode/uid.ts';
import { type Code, PRIVATE_SCHEME } from '../dicom/codes.ts';

export interface Coding {
  system: string;
  code: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Reference {
  reference: string;
  display?: string;
}

export interface Quantity {
  value: number;
  unit: string;
  system: string;
  code: string;
}

export interface Resource {
  resourceType: string;
  id: string;
  [element: string]: unknown;
}

export interface Entry {
  fullUrl: string;
  resource: Resource;
}

const systems: Readonly<Record<string, string>> = {
  DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  SCT: 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  LN: 'http://loinc.org',
  [PRIVATE_SCHEME]: `urn:oid:${uidOf('coding-scheme', PRIVATE_SCHEME)}`,
};

export const codingOf = ({ value, scheme, meaning }: Code): Coding => ({
  system: systems[scheme] ?? `urn:haicast:${scheme}`,
  code: value,
  display: meaning,
});

export const conceptOf = (...codes: readonly Code[]): CodeableConcept => ({
  coding: codes.map(codingOf),
  ...(codes[0] ? { text: codes[0].meaning } : {}),
});

export const quantityOf = (value: number, { value: code, meaning }: Code): Quantity => ({
  value,
  unit: meaning,
  system: 'http://unitsofmeasure.org',
  code,
});

/** The same for the same part of the same case, so that what is sent again takes the place of what was sent. */
export const entryOf = (
  caseId: string,
  part: string,
  resource: Omit<Resource, 'id'> & { resourceType: string },
): Entry => {
  const id = uuidOf('fhir', caseId, part);
  return { fullUrl: `urn:uuid:${id}`, resource: { ...resource, id } };
};

export const referenceTo = ({ fullUrl }: Entry): Reference => ({ reference: fullUrl });

export const loinc = (value: string, meaning: string): Code => ({ value, scheme: 'LN', meaning });
