/** Transfer syntaxes of PS3.5 section 10 and annex A that a stored image can have, and how this application reads them. */

export type PixelCodec = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

export interface TransferSyntax {
  uid: string;
  name: string;
  /** Absent where the pixel data cannot be decoded here (video, JPIP, JPEG XL, retired JPEG processes). */
  codec?: PixelCodec;
  lossy: boolean;
  explicit: boolean;
  littleEndian: boolean;
  deflated: boolean;
}

type Row = [uid: string, name: string, codec: PixelCodec | undefined, lossy?: 'lossy'];

const encapsulated: Row[] = [
  ['1.2.840.10008.1.2.5', 'RLE Lossless', 'rle'],
  ['1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)', 'jpeg', 'lossy'],
  ['1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)', 'jpeg', 'lossy'],
  ['1.2.840.10008.1.2.4.57', 'JPEG Lossless (Process 14)', 'jpeg'],
  ['1.2.840.10008.1.2.4.70', 'JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)', 'jpeg'],
  ['1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls'],
  ['1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless', 'jpeg-ls', 'lossy'],
  ['1.2.840.10008.1.2.4.90', 'JPEG 2000 (Lossless Only)', 'jpeg-2000'],
  ['1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000', 'lossy'],
  ['1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 (Lossless Only)', 'htj2k'],
  ['1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 with RPCL (Lossless Only)', 'htj2k'],
  ['1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000', 'htj2k', 'lossy'],
  ['1.2.840.10008.1.2.4.92', 'JPEG 2000 Part 2 Multi-component (Lossless Only)', undefined],
  ['1.2.840.10008.1.2.4.93', 'JPEG 2000 Part 2 Multi-component', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.94', 'JPIP Referenced', undefined],
  ['1.2.840.10008.1.2.4.95', 'JPIP Referenced Deflate', undefined],
  ['1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.101', 'MPEG2 High Level', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264 BD', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main', undefined, 'lossy'],
  ['1.2.840.10008.1.2.4.110', 'JPEG XL Lossless', undefined],
  ['1.2.840.10008.1.2.4.112', 'JPEG XL', undefined, 'lossy'],
];

const native = (
  uid: string,
  name: string,
  explicit: boolean,
  littleEndian: boolean,
  deflated: boolean,
): TransferSyntax => ({
  uid,
  name,
  codec: 'native',
  lossy: false,
  explicit,
  littleEndian,
  deflated,
});

export const implicitLittleEndian = native('1.2.840.10008.1.2', 'Implicit VR Little Endian', false, true, false);
export const explicitLittleEndian = native('1.2.840.10008.1.2.1', 'Explicit VR Little Endian', true, true, false);
export const explicitBigEndian = native('1.2.840.10008.1.2.2', 'Explicit VR Big Endian', true, false, false);

const table = new Map<string, TransferSyntax>(
  [
    implicitLittleEndian,
    explicitLittleEndian,
    explicitBigEndian,
    native('1.2.840.10008.1.2.1.99', 'Deflated Explicit VR Little Endian', true, true, true),
    ...encapsulated.map(([uid, name, codec, lossy]) => ({
      uid,
      name,
      ...(codec ? { codec } : {}),
      lossy: lossy === 'lossy',
      explicit: true,
      littleEndian: true,
      deflated: false,
    })),
  ].map((syntax) => [syntax.uid, syntax]),
);

/** UIDs of those whose pixels are decoded here; the uncompressed ones first. */
export const decodableSyntaxes: readonly string[] = [...table.values()]
  .filter(({ codec }) => codec)
  .map(({ uid }) => uid);

/**
 * A private or future syntax reads as Explicit VR Little Endian without a codec (PS3.5 10.1: every syntax but the
 * implicit and big-endian ones uses it): its header can be shown, its pixels are refused.
 */
export const transferSyntax = (uid: string): TransferSyntax =>
  table.get(uid) ?? {
    uid,
    name: `unknown transfer syntax ${uid}`,
    lossy: false,
    explicit: true,
    littleEndian: true,
    deflated: false,
  };
