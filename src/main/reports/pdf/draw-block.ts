/** Measures and draws one block of a sheet in a column. */
import { percent } from '#shared/format.ts';
import type { Measured } from '#shared/report/fit-sheet.ts';
import type { Block, Figure, Row } from '#shared/report/sheet.ts';
import { GAP, LINE, SIZE } from './geometry.ts';
import { INK, QUIET, type Style, type Typesetter } from './typesetter.ts';

export type Canvas = PDFKit.PDFDocument;

const FIGURE = { number: 26, beside: 7.2, scale: 7 };
const FRAME = 4;
/** Bars of less than this are drawn on the scale of it, so that nothing is blown up. */
const SMALLEST_SCALE = 0.1;

const styleOf = ({ tone }: Row): Style => ({
  size: SIZE.body,
  weight: tone === 'strong' ? 'bold' : 'regular',
  colour: tone === 'muted' ? QUIET : INK,
});

const inset = ({ framed }: Block): number => (framed ? FRAME : 0);

/** Left edges and widths of a row's cells. */
const cellsOf = ({ widths }: Block, { cells }: Row, width: number): { x: number; width: number; text: string }[] => {
  const [only, ...others] = cells;
  if (only !== undefined && others.length === 0) return [{ x: 0, width, text: only }];
  const total = widths.reduce((sum, one) => sum + one, 0);
  let x = 0;
  return cells.map((text, i) => {
    const whole = ((widths[i] ?? 0) / total) * width;
    const cell = { x, width: i === cells.length - 1 ? whole : whole - GAP.cell, text };
    x += whole;
    return cell;
  });
};

const rowHeight = (set: Typesetter, block: Block, row: Row, width: number): number =>
  Math.max(...cellsOf(block, row, width).map((cell) => set.height(cell.text, cell.width, styleOf(row)))) + GAP.row;

const figureHeight = (set: Typesetter, { beside }: Figure, width: number): number => {
  const left = figureLeft(set, width);
  const lines = beside.reduce((sum, line) => sum + set.height(line, width - left, { size: FIGURE.beside }), 0);
  return Math.max(lines, set.lineHeight(FIGURE.number)) + FIGURE.scale + set.lineHeight(SIZE.small) + 4;
};

const figureLeft = (set: Typesetter, width: number): number =>
  Math.min(width / 3, set.width('>99%', FIGURE.number, 'bold') + 8);

const titleStyle: Style = { size: SIZE.title, weight: 'bold' };

export const measureBlock = (set: Typesetter, block: Block, columnWidth: number): Measured => {
  const width = columnWidth - 2 * inset(block);
  // What goes on from another column has none.
  const title = block.title === '' ? 0 : set.height(block.title, width, titleStyle) + GAP.title;
  const figure = block.figure ? figureHeight(set, block.figure, width) : 0;
  return {
    head: title + figure + GAP.block + 2 * inset(block),
    rows: block.rows.map((row) => rowHeight(set, block, row, width)),
  };
};

/** From 0 to 100 %: the interval as a box, the threshold as a line through it, the probability as a solid mark. */
const drawScale = (canvas: Canvas, set: Typesetter, figure: Figure, x: number, y: number, width: number): void => {
  const { probability, low, high, threshold } = figure;
  const at = (value: number) => x + value * width;
  const middle = y + FIGURE.scale / 2;
  canvas
    .lineWidth(0.6)
    .strokeColor(LINE)
    .moveTo(x, middle)
    .lineTo(x + width, middle)
    .stroke();
  if (low !== null && high !== null) {
    canvas
      .lineWidth(0.8)
      .strokeColor(INK)
      .rect(at(low), y + 1, at(high) - at(low), FIGURE.scale - 2)
      .stroke();
  }
  canvas
    .lineWidth(1)
    .strokeColor(INK)
    .dash(1.5, { space: 1 })
    .moveTo(at(threshold), y - 2)
    .lineTo(at(threshold), y + FIGURE.scale + 2)
    .stroke()
    .undash();
  canvas
    .fillColor(INK)
    .rect(at(probability) - 1.5, y - 0.5, 3, FIGURE.scale + 1)
    .fill();
  const below = y + FIGURE.scale + 1;
  const small: Style = { size: SIZE.small, colour: QUIET };
  set.draw('0%', x, below, 30, small);
  set.draw('100%', x + width - 30, below, 30, { ...small, align: 'right' });
  const label = `${percent(threshold)} ┆`;
  const place = Math.min(Math.max(at(threshold) - 20, x + 20), x + width - 60);
  set.draw(label.replace(' ┆', ''), place, below, 40, small);
};

