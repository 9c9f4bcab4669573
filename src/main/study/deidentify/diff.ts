/** The plan of one file as lines for the screen: what goes, what changes, what stays. */
import type { DeidentifyOptions, DiffLine } from '#shared/study/deidentify.ts';
import { deidentifyReason } from '#shared/study/messages/deidentify.ts';
import { undefinedLength } from '../scan/element-reader.ts';
import { trimPadding } from '../scan/values.ts';
import type { DecodeText } from '../text/character-set.ts';
import { methodCodes } from './options.ts';
import { decoderOf } from './own-text.ts';
import { type DatasetPlan, declaration, type PlannedElement } from './plan.ts';
import { type DatasetTree, tagText } from './tree.ts';

const longestText = 80;
const readable = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '));

const shown = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

type Before = Pick<DiffLine, 'before' | 'size'>;

const before = ({ element }: PlannedElement, decode: DecodeText): Before => {
  if (element.items) return { before: '', size: { unit: 'items', count: element.items.length } };
  if (!readable.has(element.vr)) return { before: '', size: { unit: 'bytes', count: element.value.length } };
  return { before: shown(trimPadding(decode(element.value.subarray(0, 4 * longestText), element.vr))) };
};

const after = (planned: PlannedElement, text: string): { after?: string } => {
  const { action } = planned.decision;
  if (action === 'remove') return {};
  if (action === 'empty') return { after: '' };
  return { after: planned.replacement === undefined ? text : shown(planned.replacement) };
};

const reason = deidentifyReason('says-what-was-done');

/** What the writer puts over the file's own elements of the same tags. */
const declared = (options: DeidentifyOptions): Map<string, Pick<DiffLine, 'keyword' | 'after'>> =>
  new Map([
    ...declaration(options).map(({ tag, keyword, value }) => [tag, { keyword, after: value }] as const),
    [
      '0012,0064',
      {
        keyword: 'DeidentificationMethodCodeSequence',
        after: methodCodes(options)
          .map(({ meaning }) => meaning)
          .join('; '),
      },
    ] as const,
  ]);

const withDeclaration = (lines: readonly DiffLine[], options: DeidentifyOptions): DiffLine[] => {
  const own = declared(options);
  // Items of a sequence that is written anew go with it.
  let isReplaced = false;
  const kept: DiffLine[] = [];
  const had = new Map<string, DiffLine>();
  for (const line of lines) {
    if (line.depth === 0) isReplaced = own.has(line.tag.slice(1, -1));
    if (!isReplaced) kept.push(line);
    else if (line.depth === 0) had.set(line.tag, line);
  }
  const added = [...own].map(([tag, { keyword, after: value }]): DiffLine => {
    const line = had.get(`(${tag})`);
    return {
      tag: `(${tag})`,
      keyword,
      depth: 0,
      action: 'declare',
      before: line?.before ?? '',
      ...(line?.size ? { size: line.size } : {}),
      ...(value === undefined ? {} : { after: value }),
      reason,
    };
  });
  // Each new line in its place: before the first one at the top that has a higher tag.
  for (const line of added) {
    const at = kept.findIndex((other) => other.depth === 0 && other.tag > line.tag);
    kept.splice(at < 0 ? kept.length : at, 0, line);
  }
  return kept;
};

const pixelLine = ({ pixelData, bytes }: Pick<DatasetTree, 'pixelData' | 'bytes'>): DiffLine[] => {
  if (!pixelData) return [];
  const { tag, start, length } = pixelData;
  const count = length === undefinedLength ? bytes.length - start : length;
  return [
    {
      tag: `(${tagText(tag)})`,
      keyword: 'PixelData',
      depth: 0,
      action: 'keep',
      before: '',
      after: '',
      size: { unit: 'bytes', count },
      reason: deidentifyReason('pixels'),
    },
  ];
};

/** Lines of the dataset in the order of the file, with what the copy declares of itself, and the pixels last. */
export const diffLines = (
  plan: DatasetPlan,
  tree: Pick<DatasetTree, 'pixelData' | 'bytes'>,
  options: DeidentifyOptions,
): DiffLine[] => {
  const lines = (elements: readonly PlannedElement[], depth: number, outer?: DecodeText): DiffLine[] => {
    const decode = decoderOf(
      elements.map(({ element }) => element),
      outer,
    );
    return elements.flatMap((planned) => {
      const value = before(planned, decode);
      const line: DiffLine = {
        tag: `(${tagText(planned.element.tag)})`,
        keyword: planned.element.keyword,
        depth,
        action: planned.decision.action,
        ...value,
        ...after(planned, value.before),
        reason: planned.decision.reason,
      };
      return [line, ...(planned.items ?? []).flatMap((item) => lines(item, depth + 1, decode))];
    });
  };
  return [...withDeclaration(lines(plan.elements, 0), options), ...pixelLine(tree)];
};
