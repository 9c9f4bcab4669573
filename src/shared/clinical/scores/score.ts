/** What every derived score answers: never a bare number, always with formula, source and what it rests on. */
import { canonicalNumber } from '../canonical.ts';
import type { FactorId, FactorValues } from '../factor-values.ts';

export const scoreIds = [
  'childPugh',
  'albi',
  'malbi',
  'palbi',
  'nlr',
  'plr',
  'bclc',
  'cnlc',
  'crafity',
  'sixAndTwelve',
  'upToSeven',
] as const;
export type ScoreId = (typeof scoreIds)[number];

/** A remark on how a score came about; `text` is English, translated by `code` and `params`. */
export interface ScoreReason {
  readonly code: string;
  readonly text: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface Score {
  readonly id: ScoreId;
  /** Null where an input is missing, or where the score has no number (a stage). */
  readonly value: number | null;
  /** e.g. ALBI `2`, Child–Pugh `A`, BCLC `C`, CNLC `IIIa`, `low`. */
  readonly grade?: string;
  /** Points that single inputs were given. */
  readonly points?: Readonly<Partial<Record<FactorId, number>>>;
  readonly formula: string;
  readonly source: string;
  readonly inputsMissing: readonly FactorId[];
  readonly reasons: readonly ScoreReason[];
}

/** A stage, suggested from what was entered: the doctor decides. */
export interface StageSuggestion extends Score {
  /** The edition of the staging system that was read. */
  readonly edition: string;
  /** One stage where it is certain (then also `grade`), all that remain possible otherwise. */
  readonly candidates: readonly string[];
}

/** Values of `ids` in canonical units, or which of them are not to be had. */
export const scoreInputs = <Id extends FactorId>(
  values: FactorValues,
  ids: readonly Id[],
): { readonly missing: readonly Id[]; readonly value: (id: Id) => number } => {
  const known = new Map<Id, number>();
  const missing: Id[] = [];
  for (const id of ids) {
    const value = canonicalNumber(values, id);
    if (value === undefined) missing.push(id);
    else known.set(id, value);
  }
  return { missing, value: (id) => known.get(id) ?? Number.NaN };
};
