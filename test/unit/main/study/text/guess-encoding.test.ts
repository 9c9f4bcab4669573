import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { textDecoder } from '../../../../../src/main/study/text/character-set.ts';
import { personName } from '../../../../../src/main/study/text/person-name.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const image = (declared: string | undefined, encoding: string, name: string, description: string, instance = 1) => {
  const extra: ElementSpec[] = [
    ['0008,103E', 'LO', iconv.encode(description, encoding)],
    ['0010,0010', 'PN', iconv.encode(name, encoding)],
  ];
  if (declared !== undefined) extra.push(['0008,0005', 'CS', declared]);
  return memoryFile(dicomFile(mrElements({ extra, instance })), `IM${instance}`);
};

describe('text that breaks its declared character set', () => {
  it.each<[string, string | undefined, string, string, string, string]>([
    ['GBK under Latin-1', 'ISO_IR 100', 'gbk', '张伟', '肝脏动脉期', 'GB 18030'],
    ['GBK under UTF-8', 'ISO_IR 192', 'gbk', '张伟', '肝脏动脉期', 'GB 18030'],
    ['GBK undeclared', undefined, 'gbk', '欧阳娜娜', '门静脉期', 'GB 18030'],
    ['GBK under code extensions without an escape', '\\ISO 2022 IR 58', 'gbk', '张伟', '平扫', 'GB 18030'],
    ['UTF-8 under Latin-1', 'ISO_IR 100', 'utf8', '张伟', '肝脏动脉期', 'UTF-8'],
    ['UTF-8 undeclared', undefined, 'utf8', 'Müller^Jörg', 'axial', 'UTF-8'],
    ['Shift-JIS undeclared', undefined, 'shift_jis', '山田^太郎', '肝臓 動脈相', 'Shift-JIS'],
    [
      'Shift-JIS with a backslash and a caret in its letters',
      'ISO_IR 100',
      'shift_jis',
      '能表^太郎',
      '表示 動脈相',
      'Shift-JIS',
    ],
    ['Big5 undeclared', undefined, 'big5', '陳大文', '肝臟動脈期', 'Big5'],
    ['EUC-KR under Latin-1', 'ISO_IR 100', 'euc-kr', '김철수', 't1 vibe', 'EUC-KR'],
  ])('%s is read, and said to be guessed', async (_, declared, encoding, name, description, guessed) => {
    const { images, remarks } = await scanFiles([image(declared, encoding, name, description)], quiet);
    expect(images[0]?.attributes.SeriesDescription).toBe(description);
    expect(images[0]?.patient).toMatchObject({ patientName: name.replaceAll('^', ' '), guessedEncoding: guessed });
    expect(remarks.map(({ note }) => [note.code, note.severity, note.params])).toEqual([
      ['text-guessed', 'warning', { encoding: guessed }],
    ]);
  });

  it('is read alike in all images of a study: the plain word of one helps the name of another', async () => {
    // The Korean bytes of the name alone are Chinese letters as well.
    const files = [image('ISO_IR 100', 'euc-kr', '박민', '동맥기', 1), image('ISO_IR 100', 'euc-kr', '박민', 't1', 2)];
    const { images } = await scanFiles(files, quiet);
    expect(images.map(({ patient }) => patient.patientName)).toEqual(['박민', '박민']);
  });

  it.each(['Müller^Jörg', 'Größe^Ä', 'José^María', 'Äé^Ö'])(
    'leaves %s, which is what it declares, alone',
    async (name) => {
      const { images, remarks } = await scanFiles(
        [image('ISO_IR 100', 'latin1', name, 'T1 nativ für Übersicht')],
        quiet,
      );
      expect(images[0]?.patient).toEqual(expect.not.objectContaining({ guessedEncoding: expect.anything() }));
      expect(images[0]?.patient.patientName).toBe(name.replace('^', ' '));
      expect(remarks).toEqual([]);
    },
  );

  it('reads one value alone by what it looks like', () => {
    expect(textDecoder('ISO_IR 192')(iconv.encode('肝脏', 'gbk'), 'LO')).toBe('肝脏');
    expect(textDecoder('GB18030')(Buffer.from([0x41, 0xff, 0xff]), 'LO')).toBe('Aÿÿ');
  });

  it('keeps control characters out of names', () => {
    expect(personName('A^\0^^^==')).toEqual({ display: 'A', groups: { alphabetic: 'A' } });
    expect(personName('^^^^').display).toBe('');
  });
});
