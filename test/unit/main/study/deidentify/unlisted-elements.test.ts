/** Elements that PS3.15 table E.1-1 does not name and that hold identifiers all the same. */
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { decideElement } from '../../../../../src/main/study/deidentify/decide.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import type { ElementSpec } from '../../../../fixtures/dicom/write-dicom.ts';
import { deidentifiedMr } from './deidentified-mr.ts';

const kept = (tag: string): string => {
  const { vr = '', keyword = '' } = dictionary(tag) ?? {};
  return decideElement(Number.parseInt(tag.replace(',', ''), 16), vr, keyword, defaultOptions).action;
};

describe('an element that the table does not name', () => {
  it.each<ElementSpec>([
    ['0008,0407', 'UR', 'https://pacs.elsewhere.example/'],
    ['0008,0408', 'UR', 'https://pacs.elsewhere.example/'],
    ['0008,0409', 'UR', 'https://pacs.elsewhere.example/'],
    ['0008,040B', 'UR', 'elsewhere.dcm'],
    ['0008,1190', 'UR', 'https://pacs.elsewhere.example/studies/1.2.3?patientID=4711'],
    ['0010,0033', 'LO', 'Elsewhere 36/2/3'],
    ['0010,0034', 'LO', 'Elsewhere 36/2/3'],
    ['0010,2295', 'LO', 'Elsewhere'],
    ['0018,1003', 'LO', 'Elsewhere'],
    ['0018,1010', 'LO', 'Elsewhere'],
    ['0018,1803', 'LO', 'ntp.elsewhere'],
    ['0028,7FE0', 'UR', 'https://pacs.elsewhere.example/'],
    ['0038,0016', 'LO', 'Elsewhere'],
    ['0040,1006', 'SH', 'Elsewhere'],
    ['0040,1007', 'SH', 'Elsewhere'],
    ['0040,1060', 'LO', 'Elsewhere'],
    ['0040,2006', 'SH', 'Elsewhere'],
    ['0040,2007', 'SH', 'Elsewhere'],
    ['0040,2016', 'LO', 'Elsewhere'],
    ['0040,2017', 'LO', 'Elsewhere'],
    ['0040,4073', 'UR', 'https://pacs.elsewhere.example/'],
    ['0040,E010', 'UR', 'https://pacs.elsewhere.example/'],
    ['0074,100A', 'UR', 'tel:elsewhere'],
    ['0074,100C', 'LO', 'Elsewhere'],
    ['0400,0500', 'SQ', [[['0400,0520', 'OB', Buffer.from('elsewhere ')]]]],
    ['0400,0520', 'OB', Buffer.from('elsewhere ')],
  ])('%s (%s) leaves nothing of its value', async (...element) => {
    const { text } = await deidentifiedMr([element]);
    expect(text.toLowerCase()).not.toContain('elsewhere');
  });

  it('loses every word that is not of imaging where it names a protocol', async () => {
    const { text } = await deidentifiedMr([['0018,9423', 'LO', 'liver arterial Elsewhere']]);
    expect(text).toContain('liver arterial ');
    expect(text).not.toContain('Elsewhere');
  });

  it.each([
    ['Sequence Name', '0018,0024'],
    ['Pulse Sequence Name', '0018,9005'],
    ['Receive Coil Name', '0018,1250'],
    ['Manufacturer', '0008,0070'],
    ['Code Meaning', '0008,0104'],
    ['Rescale Type', '0028,1054'],
    ['Stack ID', '0020,9056'],
    ['Body Part Examined', '0018,0015'],
    ['Patient Position', '0018,5100'],
    ['Anatomical Orientation Type', '0010,2210'],
    ['Image Position (Patient)', '0020,0032'],
  ])('stays where images are read by it: %s', (_name, tag) => {
    expect(kept(tag)).toBe('keep');
  });

  it('loses the patient’s own words where it stays', async () => {
    const { text } = await deidentifiedMr([
      ['0010,0010', 'PN', 'Quillfeather^B'],
      ['0018,0015', 'CS', 'QUILLFEATHER'],
      ['0018,0024', 'SH', 'quillfeather3d'],
    ]);
    expect(text.toLowerCase()).not.toContain('quillfeather');
  });
});
