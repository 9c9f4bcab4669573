import { describe, expect, it } from 'vitest';
import { listTags } from '../../../../../src/main/study/tags/list-tags.ts';
import { dataset, dicomFile, type ElementSpec, mrElements, preamble } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile } from '../scan/memory-source.ts';

const nested: ElementSpec = ['0008,1140', 'SQ', [[['0008,1150', 'UI', '1.2.840.10008.5.1.4.1.1.4']]]];

describe('listTags', () => {
  it.each([
    ['explicit', { explicit: true, littleEndian: true }],
    ['implicit', { explicit: false, littleEndian: true }],
    ['big-endian', { explicit: true, littleEndian: false }],
  ])('lists an %s file in the order of its tags, of its pixels only their number', async (_name, options) => {
    const { file, tags } = await listTags(memoryFile(dicomFile(mrElements({ extra: [nested] }), options), 'a.dcm'));
    expect(file).toBe('a.dcm');
    expect(tags.at(-1)).toMatchObject({ tag: '(7FE0,0010)', keyword: 'PixelData', value: '48 bytes' });
    expect(tags.find(({ keyword }) => keyword === 'EchoTime')).toEqual({
      tag: '(0018,0081)',
      keyword: 'EchoTime',
      vr: 'DS',
      value: '1.23',
      depth: 0,
    });
    expect(tags.find(({ keyword }) => keyword === 'Rows')?.value).toBe('4');
    const at = tags.findIndex(({ tag }) => tag === '(0008,1140)');
    expect(tags[at]).toMatchObject({ vr: 'SQ', value: '1 item(s)', depth: 0 });
    expect(tags[at + 1]).toMatchObject({ keyword: 'ReferencedSOPClassUID', depth: 1 });
  });

  it('names private creators, shortens values and shows no control characters', async () => {
    const { tags } = await listTags(
      memoryFile(
        dicomFile(
          mrElements({
            extra: [
              ['0008,0104', 'LO', `bell\u0007${'x'.repeat(500)}`],
              ['0029,0010', 'LO', 'SIEMENS CSA HEADER'],
              ['0029,1010', 'OB', new Uint8Array(1234)],
            ],
          }),
        ),
      ),
    );
    expect(tags.find(({ tag }) => tag === '(0029,0010)')).toMatchObject({
      keyword: 'PrivateCreator',
      value: 'SIEMENS CSA HEADER',
    });
    expect(tags.find(({ tag }) => tag === '(0029,1010)')?.value).toBe('1234 bytes');
    const long = tags.find(({ tag }) => tag === '(0008,0104)')?.value ?? '';
    expect(long).toHaveLength(201);
    expect(long).toMatch(/^bell x+…$/);
  });

  it('marks text whose character set was guessed', async () => {
    const extra: ElementSpec[] = [
      ['0008,0005', 'CS', 'ISO_IR 192'],
      ['0010,0010', 'PN', Buffer.from('d5c5ceb0', 'hex')],
    ];
    const { tags } = await listTags(memoryFile(dicomFile(mrElements({ extra }))));
    expect(tags.find(({ tag }) => tag === '(0010,0010)')?.value).toBe('张伟 [?]');
    expect(tags.find(({ tag }) => tag === '(0008,103E)')?.value).toBe('t1 vibe');
  });

  it('decodes text by the file’s character set', async () => {
    const { tags } = await listTags(
      memoryFile(
        dicomFile(
          mrElements({
            extra: [
              ['0008,0005', 'CS', 'GB18030'],
              ['0008,103E', 'LO', Buffer.from('b8ced4e0', 'hex')],
            ],
          }),
        ),
      ),
    );
    expect(tags.find(({ keyword }) => keyword === 'SeriesDescription')?.value).toBe('肝脏');
  });

  it('refuses a file of more elements than anybody reads, without keeping them', async () => {
    const many = Buffer.concat(Array.from({ length: 120_000 }, () => dataset([['0009,1001', 'LO', '']])));
    const bytes = Buffer.concat([preamble('1.2.840.10008.1.2.1'), dataset([['0008,0060', 'CS', 'MR']]), many]);
    await expect(listTags(memoryFile(bytes))).rejects.toMatchObject({ code: 'cannot-read-tags' });
  });

  it('says why a file has no tags', async () => {
    await expect(listTags(memoryFile(Buffer.from('no DICOM at all, only words. '.repeat(20))))).rejects.toThrow(
      /not a DICOM file/,
    );
  });
});
