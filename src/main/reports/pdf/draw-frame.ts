/** What is on every page: banner and identity at its head; model, dates, hash and page number at its foot. */
import type { Sheet } from '#shared/report/sheet.ts';
import { wordsOf } from '#shared/words/words.ts';
import type { Canvas } from './draw-block.ts';
import { MARGIN, PAPER, SIZE, WIDTH } from './geometry.ts';
import { INK, QUIET, type Style, type Typesetter } from './typesetter.ts';

const PADDING = 3;
const banner: Style = { size: 7.5, weight: 'bold' };
const heading: Style = { size: 13, weight: 'bold' };
const person: Style = { size: 9.5, weight: 'bold' };
const detail: Style = { size: 7, colour: QUIET };
const foot: Style = { size: SIZE.small, colour: QUIET };
const TITLE = WIDTH * 0.38;
const IDENTITY = WIDTH - TITLE;

export interface Frame {
  /** Between these two there is room for the rest. */
  readonly top: number;
  readonly bottom: number;
}

const bannerText = ({ banner: text }: Sheet): string => (text ? `${text.strong} ${text.text}` : '');

const bannerHeight = (set: Typesetter, sheet: Sheet): number =>
  sheet.banner ? set.height(bannerText(sheet), WIDTH - 2 * PADDING, banner) + 2 * PADDING + 4 : 0;

const identityHeight = (set: Typesetter, { identity: [name = '', ...others] }: Sheet): number =>
  set.height(name, IDENTITY, person) + others.reduce((sum, line) => sum + set.height(line, IDENTITY, detail), 0);

const footLines = (sheet: Sheet, hash: string): string[] => {
  const words = wordsOf(sheet.language);
  return [...sheet.footer, `${words.say('report.hash', { hash })} · ${words.say('report.check')}`];
};

const footHeight = (set: Typesetter, sheet: Sheet, hash: string): number =>
  footLines(sheet, hash).reduce((sum, line) => sum + set.height(line, WIDTH - 60, foot), 0) + 3;

export const frameOf = (set: Typesetter, sheet: Sheet, hash: string, title = sheet.title): Frame => {
  const head = Math.max(set.height(title, TITLE - 8, heading), identityHeight(set, sheet));
  return {
    top: MARGIN + bannerHeight(set, sheet) + head + 6,
    bottom: PAPER.height - MARGIN - footHeight(set, sheet, hash),
  };
};

export interface FrameWords {
  hash: string;
  /** Which page of how many. */
  place: string;
  /** In the place of the report's title. */
  heading?: string;
}

export const drawFrame = (canvas: Canvas, set: Typesetter, sheet: Sheet, words: FrameWords): void => {
  let y = MARGIN;
  if (sheet.banner) {
    const height = bannerHeight(set, sheet) - 4;
    canvas.lineWidth(1.2).strokeColor(INK).rect(MARGIN, y, WIDTH, height).stroke();
    set.draw(bannerText(sheet), MARGIN + PADDING, y + PADDING, WIDTH - 2 * PADDING, banner);
    y += height + 4;
  }
  set.draw(words.heading ?? sheet.title, MARGIN, y, TITLE - 8, heading);
  const [name = '', ...others] = sheet.identity;
  let at = y + set.draw(name, MARGIN + TITLE, y, IDENTITY, person);
  for (const line of others) at += set.draw(line, MARGIN + TITLE, at, IDENTITY, detail);

  let below = frameOf(set, sheet, words.hash).bottom + 3;
  canvas
    .lineWidth(0.5)
    .strokeColor(INK)
    .moveTo(MARGIN, below - 2)
    .lineTo(MARGIN + WIDTH, below - 2)
    .stroke();
  set.draw(words.place, MARGIN + WIDTH - 60, below, 60, { ...foot, align: 'right' });
  for (const line of footLines(sheet, words.hash)) below += set.draw(line, MARGIN, below, WIDTH - 60, foot);
};
