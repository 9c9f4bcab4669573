import { describe, expect, it } from 'vitest';
import { HeadLength, readImageRecords, readSourceHeader } from '../../../../../src/main/study/scan/read-file.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { frameReader } from '../../../../../src/main/study/volumes/frame-reader.ts';
import { oddImages } from '../../../../fixtures/dicom/odd-elements.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from './memory-source.ts';

describe('elements outside the standard', () => {
  it.each(oddImages())('%s: the image is read, with all that stands behind it', async (_, bytes) => {
    const file = memoryFile(bytes);
    const { images, skipped } = await scanFiles([file], quiet);
    expect(skipped).toEqual([]);
    expect(images[0]?.attributes).toMatchObject({ EchoTime: 1.23, Rows: 4, ImagePositionPatient: [0, 0, 5] });
    const values = await file.open(async (source) =>
      (await frameReader(await readSourceHeader(source), source)).frame(0),
    );
    expect(values).toHaveLength(24);
  });

  it.each(oddImages())('%s: so it is where only a head was read at first', async (_, bytes) => {
    const short = new HeadLength();
    for (short.bytes = 180; short.bytes < 700; short.bytes += 7) {
      const [record] = await memoryFile(bytes).open((source) => readImageRecords(source, 0, short));
      expect(record?.attributes).toMatchObject({ EchoTime: 1.23, Rows: 4 });
    }
  });

  it('names the element and its offset where nothing can be read', async () => {
    const extra: ElementSpec[] = [['0018,1030', 'LO', 'name', 60_000]];
    const bytes = dicomFile(mrElements({ extra }));
    const offset = Buffer.from(bytes).indexOf(Buffer.from([0x18, 0, 0x30, 0x10]));
    const { skipped } = await scanFiles([memoryFile(bytes)], quiet);
    expect(skipped[0]).toMatchObject({
      code: 'truncated',
      message: { code: 'element-cut', params: { element: '(0018,1030)', offset, need: offset + 60_008 } },
    });
    expect(skipped[0]?.reason).toContain(`Element (0018,1030) at byte ${offset} reaches to byte`);
  });

  it.each<[string, ElementSpec[]]>([
    ['as LO', [['0020,0032', 'LO', '0\\0\\35']]],
    ['as ST', [['0020,0032', 'UT', '0\\0\\35']]],
  ])('numbers that are written %s are numbers', async (_, extra) => {
    const { images } = await scanFiles([memoryFile(dicomFile(mrElements({ extra })))], quiet);
    expect(images[0]?.attributes.ImagePositionPatient).toEqual([0, 0, 35]);
  });

  it.each([['0'], ['']])('a number of frames of %j is one frame', async (frames) => {
    const extra: ElementSpec[] = [['0028,0008', 'IS', frames]];
    expect((await scanFiles([memoryFile(dicomFile(mrElements({ extra })))], quiet)).images).toHaveLength(1);
  });
});
