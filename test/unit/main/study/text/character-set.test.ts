import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { textDecoder } from '../../../../../src/main/study/text/character-set.ts';
import { personName } from '../../../../../src/main/study/text/person-name.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from '../scan/memory-source.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replace(/\s/g, ''), 'hex');

describe('textDecoder', () => {
  // The names of the examples in PS3.5 annexes H, I, J and K; bytes made with Python's euc_jp, euc_kr and gb18030 codecs.
  it.each<[string, string[], string, string]>([
    [
      'H.3.1 Japanese, ISO 2022 IR 87',
      ['', 'ISO 2022 IR 87'],
      '59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d1b24422464245e24401b28425e1b2442243f246d24261b2842',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ],
    [
      'H.3.2 Japanese, ISO 2022 IR 13 and 87',
      ['ISO 2022 IR 13', 'ISO 2022 IR 87'],
      'd4cfc0de5ec0dbb33d1b24423b3345441b284a5e1b244242404f3a1b284a3d1b24422464245e24401b284a5e1b2442243f246d24261b284a',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    ],
    [
      'I.2 Korean, ISO 2022 IR 149',
      ['', 'ISO 2022 IR 149'],
      '486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf',
      'Hong^Gildong=洪^吉洞=홍^길동',
    ],
    [
      'J.2 Chinese, UTF-8',
      ['ISO_IR 192'],
      '57616e675e5869616f446f6e673de78e8b5ee5b08fe69db13d',
      'Wang^XiaoDong=王^小東=',
    ],
    ['J.3 Chinese, GB18030', ['GB18030'], '57616e675e5869616f446f6e673dcdf55ed0a1b6ab3d', 'Wang^XiaoDong=王^小东='],
    [
      'K.2 Chinese, ISO 2022 IR 58',
      ['', 'ISO 2022 IR 58'],
      '5a68616e675e5869616f446f6e673d1b242941d5c55e1b242941d0a1b6ab3d',
      'Zhang^XiaoDong=张^小东=',
    ],
  ])('%s', (_name, terms, hex, expected) => {
    expect(textDecoder(terms)(bytes(hex), 'PN')).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['ISO_IR 100', 'c4e9', 'Äé'],
    ['ISO_IR 101', 'a3', 'Ł'],
    ['ISO_IR 144', 'bbd2d8d1', 'Лвиб'],
    ['ISO_IR 126', 'c4e9', 'Δι'],
    ['ISO_IR 127', 'c7d1', 'ار'],
    ['ISO_IR 138', 'f9fa', 'שת'],
    ['ISO_IR 148', 'f0fd', 'ğı'],
    ['ISO_IR 203', 'a4', '€'],
    ['ISO_IR 166', 'cac7', 'สว'],
    ['ISO_IR 13', 'd4cf', 'ﾔﾏ'],
    ['GBK', 'b8ced4e0', '肝脏'],
    ['ISO_IR 192', 'e8829d', '肝'],
    ['iso-ir 100', 'e9', 'é'],
  ])('%s', (term, hex, expected) => {
    expect(textDecoder(term)(bytes(hex), 'LO')).toBe(expected);
  });

  it('reads a GB 18030 character whose second byte is a backslash as one character', () => {
    expect(textDecoder('GB18030')(bytes('955c'), 'LO')).toBe('昞');
  });

  it('reads the supplementary Japanese set', () => {
    // JIS X 0212 row 16, cell 2, as ISO 2022 IR 159 writes it; EUC-JP has 8F in front and the high bits set.
    expect(textDecoder(['', 'ISO 2022 IR 159'])(bytes('1b2428443021'), 'LO')).toBe('丂');
  });

  it('goes back to the first set at a delimiter, and only in names at ^ and =', () => {
    const korean = textDecoder(['', 'ISO 2022 IR 149']);
    // After the ^ no escape follows, so that C8 AB is not Korean any more.
    expect(korean(bytes('1b242943c8ab5ec8ab'), 'PN')).toBe('홍^È«');
    expect(korean(bytes('1b242943c8ab5ec8ab'), 'LO')).toBe('홍^홍');
  });

  it('reads on after an escape sequence that the standard does not list', () => {
    expect(textDecoder(['', 'ISO 2022 IR 87'])(bytes('411b2871 42'), 'LO')).toContain('A');
  });

  it('reads undeclared text as what it can only be', () => {
    const undeclared = textDecoder(undefined);
    expect(undeclared(bytes('e8829de8848f'), 'LO')).toBe('肝脏');
    expect(undeclared(bytes('b8ced4e0'), 'LO')).toBe('肝脏');
    expect(undeclared(Buffer.from('Müller', 'latin1'), 'LO')).toBe('Müller');
  });
});

describe('personName', () => {
  it('tells the three groups apart and writes components with spaces', () => {
    expect(personName('Wang^XiaoDong=王^小东=')).toEqual({
      display: 'Wang XiaoDong',
      groups: { alphabetic: 'Wang XiaoDong', ideographic: '王 小东' },
    });
    expect(personName('=山田^太郎').display).toBe('山田 太郎');
    expect(personName('')).toEqual({ display: '', groups: {} });
  });
});

const root = testdataRoot();

describe.skipIf(!root)(`public files in many character sets${withoutPublicFiles}`, () => {
  // Names as the README of the sample collection gives them (David Clunie's character set samples).
  it.each([
    ['chrArab.dcm', 'قباني لنزار'],
    ['chrGreek.dcm', 'Διονυσιος'],
    ['chrRuss.dcm', 'Люкceмбypг'],
    ['chrFrenMulti.dcm', 'Buc Jérôme'],
    ['chrH32.dcm', 'ﾔﾏﾀﾞ ﾀﾛｳ'],
    ['chrI2.dcm', 'Hong Gildong'],
    ['chrX2.dcm', 'Wang XiaoDong'],
  ])('%s', async (name, expected) => {
    const input = await openInput(join(root ?? '', 'charset', name), quiet.signal);
    const { images } = await scanFiles(input.files, quiet);
    expect(images[0]?.patient.patientName).toBe(expected);
  });
});
