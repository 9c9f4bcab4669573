/** How a sheet stands on its page and in its appendix, the same wherever it is drawn. Pure. */
import type { Words } from '../words/words.ts';
import { type Place, placeBlocks } from './fit-sheet.ts';
import { movedRow } from './make-sheet.ts';
import type { Block, Sheet, SheetPicture } from './sheet.ts';

/** Pictures beside each other; what is more goes below, in the appendix. */
export const PICTURES_BESIDE = 6;

/** The pictures of the page, then those of the appendix: as many as stand beside each other. */
export const pictureGroups = ({ pictures }: Pick<Sheet, 'pictures'>): SheetPicture[][] =>
  Array.from({ length: Math.ceil(pictures.length / PICTURES_BESIDE) }, (_, i) =>
    pictures.slice(i * PICTURES_BESIDE, (i + 1) * PICTURES_BESIDE),
  );

export interface PictureLine {
  readonly label: string;
  readonly isMapped: boolean;
  /** Of each picture of the group; null leaves its place empty. */
  readonly ids: readonly (string | null)[];
}

/** Without the map above, with it below; a line without a picture is none. */
export const pictureLines = (group: readonly SheetPicture[], labels: Sheet['pictureRows']): PictureLine[] =>
  [
    { label: labels.plain, isMapped: false, ids: group.map(({ plain }) => plain) },
    { label: labels.mapped, isMapped: true, ids: group.map(({ mapped }) => mapped) },
  ].filter(({ ids }) => ids.some((id) => id !== null));

export interface LaidOut {
  readonly pictures: readonly SheetPicture[];
  readonly left: readonly Block[];
  readonly right: readonly Block[];
  /** Undefined where nothing stands in it. */
  readonly appendix: { readonly pictures: readonly SheetPicture[][]; readonly blocks: readonly Block[] } | undefined;
}

/** @param withAppendix what had no room on the page is in it all the same */
export const layOut = (sheet: Sheet, places: readonly Place[], words: Words, withAppendix: boolean): LaidOut => {
  const { left, right, overflow } = placeBlocks(sheet.blocks, places, movedRow(words));
  const [first = [], ...others] = pictureGroups(sheet);
  const blocks = [...overflow, ...(withAppendix ? sheet.appendix : [])];
  const isEmpty = others.length === 0 && blocks.length === 0;
  return { pictures: first, left, right, appendix: isEmpty ? undefined : { pictures: others, blocks } };
};
