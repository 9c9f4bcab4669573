/** Breaks text into lines and draws them, letter by letter in a font that has it. Points, from the top left. */
import type { Language } from '#shared/words/language.ts';
import { fontsFor, type ReportFont, type Weight } from './fonts.ts';

/** What is needed of a PDFKit document. */
export type Page = Pick<
  PDFKit.PDFDocument,
  'font' | 'fontSize' | 'fillColor' | 'text' | 'widthOfString' | 'registerFont'
>;

interface Run {
  font: ReportFont;
  text: string;
}

export interface Style {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly align?: 'left' | 'right';
}

export const INK = '#111111';
export const QUIET = '#444444';
const LEADING = 1.22;
/** Of the size: where the letters stand below the top of their line. */
const BASELINE = 0.95;

/** Chinese signs that may not begin a line. */
const CLOSING = '，。、；：？！）》」』】〕…％';
/** Chinese signs that may not end one. */
const OPENING = '（《「『【〔';
const LETTERS = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
/** One Chinese letter with the signs that stay with it, or a word with the space behind it. */
const pieces = new RegExp(
  `[${OPENING}]*[${LETTERS}][${CLOSING}]*\\s*|[${OPENING}]*[^\\s${LETTERS}${OPENING}]+\\s*|[${OPENING}]+|\\s+`,
  'gu',
);

export class Typesetter {
  readonly #page: Page;
  readonly #language: Language;
  readonly #registered = new Set<string>();
  readonly #widths = new Map<string, number>();

  readonly #scale: number;

  /** @param scale of every size that is asked for */
  constructor(page: Page, language: Language, scale = 1) {
    this.#page = page;
    this.#language = language;
    this.#scale = scale;
  }

  lineHeight(size: number): number {
    return size * this.#scale * LEADING;
  }

  /** Lines that are no wider than `width`; at least one. */
  lines(text: string, width: number, { size, weight = 'regular' }: Style): string[] {
    const lines: string[] = [];
    let line = '';
    const push = () => {
      lines.push(line.trimEnd());
      line = '';
    };
    for (const piece of text.replaceAll(/[\t\r\n]+/g, ' ').match(pieces) ?? []) {
      if (this.width((line + piece).trimEnd(), size, weight) <= width) {
        line += piece;
        continue;
      }
      if (line !== '') push();
      line = this.#broken(piece, width, size, weight, lines);
    }
    if (line !== '' || lines.length === 0) push();
    return lines;
  }

  /** Of a piece that is wider than a line: its beginnings go to `lines`, its end is answered. */
  #broken(piece: string, width: number, size: number, weight: Weight, lines: string[]): string {
    let rest = '';
    for (const letter of piece) {
      if (rest !== '' && this.width((rest + letter).trimEnd(), size, weight) > width) {
        lines.push(rest.trimEnd());
        rest = '';
      }
      rest += letter;
    }
    return rest;
  }

  height(text: string, width: number, style: Style): number {
    return this.lines(text, width, style).length * this.lineHeight(style.size);
  }

  width(text: string, size: number, weight: Weight = 'regular'): number {
    const actual = size * this.#scale;
    return this.#runs(text, weight).reduce((sum, { font, text: part }) => sum + this.#unit(font, part) * actual, 0);
  }

  /** Draws what `lines` would answer; returns how high it is. */
  draw(text: string, x: number, y: number, width: number, style: Style): number {
    const { size, weight = 'regular', colour = INK, align = 'left' } = style;
    const actual = size * this.#scale;
    const lines = this.lines(text, width, style);
    lines.forEach((line, i) => {
      let at = align === 'right' ? x + width - this.width(line, size, weight) : x;
      for (const { font, text: part } of this.#runs(line, weight)) {
        this.#use(font);
        this.#page
          .fontSize(actual)
          .fillColor(colour)
          .text(part, at, y + i * this.lineHeight(size) + BASELINE * actual, {
            lineBreak: false,
            baseline: 'alphabetic',
          });
        at += this.#unit(font, part) * actual;
      }
    });
    return lines.length * this.lineHeight(size);
  }

  #use(font: ReportFont): void {
    if (!this.#registered.has(font.name)) {
      this.#page.registerFont(font.name, font.bytes);
      this.#registered.add(font.name);
    }
    this.#page.font(font.name);
  }

  /** Width at size 1. */
  #unit(font: ReportFont, text: string): number {
    const key = `${font.name} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    this.#use(font);
    const width = this.#page.fontSize(1).widthOfString(text);
    this.#widths.set(key, width);
    return width;
  }

  /** A letter that no font has is written as its number, so that it is not lost without a word. */
  #runs(text: string, weight: Weight): Run[] {
    const fonts = fontsFor(this.#language, weight);
    const [first] = fonts;
    const runs: Run[] = [];
    if (!first) return runs;
    const add = (font: ReportFont, part: string) => {
      const last = runs.at(-1);
      if (last?.font === font) last.text += part;
      else runs.push({ font, text: part });
    };
    for (const letter of text) {
      const codePoint = letter.codePointAt(0) ?? 0;
      const font = fonts.find((one) => one.has(codePoint));
      if (font) add(font, letter);
      else if (codePoint >= 0x20) add(first, `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`);
    }
    return runs;
  }
}
