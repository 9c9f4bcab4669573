/** A report on paper: one A4 page by rule, an appendix where one is asked for or needed. PDF/A-2b, equal for equal content. */
import PDFDocument from 'pdfkit';
import { canonicalJson } from '#shared/canonical-json.ts';
import { fitBlocks, type Measured, type Place } from '#shared/report/fit-sheet.ts';
import { layOut } from '#shared/report/lay-out.ts';
import { makeSheet } from '#shared/report/make-sheet.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Block, Sheet, SheetPicture } from '#shared/report/sheet.ts';
import { wordsOf } from '#shared/words/words.ts';
import { contentHash, emptyDigest, withDigest } from '../embedded-report.ts';
import { type Canvas, drawBlock, measureBlock } from './draw-block.ts';
import { drawFrame, frameOf } from './draw-frame.ts';
import { drawPictures, pictureRowsHeight } from './draw-pictures.ts';
import { COLUMN, DENSITIES, GUTTER, MARGIN, SIZE } from './geometry.ts';
import { asPng, type ReportPicture } from './pictures.ts';
import { Typesetter } from './typesetter.ts';

const newDocument = (content: ReportContent): Canvas => {
  const at = new Date(content.date);
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: content.language,
    // Names nobody: a title is shown where a file is not yet opened.
    info: { Title: 'haicast report', Producer: 'haicast', Creator: 'haicast', CreationDate: at, ModDate: at },
  });
};

/** Places in the largest type in which nothing leaves the page; where even the smallest has no room, in that. */
const placesOf = (canvas: Canvas, sheet: Sheet, hash: string): { set: Typesetter; places: Place[] } => {
  const ofFrame = new Typesetter(canvas, sheet.language);
  const frame = frameOf(ofFrame, sheet, hash);
  const room = frame.bottom - frame.top - pictureRowsHeight(ofFrame, sheet);
  const inType = (density: number) => {
    const set = new Typesetter(canvas, sheet.language, density);
    const measure = (block: Block) => measureBlock(set, block, COLUMN);
    return { set, places: fitBlocks(sheet.blocks, { room, measure, movedHeight: set.lineHeight(SIZE.body) + 1 }) };
  };
  const isWhole = (places: readonly Place[]) =>
    places.every(({ id, rows }) => rows === sheet.blocks.find((block) => block.id === id)?.rows.length);
  let last = inType(DENSITIES[0]);
  for (const density of DENSITIES.slice(1)) {
    if (isWhole(last.places)) break;
    last = inType(density);
  }
  return last;
};

/** How the report stands on paper, for who draws it elsewhere. */
export const placesOnPaper = (content: ReportContent): Place[] =>
  placesOf(newDocument(content), makeSheet(content, wordsOf(content.language)), contentHash(content)).places;

const drawColumn = (canvas: Canvas, set: Typesetter, blocks: readonly Block[], x: number, top: number): void => {
  let y = top;
  for (const block of blocks) y += drawBlock(canvas, set, block, x, y, COLUMN);
};

const heightOf = ({ head, rows }: Measured): number => head + rows.reduce((sum, one) => sum + one, 0);

/** How many rows of a block fit into `room`, with its head. */
const rowsWithin = ({ head, rows }: Measured, room: number): number => {
  let left = room - head;
  const first = rows.findIndex((height) => {
    left -= height;
    return left < 0;
  });
  return first < 0 ? rows.length : first;
};

/** Key images that had no room on the page: a group below the other, on pages of the appendix. Answers where the last ends. */
const drawMorePictures = (
  canvas: Canvas,
  set: Typesetter,
  sheet: Sheet,
  { groups, hash, images }: { groups: readonly SheetPicture[][]; hash: string; images: ReadonlyMap<string, Buffer> },
): number | undefined => {
  const frame = frameOf(set, sheet, hash, sheet.words.appendix);
  let y: number | undefined;
  for (const pictures of groups) {
    const group = { ...sheet, pictures };
    if (y === undefined || y + pictureRowsHeight(set, group) > frame.bottom) {
      canvas.addPage();
      y = frame.top;
    }
    y += drawPictures(canvas, set, group, images, y);
  }
  return y;
};

