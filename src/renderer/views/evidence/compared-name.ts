import type { ComparedWith } from '#shared/evidence/comparisons.ts';
import { scoreName } from './score-name.ts';

/** A factor by the words of the page; a model and a reader by their own name. */
export const comparedName = ({ kind, name }: Pick<ComparedWith, 'kind' | 'name'>): string =>
  kind === 'factor' ? scoreName(name) : name;
