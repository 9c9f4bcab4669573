/** Unique identifiers of the DICOM network protocol (PS3.6 annex A). */
import { decodableSyntaxes } from '../../study/scan/transfer-syntaxes.ts';

export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
export const VERIFICATION = '1.2.840.10008.1.1';
/** Study Root Query/Retrieve (PS3.4 C.6.2). */
export const STUDY_ROOT = {
  find: '1.2.840.10008.5.1.4.1.2.2.1',
  move: '1.2.840.10008.5.1.4.1.2.2.2',
  get: '1.2.840.10008.5.1.4.1.2.2.3',
} as const;

export const IMPLICIT_LITTLE = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';

/** Of commands' own data: an archive has to take the first (PS3.5 10.1). */
export const plainSyntaxes = [EXPLICIT_LITTLE, IMPLICIT_LITTLE] as const;

const storage = '1.2.840.10008.5.1.4.1.1.';

export const isStorage = (sopClass: string): boolean => sopClass.startsWith(storage);

/** What a liver study is made of, where an archive does not say which classes its images have: MR, enhanced and converted MR, CT, enhanced CT, secondary capture. */
export const usualClasses = ['4', '4.1', '4.4', '2', '2.1', '7'].map((end) => `${storage}${end}`);

/** Everything whose pixels haicast decodes: an object then comes as the archive keeps it. The explicit one first, since some archives take the first for all. */
export const imageSyntaxes: readonly string[] = [
  EXPLICIT_LITTLE,
  ...decodableSyntaxes.filter((syntax) => syntax !== EXPLICIT_LITTLE),
];
