/** Which objects are pictures that this application shows, and how the others are called. */

const storage = '1.2.840.10008.5.1.4.1.1.';

/** SOP classes (PS3.4 annex B) that hold something else than pictures, in words. Prefixes end with a dot. */
const otherObjects: [uid: string, name: string][] = [
  ['1.2.840.10008.1.3.10', 'a directory (DICOMDIR)'],
  [`${storage}88.`, 'a structured report'],
  [`${storage}11.`, 'a presentation state'],
  [`${storage}66.`, 'a segmentation, registration or raw data object'],
  [`${storage}66`, 'raw data'],
  [`${storage}67`, 'a real-world value mapping'],
  [`${storage}68.`, 'a surface scan'],
  [`${storage}481.2`, 'a radiotherapy dose grid'],
  [`${storage}481.3`, 'a radiotherapy structure set'],
  [`${storage}481.`, 'a radiotherapy object'],
  [`${storage}9.`, 'a waveform'],
  [`${storage}104.`, 'an encapsulated document'],
  [`${storage}4.2`, 'MR spectroscopy'],
  [`${storage}30`, 'a parametric map'],
  [`${storage}90.`, 'a content assessment'],
  [`${storage}200.`, 'a protocol'],
  [`${storage}201.`, 'a storage inventory'],
  ['1.2.840.10008.5.1.4.34.', 'a treatment record or instruction'],
  ['1.2.840.10008.5.1.4.38.', 'a hanging protocol'],
  ['1.2.840.10008.5.1.4.39.', 'a colour palette'],
  ['1.2.840.10008.5.1.4.43.', 'an implant template'],
  ['1.2.840.10008.5.1.4.44.', 'an implant template'],
  ['1.2.840.10008.5.1.4.45.', 'an implant template'],
  ['1.3.12.2.1107.5.9.1', 'a private object (Siemens CSA non-image)'],
  ['1.3.46.670589.11.0.0.12.', 'a private object (Philips)'],
];

const otherModalities: Record<string, string> = {
  SR: 'a structured report',
  PR: 'a presentation state',
  KO: 'a key object selection',
  SEG: 'a segmentation',
  RTDOSE: 'a radiotherapy dose grid',
  RTPLAN: 'a radiotherapy plan',
  RTSTRUCT: 'a radiotherapy structure set',
  REG: 'a registration',
  ECG: 'a waveform',
  DOC: 'an encapsulated document',
};

/** What the object is, where it is no picture to show; undefined for pictures. */
export const otherObjectName = (sopClassUID: string | undefined, modality: string | undefined): string | undefined => {
  for (const [uid, name] of otherObjects) {
    if (uid.endsWith('.') ? sopClassUID?.startsWith(uid) : sopClassUID === uid) return name;
  }
  return modality === undefined ? undefined : otherModalities[modality];
};
