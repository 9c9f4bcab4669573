import { describe, expect, it, vi } from 'vitest';
import { HeadLength, readImageRecords } from '../../../../../src/main/study/scan/read-file.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { ValueMemo } from '../../../../../src/main/study/scan/value-memo.ts';
import { textDecoder } from '../../../../../src/main/study/text/character-set.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from './memory-source.ts';

const little = { explicit: true, littleEndian: true };
const latin = textDecoder('ISO_IR 100');

describe('ValueMemo', () => {
  it('makes a value anew where its bytes, representation, byte order or character set differ', () => {
    const memo = new ValueMemo();
    const make = vi.fn(() => 'made');
    const at = (text: string, vr = 'LO', encoding = little, decode = latin) =>
      memo.value(1, Buffer.from(text), { start: 0, length: text.length, vr }, encoding, decode, make);
    at('abcd');
    at('abcd');
    expect(make).toHaveBeenCalledTimes(1);
    at('abce');
    at('abc');
    at('abc', 'SH');
    at('abc', 'SH', { ...little, littleEndian: false });
    at('abc', 'SH', { ...little, littleEndian: false }, textDecoder('GB18030'));
    expect(make).toHaveBeenCalledTimes(6);
  });

  it('does not carry a value from one image to the next that has another', async () => {
    const files = [1, 2, 3, 1].map((instance, i) =>
      memoryFile(
        dicomFile(
          mrElements({
            instance,
            uid: `1.2.${i}`,
            extra: [
              ['0008,0005', 'CS', i % 2 ? 'GB18030' : 'ISO_IR 144'],
              ['0008,103E', 'LO', Buffer.from('b8ced4e0', 'hex')],
            ],
          }),
        ),
        `f${i}`,
      ),
    );
    const { images } = await scanFiles(files, quiet);
    expect(images.map(({ attributes }) => [attributes.InstanceNumber, attributes.SeriesDescription])).toEqual([
      [1, 'ИЮдр'],
      [2, '肝脏'],
      [3, 'ИЮдр'],
      [1, '肝脏'],
    ]);
  });
});

describe('HeadLength', () => {
  it('reads as much of the next file as the header before it needed', async () => {
    const headLength = new HeadLength();
    const withNote = (length: number) => dicomFile(mrElements({ extra: [['0019,1001', 'UT', 'x'.repeat(length)]] }));
    const asked = async (bytes: Uint8Array): Promise<number> => {
      const file = memoryFile(bytes);
      await file.open((source) => readImageRecords(source, 0, headLength));
      return file.asked.bytes;
    };
    const long = withNote(100_000);
    expect(await asked(long)).toBe(long.length);
    // In one read now, where the first one had to ask again.
    expect(headLength.bytes).toBeGreaterThan(100_000);
    await asked(withNote(10));
    expect(headLength.bytes).toBe(8 * 1024);
  });
});
