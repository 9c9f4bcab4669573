/** Which objects are pictures that this application shows, and how the others are called. */

import type { englishWords } from '#shared/study/messages/english.ts';

type OtherObject = keyof typeof englishWords.object;

const storage = '1.2.840.10008.5.1.4.1.1.';

/** SOP classes (PS3.4 annex B) that hold something else than pictures, in words. Prefixes end with a dot. */
const otherObjects: [uid: string, name: OtherObject][] = [
  ['1.2.840.10008.1.3.10', 'directory'],
  [`${storage}88.`, 'report'],
  [`${storage}11.`, 'presentation-state'],
  [`${storage}66.`, 'segmentation-registration-raw'],
  [`${storage}66`, 'raw-data'],
  [`${storage}67`, 'real-world-mapping'],
  [`${storage}68.`, 'surface-scan'],
  [`${storage}481.2`, 'dose'],
  [`${storage}481.3`, 'structure-set'],
  [`${storage}481.`, 'radiotherapy'],
  [`${storage}9.`, 'waveform'],
  [`${storage}104.`, 'document'],
  [`${storage}4.2`, 'spectroscopy'],
  [`${storage}30`, 'parametric-map'],
  [`${storage}90.`, 'content-assessment'],
  [`${storage}200.`, 'protocol'],
  [`${storage}201.`, 'storage-inventory'],
  ['1.2.840.10008.5.1.4.34.', 'treatment'],
  ['1.2.840.10008.5.1.4.38.', 'hanging-protocol'],
  ['1.2.840.10008.5.1.4.39.', 'palette'],
  ['1.2.840.10008.5.1.4.43.', 'implant'],
  ['1.2.840.10008.5.1.4.44.', 'implant'],
  ['1.2.840.10008.5.1.4.45.', 'implant'],
  ['1.3.12.2.1107.5.9.1', 'siemens-private'],
  ['1.3.46.670589.11.0.0.12.', 'philips-private'],
];

const otherModalities: Record<string, OtherObject> = {
  SR: 'report',
  PR: 'presentation-state',
  KO: 'key-objects',
  SEG: 'segmentation',
  RTDOSE: 'dose',
  RTPLAN: 'radiotherapy-plan',
  RTSTRUCT: 'structure-set',
  REG: 'registration',
  ECG: 'waveform',
  DOC: 'document',
};

const byClass = (sopClassUID: string): OtherObject | undefined =>
  otherObjects.find(([uid]) => (uid.endsWith('.') ? sopClassUID.startsWith(uid) : sopClassUID === uid))?.[1];

/** A study has a handful of classes; a hostile one could name a new one in every file. */
const mostRemembered = 64;
const remembered = new Map<string, OtherObject | undefined>();

/** What the object is, where it is no picture to show; undefined for pictures. */
export const otherObjectName = (
  sopClassUID: string | undefined,
  modality: string | undefined,
): OtherObject | undefined => {
  const uid = sopClassUID ?? '';
  const known = remembered.has(uid) ? remembered.get(uid) : byClass(uid);
  if (remembered.size < mostRemembered) remembered.set(uid, known);
  return known ?? (modality === undefined ? undefined : otherModalities[modality]);
};
