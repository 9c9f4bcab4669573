/** Every element of one file for the series inspector, nested ones with their depth. */
import published, { type ByteArrayParser, type DataSet, type Element } from 'dicom-parser';
import { AppError } from '#shared/errors.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile } from '../bytes/input.ts';
import { elementCut, NeedMoreBytes, readDataset, wholeFile } from '../scan/element-reader.ts';
import { type FileHead, readFileHead } from '../scan/file-head.ts';
import { inflateDataset } from '../scan/header.ts';
import { firstHeadBytes } from '../scan/read-file.ts';
import { asRefusal, Refusal } from '../scan/refusal.ts';
import { type DecodeText, doubtingDecoder } from '../text/character-set.ts';
import { encodingOf, isGuess, isInDoubt, settled } from '../text/doubt.ts';
import { type Dictionary, dictionary } from './dictionary.ts';
import { valueText } from './value-text.ts';

export interface ListedTag {
  /** `(gggg,eeee)` */
  tag: string;
  keyword: string;
  vr: string;
  value: string;
  /** 0 in the dataset itself, one more in each sequence. */
  depth: number;
}
export interface ListedTags {
  file: string;
  tags: ListedTag[];
}

/** Real headers have some hundred elements, Enhanced ones some ten thousand. */
const mostElements = 100_000;
/** The list is for reading; nobody reads further, and the screen stays quick. */
const mostTags = 20_000;
const longestHeader = 64 * 1024 ** 2;

/** The published types leave out that `DataSet` can be constructed. */
interface DataSetConstructor {
  DataSet: new (parser: ByteArrayParser, bytes: Uint8Array, elements: Record<string, Element>) => DataSet;
}
const dicomParser = published as typeof published & DataSetConstructor;

interface HeaderBytes {
  head: FileHead;
  bytes: Uint8Array;
  /** First byte of the dataset within `bytes`. */
  start: number;
}

/**
 * Bytes that hold the whole header. The bounded reader walks them first, so that the parser below, which keeps every
 * element that it meets, only gets datasets of a sane size.
 */
const headerBytes = async (source: ByteSource): Promise<HeaderBytes> => {
  let length = Math.min(source.size, firstHeadBytes);
  for (;;) {
    const read = await source.head(length);
    const complete = read.length >= source.size;
    try {
      const head = readFileHead(read, complete);
      if (!head) throw new Refusal('not-dicom', 'The file is not a DICOM file.');
      if (head.syntax.deflated && !complete) throw new NeedMoreBytes(source.size);
      const bytes = head.syntax.deflated ? inflateDataset(read, head.start) : read;
      const start = head.syntax.deflated ? 0 : head.start;
      const whole = complete || head.syntax.deflated;
      const { walked } = readDataset(bytes, start, head.encoding, { want: () => undefined, complete: whole });
      if (walked > mostElements) throw new Refusal('too-large', `The file has more than ${mostElements} elements.`);
      return { head, bytes, start };
    } catch (error) {
      if (!(error instanceof NeedMoreBytes)) throw error;
      if (error.need >= source.size + 8) {
        throw elementCut(error.need, source.size, error.place ?? wholeFile);
      }
      length = Math.min(source.size, Math.max(error.need, length * 4));
      if (length > longestHeader) throw new Refusal('too-large', 'The header is too long to be listed.');
    }
  }
};

const parse = ({ head, bytes, start }: HeaderBytes, dictionary: Dictionary): DataSet => {
  const { explicit, littleEndian } = head.encoding;
  const parser = littleEndian ? dicomParser.littleEndianByteArrayParser : dicomParser.bigEndianByteArrayParser;
  const stream = new dicomParser.ByteStream(parser, bytes, start);
  const dataSet = new dicomParser.DataSet(parser, bytes, {});
  const untilTag = 'x7fe00010';
  try {
    if (explicit) dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, { untilTag });
    else {
      const vrCallback = (tag: string) => dictionary(`${tag.slice(1, 5)},${tag.slice(5)}`.toUpperCase())?.vr ?? 'UN';
      dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, { untilTag, vrCallback });
    }
  } catch {
    // Elements read before the damage are shown; that is what somebody who asks why a file was refused needs.
  }
  return dataSet;
};

const list = (dataSet: DataSet, dictionary: Dictionary, decode: DecodeText, depth: number, into: ListedTag[]): void => {
  const elements: Element[] = Object.values(dataSet.elements)
    // The parser reports item delimiters as if they were elements.
    .filter((element) => !element.tag.startsWith('xfffe'))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  for (const element of elements) {
    if (into.length >= mostTags) return;
    const number = `${element.tag.slice(1, 5)},${element.tag.slice(5, 9)}`.toUpperCase();
    const known = dictionary(number);
    const vr = element.vr ?? known?.vr ?? 'UN';
    into.push({
      tag: `(${number})`,
      keyword: known?.keyword ?? '',
      vr,
      value: valueText(dataSet, element, element.items ? 'SQ' : vr, decode),
      depth,
    });
    for (const item of element.items ?? []) {
      if (item.dataSet) list(item.dataSet, dictionary, decode, depth + 1, into);
    }
  }
};

const characterSet = (dataSet: DataSet): string[] | undefined =>
  dataSet.elements.x00080005 ? dataSet.string('x00080005')?.split('\\') : undefined;

/** All text of a file that breaks its character set is read alike, and marked where that is a guess. */
const withSettledText = (tags: readonly ListedTag[]): ListedTag[] => {
  const doubts = tags.map(({ value }) => value).filter(isInDoubt);
  if (doubts.length === 0) return [...tags];
  const encoding = encodingOf(doubts);
  return tags.map((tag) => {
    const text = settled(tag.value, encoding);
    return { ...tag, value: isGuess(tag.value, encoding) ? `${text} [?]` : text };
  });
};

/** Throws `AppError('cannot-read-tags')` where the file has no header that could be listed. */
export const listTags = async (file: InputFile): Promise<ListedTags> => {
  try {
    return await file.open(async (source) => {
      const dataSet = parse(await headerBytes(source), dictionary);
      const tags: ListedTag[] = [];
      list(dataSet, dictionary, doubtingDecoder(characterSet(dataSet)), 0, tags);
      return { file: file.file, tags: withSettledText(tags) };
    });
  } catch (error) {
    const { code, message } = asRefusal(error);
    throw new AppError('cannot-read-tags', `The tags of this file cannot be listed. ${message}`, {
      params: { reason: code },
    });
  }
};
