/**
 * Old scanners drew overlays into the unused bits of the pixel cells (PS3.3 C.9.2, retired). They are no part of the
 * image, and may be a name.
 */
import type { DatasetTree } from './tree.ts';

const numberOf = (tree: DatasetTree, keyword: string): number | undefined => {
  const element = tree.elements.find((candidate) => candidate.keyword === keyword);
  if (!element || element.value.length < 2) return undefined;
  const view = new DataView(element.value.buffer, element.value.byteOffset, element.value.byteLength);
  return view.getUint16(0, tree.encoding.littleEndian);
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
