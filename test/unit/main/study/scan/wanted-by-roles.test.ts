import { describe, expect, it } from 'vitest';
import { readImageRecords } from '../../../../../src/main/study/scan/read-file.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile } from './memory-source.ts';

describe('a scan', () => {
  it('keeps what the rules about matrix and contrast agent read', async () => {
    const bytes = dicomFile(
      mrElements({
        extra: [
          ['0018,1310', 'US', [0, 256, 192, 0]],
          ['0032,1060', 'LO', 'MRI liver, Primovist'],
        ],
      }),
    );
    const [record] = await memoryFile(bytes, 'f').open((source) => readImageRecords(source, 0));
    expect(record?.attributes).toMatchObject({
      AcquisitionMatrix: [0, 256, 192, 0],
      RequestedProcedureDescription: 'MRI liver, Primovist',
    });
  });
});
