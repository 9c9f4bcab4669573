/** A measurement as it is typed into the lesion table, and back. Pure. */
import type { CourseMeasure } from './lesion-over-time.ts';

/** The whole lesion (RECIST 1.1) or its enhancing part (mRECIST). */
export type DiameterKind = 'mm' | 'viableMm';

export type ReadMeasure =
  | { readonly ok: true; readonly measure: CourseMeasure | undefined }
  | { readonly ok: false; readonly problem: 'unreadable' | 'too-long' };

const LONGEST_MM = 1_000;
const words: readonly [RegExp, 'gone' | 'too-small' | 'not-assessed'][] = [
  [/^(gone|g|消失)$/i, 'gone'],
  [/^(too small|small|ts|过小|太小)$/i, 'too-small'],
  [/^(not assessed|na|ne|n\/a|未评估)$/i, 'not-assessed'],
];
const merged = /^(?:=|→|->|merged into |m )\s*([A-Z]\d+)$/i;
const lengths = /^\d+(?:[.,]\d+)?(?:\s*\+\s*\d+(?:[.,]\d+)?)*$/;

const read = (measure: CourseMeasure | undefined): ReadMeasure => ({ ok: true, measure });

interface Part {
  readonly mm?: number | undefined;
  readonly viableMm?: number | undefined;
}

const partsOf = (before: CourseMeasure | undefined): readonly Part[] => {
  if (before?.state === 'split') return before.parts;
  if (before?.state !== 'measured') return [];
  const { mm, viableMm } = before;
  return [{ ...(mm === undefined ? {} : { mm }), ...(viableMm === undefined ? {} : { viableMm }) }];
};

/** Where the diameter that is not entered was drawn: that stays. */
const placeOfOther = (before: CourseMeasure | undefined, kind: DiameterKind): object => {
  if (before?.state !== 'measured') return {};
  const { place, viablePlace } = before;
  const other = kind === 'mm' ? { viablePlace } : { place };
  return Object.values(other).some((one) => one !== undefined) ? other : {};
};

const withParts = (before: CourseMeasure | undefined, kind: DiameterKind, values: readonly number[]): CourseMeasure => {
  const known = partsOf(before);
  const count = Math.max(values.length, before?.state === 'split' && values.length > 1 ? known.length : 0);
  const parts = Array.from({ length: count }, (_, index) => {
    const value = values[index];
    const { [kind]: _replaced, ...rest } = known[index] ?? {};
    return value === undefined ? rest : { ...rest, [kind]: value };
  });
  const [only] = parts;
  if (parts.length > 1 || !only) return { state: 'split', parts };
  return { state: 'measured', ...only, ...placeOfOther(before, kind) };
};

/** Takes one diameter away; nothing is left where it was the only one. */
const without = (before: CourseMeasure | undefined, kind: DiameterKind): CourseMeasure | undefined => {
  if (before?.state !== 'measured' && before?.state !== 'split') return undefined;
  const rest = partsOf(before).map(({ [kind]: _gone, ...others }) => others);
  if (rest.every((part) => Object.keys(part).length === 0)) return undefined;
  const [only] = rest;
  return rest.length === 1 && only
    ? { state: 'measured', ...only, ...placeOfOther(before, kind) }
    : { state: 'split', parts: rest };
};

/**
 * `42` or `42.5` in mm; `28+20` for a lesion in pieces; `gone` (or 0 for the whole), `too small`, `not assessed`; `=L1` where it
 * merged into another. Empty takes the entry away.
 */
export const readMeasure = (text: string, kind: DiameterKind, before: CourseMeasure | undefined): ReadMeasure => {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/\s*mm$/i, '');
  if (plain === '') return read(without(before, kind));
  const state = words.find(([pattern]) => pattern.test(plain))?.[1];
  if (state) return read({ state });
  const into = merged.exec(plain)?.[1];
  if (into) return read({ state: 'merged', into: into.toUpperCase() });
  if (!lengths.test(plain)) return { ok: false, problem: 'unreadable' };
  const values = plain.split('+').map((part) => Number(part.trim().replace(',', '.')));
  if (values.some((value) => value > LONGEST_MM)) return { ok: false, problem: 'too-long' };
  if (kind === 'mm' && values.every((value) => value === 0)) return read({ state: 'gone' });
  return read(withParts(before, kind, values));
};

/** What the table shows of a measured one; empty for a state, which is said in words. */
export const measureText = (measure: CourseMeasure | undefined, kind: DiameterKind): string => {
  if (measure?.state === 'measured') return measure[kind] === undefined ? '' : String(measure[kind]);
  if (measure?.state === 'split') {
    const values = measure.parts.map((part) => part[kind]);
    return values.every((value) => value === undefined) ? '' : values.map((value) => value ?? '?').join('+');
  }
  return measure?.state === 'merged' ? `=${measure.into}` : '';
};

/** The enhancing part longer than the whole that it is a part of: one of both was measured wrong, or not at its longest. */
export const isViableTooLong = (measure: CourseMeasure | undefined): boolean =>
  partsOf(measure).some(({ mm, viableMm }) => mm !== undefined && viableMm !== undefined && viableMm > mm);
