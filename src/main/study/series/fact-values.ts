/**
 * Reading of loosely typed facts: the same attribute arrives as a number, a decimal string, an array or a
 * backslash-separated string, depending on who wrote it. Nothing here throws, and nothing is made up: what cannot be
 * read is `undefined`.
 */
import type { FactValue, SeriesFacts } from '#shared/study/facts.ts';

/** The value of a keyword; an exact spelling is preferred, any letter case is accepted. */
export const rawValue = (facts: SeriesFacts, keyword: string): FactValue | undefined => {
  if (Object.hasOwn(facts, keyword)) return facts[keyword];
  const wanted = keyword.toLowerCase();
  for (const key of Object.keys(facts)) if (key.toLowerCase() === wanted) return facts[key];
  return undefined;
};

const pieces = (value: FactValue | undefined): (string | number)[] => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(pieces);
  if (typeof value === 'string') return value.split('\\');
  return typeof value === 'number' ? [value] : [];
};

/** Every value as trimmed text, empty ones left out. */
export const texts = (facts: SeriesFacts, keyword: string): string[] =>
  pieces(rawValue(facts, keyword))
    .map((piece) => String(piece).trim())
    .filter((piece) => piece !== '');

/** All values as one text, or an empty string. */
export const text = (facts: SeriesFacts, keyword: string): string => texts(facts, keyword).join(' ');

/** DS and IS allow blanks and a sign (PS3.5 6.2); anything else, infinity included, is no number. */
const toNumber = (piece: string | number): number | undefined => {
  if (typeof piece === 'number') return Number.isFinite(piece) ? piece : undefined;
  const trimmed = piece.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
};

/** Every value as a number; `undefined` when one of them is none, so that a vector is never shortened silently. */
export const numbers = (facts: SeriesFacts, keyword: string): number[] | undefined => {
  const found = pieces(rawValue(facts, keyword)).map(toNumber);
  if (found.length === 0) return undefined;
  const values = found.filter((value) => value !== undefined);
  return values.length === found.length ? values : undefined;
};

/** The first value as a number. */
export const number = (facts: SeriesFacts, keyword: string): number | undefined => {
  const first = pieces(rawValue(facts, keyword))[0];
  return first === undefined ? undefined : toNumber(first);
};
