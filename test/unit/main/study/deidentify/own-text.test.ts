/** Text in items that declare a character set of their own (PS3.5 7.5.3). */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ElementSpec, Item } from '../../../../fixtures/dicom/write-dicom.ts';
import { deidentifiedMr } from './deidentified-mr.ts';

const name = '欧阳晓晓';
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const gb = (text: string): Uint8Array => iconv.encode(text, 'gb18030');
const found = (copy: string, text: string): boolean =>
  [utf8(text), gb(text)].some((bytes) => copy.includes(Buffer.from(bytes).toString('latin1')));

/** Code Meaning stays, so it is decoded and looked through. */
const anatomy = (item: Item): ElementSpec => ['0008,2218', 'SQ', [item]];
const inGb: ElementSpec = ['0008,0005', 'CS', 'GB18030'];
const inUtf8: ElementSpec = ['0008,0005', 'CS', 'ISO_IR 192'];

describe('text of an item in a character set of its own', () => {
  it('is written as what it says', async () => {
    const { text } = await deidentifiedMr([inUtf8, anatomy([inGb, ['0008,0104', 'LO', gb('肝脏')]])]);
    expect(text).toContain(Buffer.from('肝脏').toString('latin1'));
  });

  it('is searched for the patient’s name', async () => {
    const { text } = await deidentifiedMr([
      inUtf8,
      ['0010,0010', 'PN', utf8(name)],
      anatomy([inGb, ['0008,0104', 'LO', gb(`${name}肝`)]]),
    ]);
    expect(found(text, name)).toBe(false);
  });

  it('gives the words of a name that the rest is searched for', async () => {
    const { text } = await deidentifiedMr([
      inUtf8,
      anatomy([['0008,0104', 'LO', utf8(`${name}肝`)]]),
      ['0010,1002', 'SQ', [[inGb, ['0010,0010', 'PN', gb(name)]]]],
    ]);
    expect(found(text, name)).toBe(false);
  });

  it('is that of what holds the item where it declares none', async () => {
    const { text } = await deidentifiedMr([inGb, anatomy([['0008,0104', 'LO', gb('肝脏')]])]);
    expect(text).toContain(Buffer.from('肝脏').toString('latin1'));
  });
});
