import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type DeidentifyOptions, defaultOptions } from '#shared/study/deidentify.ts';
import { prepareFile } from '../../../../../src/main/study/deidentify/export-study.ts';
import { deidentifiedFile } from '../../../../../src/main/study/deidentify/write.ts';
import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import {
  dataset,
  type ElementSpec,
  type MrOptions,
  mrElements,
  preamble,
  type WriteOptions,
} from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const key = Buffer.alloc(32, 7);

/** Every string that may not be found in what leaves, in any encoding that DICOM could hide it in. */
const planted = {
  family: 'Quillfeather',
  given: 'Bartholomea',
  han: '欧阳晓晓',
  id: 'PLANT4711',
  accession: 'ACC99887766',
  institution: 'Saint Elsewhere',
  physician: 'Moriarty',
  phone: '+86-555-0123',
  uid: '1.2.826.0.1.99999.424242',
  birth: '19610203',
  serial: 'SN-5550001',
  studyDate: '20240102',
};

const han = (text: string): Uint8Array => iconv.encode(text, 'gb18030');
const name = Buffer.concat([Buffer.from(`${planted.family}^${planted.given}=`), han(planted.han)]);

const identified = (): ElementSpec[] => [
  ['0008,0005', 'CS', 'GB18030'],
  ['0008,0012', 'DA', planted.studyDate],
  ['0008,0014', 'UI', `${planted.uid}.1`],
  ['0008,0018', 'UI', `${planted.uid}.2`],
  ['0008,0020', 'DA', planted.studyDate],
  ['0008,0030', 'TM', '101112'],
  ['0008,0032', 'TM', '101530.5'],
  ['0008,0050', 'SH', planted.accession],
  ['0008,0080', 'LO', planted.institution],
  ['0008,0081', 'ST', `1 ${planted.institution} Road`],
  ['0008,0090', 'PN', planted.physician],
  ['0008,1010', 'SH', planted.serial],
  ['0008,1030', 'LO', `MRI liver ${planted.family} ${planted.id}`],
  [
    '0008,103E',
    'LO',
    Buffer.concat([Buffer.from(`t1_vibe_fs_tra arterial 25s ${planted.given} `), han(`动脉期${planted.han}`)]),
  ],
  [
    '0008,1140',
    'SQ',
    [
      [
        ['0008,1150', 'UI', '1.2.840.10008.5.1.4.1.1.4'],
        ['0008,1155', 'UI', `${planted.uid}.7`],
      ],
    ],
  ],
  [
    '0008,2218',
    'SQ',
    [
      [
        ['0008,0100', 'SH', 'T-62000'],
        ['0008,0104', 'LO', `Liver of ${planted.family}`],
      ],
    ],
  ],
  ['0009,0010', 'LO', 'SECRET VENDOR'],
  ['0009,1001', 'LO', planted.family],
  ['0009,1002', 'SQ', [[['0010,0010', 'PN', planted.family]]]],
  ['0010,0010', 'PN', name],
  ['0010,0020', 'LO', planted.id],
  ['0010,0030', 'DA', planted.birth],
  ['0010,0040', 'CS', 'F'],
  ['0010,1000', 'LO', `${planted.id}X`],
  ['0010,1010', 'AS', '094Y'],
  ['0010,2154', 'SH', planted.phone],
  ['0010,4000', 'LT', `Call ${planted.phone}`],
  ['0018,0010', 'LO', `Gadoxetate ${planted.physician}`],
  ['0018,1000', 'LO', planted.serial],
  ['0018,1030', 'LO', `abdomen ${planted.institution}`],
  ['0018,1042', 'TM', '101500'],
  ['0020,000D', 'UI', `${planted.uid}.3`],
  ['0020,000E', 'UI', `${planted.uid}.4`],
  ['0020,0052', 'UI', `${planted.uid}.5`],
  ['0020,4000', 'LT', planted.family],
  ['0021,0010', 'LO', 'Philips MR Imaging DD 001'],
  [
    '0040,0275',
    'SQ',
    [
      [
        ['0040,0007', 'LO', planted.family],
        ['0040,0009', 'SH', planted.id],
      ],
    ],
  ],
  ['2005,0010', 'LO', 'Philips MR Imaging DD 001'],
  ['2005,100E', 'FL', 0.25],
  ['2005,1050', 'LO', planted.family],
  ['6000,3000', 'OW', Buffer.from(`overlay ${planted.family} `)],
  ['0040,A730', 'SQ', [[['0040,A123', 'PN', planted.family]]]],
];

