import { type DiffKind, type DiffLine, kindOf } from '#shared/study/deidentify.ts';

export type DiffFilter = 'all' | DiffKind;
export const diffFilters: readonly DiffFilter[] = ['all', 'removed', 'changed', 'kept'];

export const countsOf = (lines: readonly DiffLine[]): Record<DiffFilter, number> => {
  const counts = { all: lines.length, removed: 0, changed: 0, kept: 0 };
  for (const line of lines) counts[kindOf(line)] += 1;
  return counts;
};

/** Lines of a kind whose tag, name or value holds the text. Hidden values are not searched: a hit would tell of them. */
export const matchingLines = (
  lines: readonly DiffLine[],
  filter: DiffFilter,
  text: string,
  isHidden: boolean,
): DiffLine[] => {
  const wanted = text.trim().toLowerCase();
  return lines.filter((line) => {
    const kind = kindOf(line);
    if (filter !== 'all' && kind !== filter) return false;
    const before = isHidden && kind !== 'kept' ? '' : line.before;
    return `${line.tag} ${line.keyword} ${before} ${line.after ?? ''}`.toLowerCase().includes(wanted);
  });
};
