/** The plan of one file as lines for the screen: what goes, what changes, what stays. */

import { trimPadding } from '../scan/values.ts';
import { type DecodeText, textDecoder } from '../text/character-set.ts';
import type { Action } from './decide.ts';
import type { DatasetPlan, PlannedElement } from './plan.ts';
import { tagText } from './tree.ts';

export interface DiffLine {
  /** `(gggg,eeee)` */
  tag: string;
  keyword: string;
  depth: number;
  action: Action;
  before: string;
  /** Absent where the element goes. */
  after?: string;
  reason: string;
}

const longestText = 80;
const readable = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '));

const shown = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

const before = ({ element }: PlannedElement, decode: DecodeText): string => {
  if (element.items) return `${element.items.length} item(s)`;
  if (!readable.has(element.vr)) return `${element.value.length} bytes`;
  return shown(trimPadding(decode(element.value.subarray(0, 4 * longestText), element.vr)));
};

const after = (planned: PlannedElement, text: string): { after?: string } => {
  const { action } = planned.decision;
  if (action === 'remove') return {};
  if (action === 'empty') return { after: '' };
  return { after: planned.replacement === undefined ? text : shown(planned.replacement) };
};

export const diffLines = (plan: DatasetPlan, characterSet?: readonly string[]): DiffLine[] => {
  const decode = textDecoder(characterSet);
  const lines = (elements: readonly PlannedElement[], depth: number): DiffLine[] =>
    elements.flatMap((planned) => {
      const text = before(planned, decode);
      const line: DiffLine = {
        tag: `(${tagText(planned.element.tag)})`,
        keyword: planned.element.keyword,
        depth,
        action: planned.decision.action,
        before: text,
        ...after(planned, text),
        reason: planned.decision.reason,
      };
      return [line, ...(planned.items ?? []).flatMap((item) => lines(item, depth + 1))];
    });
  return lines(plan.elements, 0);
};