const cells = Uint16Array.from({ length: 24 }, (_, i) => i * 170);

const source = (write: WriteOptions = {}, options: MrOptions = {}): Uint8Array => {
  const syntax =
    write.littleEndian === false
      ? '1.2.840.10008.1.2.2'
      : write.explicit === false
        ? '1.2.840.10008.1.2'
        : '1.2.840.10008.1.2.1';
  const pixels = Buffer.from(cells.slice().buffer);
  if (write.littleEndian === false) pixels.swap16();
  const file = Buffer.concat([
    preamble(syntax),
    dataset(mrElements({ pixels, ...options, extra: [...identified(), ...(options.extra ?? [])] }), write),
  ]);
  // Tools have left names in the preamble.
  file.write(planted.family, 10, 'latin1');
  return file;
};

const deidentify = (bytes: Uint8Array, options: DeidentifyOptions = defaultOptions) => {
  const { tree, plan, pseudonyms } = prepareFile(bytes, key, options, dictionary);
  return { file: Buffer.from(deidentifiedFile(tree, plan, pseudonyms, options)), plan, pseudonyms };
};

const scanned = async (bytes: Uint8Array): Promise<ImageRecord> => {
  const { images, skipped } = await scanFiles([memoryFile(bytes)], quiet);
  const [image] = images;
  if (!image) throw new Error(`the copy cannot be read: ${skipped[0]?.reason}`);
  return image;
};

const found = (file: Buffer): string[] =>
  Object.entries(planted)
    .filter(([, text]) =>
      (['utf-8', 'gb18030', 'utf-16le'] as const).some((encoding) => {
        const needle = iconv.encode(text, encoding);
        return file.includes(needle) || file.toString('latin1').toLowerCase().includes(text.toLowerCase());
      }),
    )
    .map(([what]) => what);

const inEveryEncoding = it.each<[string, Uint8Array]>([
  ['explicit little endian', source()],
  ['implicit little endian', source({ explicit: false })],
  ['explicit big endian', source({ littleEndian: false })],
  ['undefined lengths', source({ undefinedLengths: true })],
  [
    'deflated',
    Buffer.concat([
      preamble('1.2.840.10008.1.2.1.99'),
      deflateRawSync(source().subarray(preamble('1.2.840.10008.1.2.1').length)),
    ]),
  ],
]);

