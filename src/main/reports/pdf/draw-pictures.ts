/** The key images: one column a role, without the map above and with it below. */
import type { Sheet, SheetPicture } from '#shared/report/sheet.ts';
import type { Canvas } from './draw-block.ts';
import { LINE, MARGIN, SIZE, WIDTH } from './geometry.ts';
import { QUIET, type Style, type Typesetter } from './typesetter.ts';

/** Beside each other; what is more goes below, in the appendix. */
const MOST = 6;
const GAP = 3;
/** Height of a picture to its width, as the panes are seen. */
const SHAPE = 0.68;
const small: Style = { size: SIZE.small, colour: QUIET };

/** The pictures of the page, then those of the appendix: as many as stand beside each other. */
export const pictureGroups = ({ pictures }: Pick<Sheet, 'pictures'>): SheetPicture[][] =>
  Array.from({ length: Math.ceil(pictures.length / MOST) }, (_, i) => pictures.slice(i * MOST, (i + 1) * MOST));

const shownOf = (sheet: Sheet): readonly SheetPicture[] => pictureGroups(sheet)[0] ?? [];

const cellWidth = (count: number): number => (WIDTH - (MOST - 1) * GAP) / Math.max(count, MOST);

const rowsOf = (sheet: Sheet): { label: string; of: (picture: SheetPicture) => string | null }[] => {
  const shown = shownOf(sheet);
  const rows = [
    { label: sheet.pictureRows.plain, of: ({ plain }: SheetPicture) => plain },
    { label: sheet.pictureRows.mapped, of: ({ mapped }: SheetPicture) => mapped },
  ];
  return rows.filter(({ of }) => shown.some((picture) => of(picture) !== null));
};

/** Height of the whole, with the gap below it. */
export const pictureRowsHeight = (set: Typesetter, sheet: Sheet): number => {
  const shown = shownOf(sheet);
  const line = set.lineHeight(SIZE.small);
  if (shown.length === 0) return line + 4;
  const captions = Math.max(...shown.map(({ caption }) => set.height(caption, cellWidth(shown.length), small)));
  return rowsOf(sheet).length * (cellWidth(shown.length) * SHAPE + GAP + line) + captions + 4;
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
  for (const { label, of } of rowsOf(sheet)) {
    y += set.draw(label, MARGIN, y, WIDTH, small);
    shown.forEach((picture, i) => {
      const x = MARGIN + i * (width + GAP);
      const image = images.get(of(picture) ?? '');
      if (image) canvas.image(image, x, y, { fit: [width, height], align: 'center', valign: 'center' });
      canvas.lineWidth(0.3).strokeColor(LINE).rect(x, y, width, height).stroke();
    });
    y += height + GAP;
  }
  for (const [i, { caption }] of shown.entries()) set.draw(caption, MARGIN + i * (width + GAP), y - 1, width, small);
  return pictureRowsHeight(set, sheet);
};