const drawFigure = (canvas: Canvas, set: Typesetter, figure: Figure, x: number, y: number, width: number): number => {
  const left = figureLeft(set, width);
  set.draw(figure.text, x, y - 4, left, { size: FIGURE.number, weight: 'bold' });
  let at = y;
  for (const line of figure.beside) at += set.draw(line, x + left, at, width - left, { size: FIGURE.beside });
  const height = figureHeight(set, figure, width);
  drawScale(canvas, set, figure, x, y + height - FIGURE.scale - set.lineHeight(SIZE.small) - 3, width);
  return height;
};

/** For response to the right and filled, against it to the left and empty: told apart without colour. */
const drawBar = (canvas: Canvas, value: number, largest: number, x: number, y: number, width: number): void => {
  const middle = x + width / 2;
  const length = (Math.abs(value) / largest) * (width / 2 - 1);
  const height = SIZE.body * 0.62;
  const top = y + SIZE.body * 0.38;
  canvas
    .lineWidth(0.4)
    .strokeColor(LINE)
    .moveTo(middle, y)
    .lineTo(middle, y + SIZE.body * 1.3)
    .stroke();
  if (length < 0.2) return;
  if (value > 0) canvas.fillColor(INK).rect(middle, top, length, height).fill();
  else
    canvas
      .lineWidth(0.6)
      .strokeColor(INK)
      .rect(middle - length, top, length, height)
      .stroke();
};

export const drawBlock = (
  canvas: Canvas,
  set: Typesetter,
  block: Block,
  left: number,
  top: number,
  columnWidth: number,
): number => {
  const edge = inset(block);
  const width = columnWidth - 2 * edge;
  const x = left + edge;
  const { head, rows } = measureBlock(set, block, columnWidth);
  const height = head + rows.reduce((sum, one) => sum + one, 0);
  let y = top + edge;
  if (block.title !== '') y += set.draw(block.title, x, y, width, titleStyle) + GAP.title;
  if (!block.framed) {
    canvas
      .lineWidth(0.5)
      .strokeColor(INK)
      .moveTo(x, y - 0.5)
      .lineTo(x + width, y - 0.5)
      .stroke();
  }
  if (block.figure) y += drawFigure(canvas, set, block.figure, x, y + 2, width);
  const largest = Math.max(SMALLEST_SCALE, ...block.rows.map(({ bar = 0 }) => Math.abs(bar)));
  block.rows.forEach((row, i) => {
    const cells = cellsOf(block, row, width);
    cells.forEach((cell, n) => {
      const isNumber = row.bar !== undefined && n === cells.length - 1;
      set.draw(cell.text, x + cell.x, y, cell.width, { ...styleOf(row), align: isNumber ? 'right' : 'left' });
      if (row.bar !== undefined && n === cells.length - 2) drawBar(canvas, row.bar, largest, x + cell.x, y, cell.width);
    });
    y += rows[i] ?? 0;
    if (block.widths.length > 1) {
      canvas
        .lineWidth(0.2)
        .strokeColor(LINE)
        .moveTo(x, y - 0.3)
        .lineTo(x + width, y - 0.3)
        .stroke();
    }
  });
  if (block.framed)
    canvas
      .lineWidth(1.2)
      .strokeColor(INK)
      .rect(left, top, columnWidth, height - GAP.block)
      .stroke();
  return height;
};
