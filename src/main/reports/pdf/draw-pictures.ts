/** The key images: one column a role, without the map above and with it below. */
import { PICTURES_BESIDE, type PictureLine, pictureGroups, pictureLines } from '#shared/report/lay-out.ts';
import type { Sheet, SheetPicture } from '#shared/report/sheet.ts';
import type { Canvas } from './draw-block.ts';
import { LINE, MARGIN, SIZE, WIDTH } from './geometry.ts';
import { QUIET, type Style, type Typesetter } from './typesetter.ts';

const GAP = 3;
/** Height of a picture to its width, as the panes are seen. */
const SHAPE = 0.68;
const small: Style = { size: SIZE.small, colour: QUIET };

const shownOf = (sheet: Sheet): readonly SheetPicture[] => pictureGroups(sheet)[0] ?? [];

const cellWidth = (count: number): number => (WIDTH - (PICTURES_BESIDE - 1) * GAP) / Math.max(count, PICTURES_BESIDE);

const linesOf = (sheet: Sheet): PictureLine[] => pictureLines(shownOf(sheet), sheet.pictureRows);

/** Height of the whole, with the gap below it. */
export const pictureRowsHeight = (set: Typesetter, sheet: Sheet): number => {
  const shown = shownOf(sheet);
  const line = set.lineHeight(SIZE.small);
  if (shown.length === 0) return line + 4;
  const captions = Math.max(...shown.map(({ caption }) => set.height(caption, cellWidth(shown.length), small)));
  return linesOf(sheet).length * (cellWidth(shown.length) * SHAPE + GAP + line) + captions + 4;
};

/** Returns the height that it took. */
export const drawPictures = (
  canvas: Canvas,
  set: Typesetter,
  sheet: Sheet,
  images: ReadonlyMap<string, Buffer>,
  top: number,
): number => {
  const shown = shownOf(sheet);
  if (shown.length === 0) set.draw(sheet.pictureRows.none, MARGIN, top, WIDTH, small);
  const width = cellWidth(shown.length);
  const height = width * SHAPE;
  let y = top;
  for (const { label, ids } of linesOf(sheet)) {
    y += set.draw(label, MARGIN, y, WIDTH, small);
    ids.forEach((id, i) => {
      const x = MARGIN + i * (width + GAP);
      const image = images.get(id ?? '');
      if (image) canvas.image(image, x, y, { fit: [width, height], align: 'center', valign: 'center' });
      canvas.lineWidth(0.3).strokeColor(LINE).rect(x, y, width, height).stroke();
    });
    y += height + GAP;
  }
  for (const [i, { caption }] of shown.entries()) set.draw(caption, MARGIN + i * (width + GAP), y - 1, width, small);
  return pictureRowsHeight(set, sheet);
};
