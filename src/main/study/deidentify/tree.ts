/** A file's dataset as a tree of elements with their raw values, for rewriting. */
import { type Encoding, type RawDataset, type RawElement, readDataset, sequenceVr } from '../scan/element-reader.ts';
import { readFileHead } from '../scan/file-head.ts';
import { inflateDataset } from '../scan/header.ts';
import { Refusal } from '../scan/refusal.ts';
import { explicitLittleEndian, type TransferSyntax } from '../scan/transfer-syntaxes.ts';
import type { Dictionary } from '../tags/dictionary.ts';

export interface TreeElement {
  /** group × 65536 + element. */
  tag: number;
  /** From the file, or the dictionary where the encoding is implicit; `UN` where neither knows. */
  vr: string;
  /** Empty where the dictionary does not know the element. */
  keyword: string;
  /** Raw bytes in the file's byte order; empty for sequences. */
  value: Uint8Array;
  items?: TreeElement[][];
}

export interface DatasetTree {
  elements: TreeElement[];
  /** How values are encoded, and shall be written. */
  encoding: Encoding;
  syntax: TransferSyntax;
  bytes: Uint8Array;
  pixelData?: RawElement;
}

export const tagText = (tag: number): string => {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0');
  return `${hex.slice(0, 4)},${hex.slice(4)}`;
};

/** Throws a `Refusal` or `MalformedDataset` where the file cannot be read whole: nothing half-read is exported. */
export const readTree = (file: Uint8Array, dictionary: Dictionary): DatasetTree => {
  const head = readFileHead(file, true);
  if (!head) throw new Refusal('not-dicom', 'The file is not a DICOM file.');
  const bytes = head.syntax.deflated ? inflateDataset(file, head.start) : file;
  const start = head.syntax.deflated ? 0 : head.start;
  const isSequence = (tag: number, vr: number): boolean =>
    vr === sequenceVr || (vr === 0 && dictionary(tagText(tag))?.vr === 'SQ');
  const { elements, pixelData } = readDataset(bytes, start, head.encoding, {
    complete: true,
    want: (tag, vr) => (isSequence(tag, vr) ? 'items' : 'value'),
  });
  const branch = (dataset: RawDataset): TreeElement[] =>
    [...dataset.values()]
      .sort((a, b) => a.tag - b.tag)
      .map((element) => {
        const known = dictionary(tagText(element.tag));
        const isOpen = element.items === undefined && element.length === 0xffffffff;
        return {
          tag: element.tag,
          vr: element.vr || (isOpen ? 'UN' : (known?.vr ?? 'UN')),
          keyword: known?.keyword ?? '',
          value:
            element.items || isOpen ? new Uint8Array(0) : bytes.subarray(element.start, element.start + element.length),
          ...(element.items ? { items: element.items.map(branch) } : {}),
        };
      });
  return {
    elements: branch(elements),
    encoding: head.encoding,
    syntax: head.syntax.deflated ? explicitLittleEndian : head.syntax,
    bytes,
    ...(pixelData ? { pixelData } : {}),
  };
};
