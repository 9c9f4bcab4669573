/** A small MR image with further elements, as its de-identified copy. */
import { type DeidentifyOptions, defaultOptions } from '#shared/study/deidentify.ts';
import type { Decision } from '../../../../../src/main/study/deidentify/decide.ts';
import { prepareFile } from '../../../../../src/main/study/deidentify/export-study.ts';
import { deidentifiedFile } from '../../../../../src/main/study/deidentify/write.ts';
import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const key = Buffer.alloc(32, 7);

export interface Copy {
  /** Bytes of the copy, one character each. */
  text: string;
  image: ImageRecord;
  /** By keyword, at the top level. */
  decisions: ReadonlyMap<string, Decision>;
  pseudonym: string;
}

/** `without`: tags that the source shall not have. */
export const deidentifiedMr = async (
  extra: ElementSpec[],
  { without = [], options = defaultOptions }: { without?: string[]; options?: DeidentifyOptions } = {},
): Promise<Copy> => {
  const source = dicomFile(mrElements({ extra }).filter(([tag]) => !without.includes(tag)));
  const { tree, plan, pseudonyms } = prepareFile(source, key, options, dictionary);
  const file = deidentifiedFile(tree, plan, pseudonyms, options);
  const { images } = await scanFiles([memoryFile(file)], quiet);
  const [image] = images;
  if (!image) throw new Error('the copy cannot be read');
  return {
    text: Buffer.from(file).toString('latin1'),
    image,
    decisions: new Map(plan.elements.map(({ element, decision }) => [element.keyword, decision])),
    pseudonym: pseudonyms.patient,
  };
};
