import { describe, expect, it } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { prepareFile } from '../../../../../src/main/study/deidentify/export-study.ts';
import { asRefusal, type Refusal } from '../../../../../src/main/study/scan/refusal.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import { dataset, dicomFile, type ElementSpec, mrElements, preamble } from '../../../../fixtures/dicom/write-dicom.ts';

const jpegLossless = '1.2.840.10008.1.2.4.70';

/** An empty offset table and one fragment; whether it can be decoded does not matter here. */
const fragments = Buffer.concat([
  Buffer.from('e07f10004f420000ffffffff', 'hex'),
  Buffer.from('feff00e000000000', 'hex'),
  Buffer.from('feff00e004000000ffd8ffd9', 'hex'),
  Buffer.from('feffdde000000000', 'hex'),
]);

const compressed = (overlay: ElementSpec[]): Uint8Array =>
  Buffer.concat([
    preamble(jpegLossless),
    dataset(mrElements({ extra: overlay }).filter(([tag]) => tag !== '7FE0,0010')),
    fragments,
  ]);

const refusal = (file: Uint8Array): Refusal | undefined => {
  try {
    prepareFile(file, Buffer.alloc(32, 7), defaultOptions, dictionary);
    return undefined;
  } catch (error) {
    return asRefusal(error);
  }
};

const drawing: ElementSpec = ['6002,3000', 'OW', new Uint8Array(4)];

describe('an overlay in the pixel cells', () => {
  it.each<[string, ElementSpec[]]>([
    ['at a bit of its own', [['6002,0102', 'US', 12], drawing]],
    ['and nowhere else', [['6000,0010', 'US', 4]]],
    [
      'in the second of two',
      [
        ['6000,0102', 'US', 0],
        ['6000,3000', 'OW', new Uint8Array(4)],
        ['6002,0102', 'US', 15],
      ],
    ],
  ])('%s keeps a compressed image from leaving', (_name, overlay) => {
    expect(refusal(compressed(overlay))?.reason?.code).toBe('overlay-in-pixels');
  });

  it('keeps an image of 8 bits from leaving, since its bits are not cleared', () => {
    const elements = mrElements({ bits: [8, 7, 6], extra: [['6000,0102', 'US', 7]] });
    expect(refusal(dicomFile(elements))?.reason?.code).toBe('overlay-in-pixels');
  });

  it('lets a compressed image leave whose overlay lies beside the pixels, or that has none', () => {
    expect(refusal(compressed([['6002,0102', 'US', 0], drawing]))).toBeUndefined();
    expect(refusal(compressed([drawing]))).toBeUndefined();
    expect(refusal(compressed([]))).toBeUndefined();
  });

  it('lets an uncompressed image leave, whose bits are cleared', () => {
    expect(refusal(dicomFile(mrElements({ extra: [['6000,0102', 'US', 12]] })))).toBeUndefined();
  });
});
