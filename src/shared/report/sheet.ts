/**
 * A report in words: blocks of rows, without a place yet. Page, PDF and HTML draw the same sheet, and which of its rows go
 * to the appendix is decided by rule (`fit-sheet.ts`). Pure.
 */
import type { Language } from '../words/language.ts';

/** A line of a block, in as many cells as the block has columns; a single cell has the whole width. */
export interface Row {
  readonly cells: readonly string[];
  readonly tone?: 'strong' | 'muted';
  /** Log-odds of the bar in the last column but one; absent where there is none. */
  readonly bar?: number;
}

/** The result as a number, with its place between 0 and 1. */
export interface Figure {
  readonly text: string;
  readonly beside: readonly string[];
  readonly probability: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly threshold: number;
}

export interface Block {
  readonly id: string;
  readonly title: string;
  /** Relative widths of the columns; one for a paragraph. */
  readonly widths: readonly number[];
  readonly rows: readonly Row[];
  readonly figure?: Figure;
  /** In a frame: what has to be seen first. */
  readonly framed?: boolean;
  /** Where it stands; without one, where there is more room. */
  readonly column?: 'left' | 'right';
  /** What goes to the appendix first has the largest; 0 never goes. */
  readonly yields: number;
}

export interface SheetPicture {
  readonly caption: string;
  /** SHA-256 of the pictures' bytes. */
  readonly plain: string | null;
  readonly mapped: string | null;
}

export interface Sheet {
  readonly language: Language;
  readonly title: string;
  readonly banner: { readonly strong: string; readonly text: string } | null;
  /** The first line is who it is. */
  readonly identity: readonly string[];
  /** The first six have room on the page. */
  readonly pictures: readonly SheetPicture[];
  readonly pictureRows: { readonly plain: string; readonly mapped: string; readonly none: string };
  readonly blocks: readonly Block[];
  /** Shown on request, and where something of the page had no room. */
  readonly appendix: readonly Block[];
  readonly footer: readonly string[];
  readonly words: { readonly appendix: string };
}