/** Blocks below each other, column by column and page by page; one that is longer than the rest of a column goes on in the next. */
const drawAppendix = (
  canvas: Canvas,
  set: Typesetter,
  sheet: Sheet,
  { hash, blocks, begun }: { hash: string; blocks: readonly Block[]; begun: number | undefined },
): void => {
  const frame = frameOf(set, sheet, hash, sheet.words.appendix);
  const whole = frame.bottom - frame.top;
  // Where pictures have begun a page, its columns are below them.
  let top = begun ?? frame.top;
  let [column, y] = begun === undefined ? [1, frame.bottom] : [0, begun];
  const next = () => {
    column = 1 - column;
    if (column === 0) {
      canvas.addPage();
      top = frame.top;
    }
    y = top;
  };
  const draw = (block: Block) => {
    y += drawBlock(canvas, set, block, MARGIN + column * (COLUMN + GUTTER), y, COLUMN);
  };
  for (const block of blocks) {
    let rest = block;
    // What fits into a column is not divided.
    if (
      heightOf(measureBlock(set, block, COLUMN)) <= whole &&
      heightOf(measureBlock(set, block, COLUMN)) > frame.bottom - y
    )
      next();
    while (rest.rows.length > 0) {
      const fitting = rowsWithin(measureBlock(set, rest, COLUMN), frame.bottom - y);
      // A row that is higher than a column is drawn all the same.
      const taken = fitting === 0 && y === frame.top && top === frame.top ? 1 : fitting;
      if (taken > 0) draw({ ...rest, rows: rest.rows.slice(0, taken) });
      rest = { ...rest, title: taken > 0 ? '' : rest.title, rows: rest.rows.slice(taken) };
      if (rest.rows.length > 0) next();
    }
  }
};

/** PDFKit's reference to the catalogue has no type. */
interface WithRoot {
  _root: { data: Record<string, unknown> };
}
const hasRoot = (document: unknown): document is WithRoot =>
  typeof document === 'object' && document !== null && '_root' in document;

/** What the report says, as private data of this program (ISO 32000-1, 14.5), which PDF/A leaves to itself. */
const embed = (canvas: Canvas, content: ReportContent): void => {
  if (!hasRoot(canvas)) throw new Error('PDFKit keeps its catalogue elsewhere now');
  const own = canvas.ref({ Type: 'HaicastReport', Digest: Buffer.from(emptyDigest, 'hex') });
  Object.assign(own, { compress: false });
  own.end(Buffer.from(canonicalJson(content), 'utf8'));
  canvas._root.data.PieceInfo = { Haicast: { LastModified: new Date(content.date), Private: own } };
};

const bytesOf = (canvas: Canvas): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    canvas.on('data', (chunk: Buffer) => chunks.push(chunk));
    canvas.on('end', () => resolve(Buffer.concat(chunks)));
    canvas.on('error', reject);
    canvas.end();
  });

export interface PdfOptions {
  /** Of the content's pictures; one that is not there leaves its place empty. */
  pictures: ReadonlyMap<string, ReportPicture>;
  appendix: boolean;
}

export const makeReportPdf = async (content: ReportContent, { pictures, appendix }: PdfOptions): Promise<Buffer> => {
  const canvas = newDocument(content);
  const set = new Typesetter(canvas, content.language);
  const words = wordsOf(content.language);
  const sheet = makeSheet(content, words);
  const hash = contentHash(content);
  const { set: column, places } = placesOf(canvas, sheet, hash);
  const laidOut = layOut(sheet, places, words, appendix);
  const frame = frameOf(set, sheet, hash);
  const images = new Map<string, Buffer>();
  for (const [id, picture] of pictures) images.set(id, await asPng(picture));

  canvas.addPage();
  const top = frame.top + drawPictures(canvas, set, sheet, images, frame.top);
  drawColumn(canvas, column, laidOut.left, MARGIN, top);
  drawColumn(canvas, column, laidOut.right, MARGIN + COLUMN + GUTTER, top);
  const { pictures: groups = [], blocks = [] } = laidOut.appendix ?? {};
  const begun = drawMorePictures(canvas, set, sheet, { groups, hash, images });
  drawAppendix(canvas, set, sheet, { hash, blocks, begun });
  const { count } = canvas.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    canvas.switchToPage(page);
    const place = words.say('report.page', { n: page + 1, total: count });
    drawFrame(canvas, set, sheet, { hash, place, ...(page === 0 ? {} : { heading: sheet.words.appendix }) });
  }
  embed(canvas, content);
  return withDigest(await bytesOf(canvas), 'pdf');
};