describe('a de-identified file', () => {
  it('starts from a source that holds every planted identifier', () => {
    expect(found(Buffer.from(source()))).toEqual(Object.keys(planted));
  });

  inEveryEncoding('of %s holds none of the planted identifiers', (_name, bytes) => {
    const everyOption: DeidentifyOptions[] = [
      defaultOptions,
      { cleanDescriptors: false, modifiedDates: false, patientCharacteristics: false, safePrivate: false },
    ];
    for (const options of everyOption) expect(found(deidentify(bytes, options).file)).toEqual([]);
  });

  inEveryEncoding('of %s is a readable image of the same pixels', async (_name, bytes) => {
    const { file } = deidentify(bytes);
    const image = await scanned(file);
    expect(image.attributes).toMatchObject({ Rows: 4, Columns: 6, EchoTime: 1.23, ImagePositionPatient: [0, 0, 5] });
    const end = Buffer.from(file.subarray(-48));
    if (image.attributes.TransferSyntaxUID === '1.2.840.10008.1.2.2') end.swap16();
    expect([...new Uint16Array(Uint8Array.from(end).buffer)]).toEqual([...cells]);
  });

  it('has a blank preamble and meta information of its own', () => {
    const { file } = deidentify(source());
    expect(file.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
    expect(file.toString('latin1', 128, 132)).toBe('DICM');
  });

  it('keeps what roles are told by', async () => {
    const { attributes } = await scanned(deidentify(source()).file);
    expect(attributes).toMatchObject({
      SeriesDescription: 't1 vibe fs tra arterial 25s 动脉期',
      StudyDescription: 'liver',
      ProtocolName: 'abdomen',
      ContrastBolusAgent: 'Gadoxetate',
      AcquisitionTime: '101530.5',
      ContrastBolusStartTime: '101500',
      PhilipsScaleSlope: 0.25,
      PatientAge: '090Y',
    });
  });

  it('gives the patient a pseudonym and no birth date', async () => {
    const { file, pseudonyms } = deidentify(source());
    const { patient } = await scanned(file);
    expect(patient).toEqual({
      patientName: pseudonyms.patient,
      nameGroups: { alphabetic: pseudonyms.patient },
      patientId: pseudonyms.patient,
      sex: 'F',
    });
    expect(pseudonyms.patient).toMatch(/^HC-[A-Z0-9]{10}$/);
  });

  it('replaces UIDs alike in all files of a study, and references with them', async () => {
    const first = await scanned(deidentify(source()).file);
    const referring: ElementSpec = ['0008,1140', 'SQ', [[['0008,1155', 'UI', `${planted.uid}.2`]]]];
    const second = deidentify(source({}, { extra: [['0008,0018', 'UI', `${planted.uid}.8`], referring] }));
    const other = await scanned(second.file);
    expect(first.studyInstanceUID).toMatch(/^2\.25\.\d{1,39}$/);
    expect(other.studyInstanceUID).toBe(first.studyInstanceUID);
    expect(other.attributes.FrameOfReferenceUID).toBe(first.attributes.FrameOfReferenceUID);
    expect(other.sopInstanceUID).not.toBe(first.sopInstanceUID);
    expect(second.file.includes(first.sopInstanceUID)).toBe(true);
    expect(first.sopClassUID).toBe('1.2.840.10008.5.1.4.1.1.4');
  });

  it('moves the dates of a patient by the same number of days, and another patient’s by another', async () => {
    const one = deidentify(source());
    const day = async (file: Uint8Array) => String((await scanned(file)).attributes.StudyDate);
    const moved = await day(one.file);
    expect(moved).toMatch(/^20(1[3-9]|2[0-4])\d{4}$/);
    expect(await day(deidentify(source({}, { extra: [['0020,0013', 'IS', '9']] })).file)).toBe(moved);
    const other = deidentify(source({}, { extra: [['0010,0020', 'LO', 'SOMEBODY ELSE']] }));
    expect(other.pseudonyms.shiftDays).not.toBe(one.pseudonyms.shiftDays);
    expect(other.pseudonyms.patient).not.toBe(one.pseudonyms.patient);
  });

  it('says what was done to it', () => {
    const text = deidentify(source()).file.toString('latin1');
    for (const code of ['113100', '113105', '113107', '113108', '113111']) expect(text).toContain(code);
    expect(text).toContain('MODIFIED');
  });

  it('cannot be led back with another key', () => {
    const { tree } = prepareFile(source(), key, defaultOptions, dictionary);
    const other = prepareFile(source(), Buffer.alloc(32, 8), defaultOptions, dictionary);
    expect(other.pseudonyms.patient).not.toBe(deidentify(source()).pseudonyms.patient);
    expect(tree.elements.length).toBeGreaterThan(30);
    expect(() => prepareFile(source(), Buffer.alloc(4), defaultOptions, dictionary)).toThrow(/key/);
  });

  it('loses overlays that were drawn into unused bits', () => {
    const drawn = cells.map((value, i) => (i % 2 ? value | 0x8000 : value));
    const { file } = deidentify(source({}, { pixels: Buffer.from(drawn.buffer) }));
    expect([...new Uint16Array(Uint8Array.from(file.subarray(-48)).buffer)]).toEqual([...cells]);
  });

  it('warns of text in the picture', () => {
    const burned = deidentify(source({}, { extra: [['0028,0301', 'CS', 'YES']] }));
    expect(burned.plan.warnings.map(({ code }) => code)).toEqual(['burned-in']);
    const capture = deidentify(source({}, { extra: [['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.7']] }));
    expect(capture.plan.warnings.map(({ code }) => code)).toEqual(['capture']);
    expect(deidentify(source()).plan.warnings).toEqual([]);
  });

  it('is refused where the source cannot be read whole', () => {
    const bytes = source();
    expect(() => deidentify(bytes.subarray(0, 900))).toThrow();
  });
});
