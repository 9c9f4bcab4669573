/**
 * Old scanners drew overlays into the unused bits of the pixel cells (PS3.3 C.9.2, retired). They are no part of the
 * image, and may be a name.
 */
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import { undefinedLength } from '../scan/element-reader.ts';
import { Refusal } from '../scan/refusal.ts';
import type { DatasetTree, TreeElement } from './tree.ts';

const uint16 = (element: TreeElement | undefined, littleEndian: boolean): number | undefined => {
  if (!element || element.value.length < 2) return undefined;
  const view = new DataView(element.value.buffer, element.value.byteOffset, element.value.byteLength);
  return view.getUint16(0, littleEndian);
};

const numberOf = ({ elements, encoding }: DatasetTree, keyword: string): number | undefined =>
  uint16(
    elements.find((candidate) => candidate.keyword === keyword),
    encoding.littleEndian,
  );

/** Whether an overlay of the dataset (groups 60xx) lies in the pixel cells, or nowhere else that is known. */
const hasOverlayInPixels = ({ elements, encoding }: DatasetTree): boolean => {
  const overlays = elements.filter(({ tag }) => tag >= 0x60000000 && tag <= 0x60ffffff);
  return overlays.some(({ tag }) => {
    const base = tag - (tag % 0x10000);
    const own = (element: number) => overlays.find((candidate) => candidate.tag === base + element);
    // Overlay Bit Position (60xx,0102) is 0 where Overlay Data (60xx,3000) holds the bits (PS3.3 C.9.2).
    return (uint16(own(0x0102), encoding.littleEndian) ?? 0) !== 0 || own(0x3000) === undefined;
  });
};

/** Throws a `Refusal` where an overlay lies in pixels whose bits cannot be cleared: such a file does not leave. */
export const refuseOverlayThatStays = (tree: DatasetTree): void => {
  const isCompressed = tree.pixelData?.length === undefinedLength;
  if (!isCompressed && numberOf(tree, 'BitsAllocated') === 16) return;
  if (hasOverlayInPixels(tree)) throw new Refusal('pixel-description', refusalSentence('overlay-in-pixels'));
};

/** Uncompressed pixel data with the bits outside of BitsStored cleared; itself where there are none. */
export const overlayBitsCleared = (tree: DatasetTree, pixels: Uint8Array): Uint8Array => {
  const allocated = numberOf(tree, 'BitsAllocated');
  const stored = numberOf(tree, 'BitsStored');
  const highBit = numberOf(tree, 'HighBit');
  const isSigned = numberOf(tree, 'PixelRepresentation') === 1;
  if (allocated !== 16 || stored === undefined || highBit === undefined || stored >= 16) return pixels;
  // Many writers extend the sign of signed values through the unused bits, which is no overlay.
  const mask = ((1 << stored) - 1) << (highBit + 1 - stored);
  const cleared = Uint8Array.from(pixels);
  const view = new DataView(cleared.buffer);
  const { littleEndian } = tree.encoding;
  for (let at = 0; at + 2 <= cleared.length; at += 2) {
    const cell = view.getUint16(at, littleEndian);
    const kept = cell & mask;
    const signBit = 1 << highBit;
    const above = isSigned && (cell & signBit) !== 0 ? 0xffff & ~((signBit << 1) - 1) : 0;
    const value = kept | above;
    if (value !== cell) view.setUint16(at, value, littleEndian);
  }
  return cleared;
};
