/** What is asked for and answered in a query (PS3.4 C.2.2): a data set of few texts, as bytes. Pure. */
import { element, encodedText } from '../../study/encode/elements.ts';
import { type Encoding, type RawElement, readDataset, undefinedLength } from '../../study/scan/element-reader.ts';
import { transferSyntax } from '../../study/scan/transfer-syntaxes.ts';
import { asBuffer, elementValue } from '../../study/scan/values.ts';
import { type DecodeText, doubtingDecoder } from '../../study/text/character-set.ts';
import { settledAlone } from '../../study/text/doubt.ts';
import type { Answer } from '../answer.ts';
import { pacsError } from '../errors.ts';

/** Representations (PS3.6) of everything that is asked for, by tag. */
const representations = {
  '00080005': 'CS',
  '00080016': 'UI',
  '00080018': 'UI',
  '00080020': 'DA',
  '00080050': 'SH',
  '00080052': 'CS',
  '00080060': 'CS',
  '00080061': 'CS',
  '00081030': 'LO',
  '0008103E': 'LO',
  '00100010': 'PN',
  '00100020': 'LO',
  '00100030': 'DA',
  '00100040': 'CS',
  '0020000D': 'UI',
  '0020000E': 'UI',
  '00200011': 'IS',
  '00201206': 'IS',
  '00201208': 'IS',
  '00280002': 'US',
  '00280008': 'IS',
  '00280010': 'US',
  '00280011': 'US',
  '00280100': 'US',
} as const;

export type IdentifierTag = keyof typeof representations;
/** By tag: what is looked for, or an empty text for what is to be told. */
export type Identifier = Partial<Record<IdentifierTag, string>>;

const isRepresented = (tag: string): tag is IdentifierTag => tag in representations;
const numberOf = (tag: string): number => Number.parseInt(tag, 16);

/** In the syntax that was agreed on. Words beyond ASCII are UTF-8, and said to be. */
export const identifierBytes = (identifier: Identifier, syntax: string): Buffer => {
  const { explicit, littleEndian } = transferSyntax(syntax);
  const isPlain = Object.values(identifier).every((value) => /^[\x20-\x7e]*$/.test(value));
  const all: Identifier = isPlain ? identifier : { ...identifier, '00080005': 'ISO_IR 192' };
  const tags = Object.keys(all).filter(isRepresented).sort();
  return Buffer.concat(
    tags.map((tag) => {
      const vr = representations[tag];
      return element(numberOf(tag), vr, encodedText(all[tag] ?? '', vr), { explicit, littleEndian });
    }),
  );
};

/** Throws `pacs-answer` for bytes that are no data set. */
export const answerOf = (bytes: Buffer, syntax: string): Answer => {
  const { explicit, littleEndian } = transferSyntax(syntax);
  const encoding: Encoding = { explicit, littleEndian };
  const wanted = new Set(Object.keys(representations).map(numberOf));
  let found: ReadonlyMap<number, RawElement>;
  try {
    found = readDataset(bytes, 0, encoding, {
      want: (tag) => (wanted.has(tag) ? 'value' : undefined),
      complete: true,
    }).elements;
  } catch (error) {
    throw pacsError('pacs-answer', { detail: 'identifier', cause: error });
  }
  const values = (tag: IdentifierTag, decode: DecodeText): string[] => {
    const one = found.get(numberOf(tag));
    if (!one || one.length === undefinedLength) return [];
    const value = elementValue(asBuffer(bytes), one, representations[tag], encoding, decode);
    return (Array.isArray(value) ? value : [value]).flatMap((text) =>
      text === null || text === '' ? [] : settledAlone(String(text)),
    );
  };
  const decode = doubtingDecoder(values('00080005', () => ''));
  return { texts: (tag) => (isRepresented(tag) ? values(tag, decode) : []) };
};
