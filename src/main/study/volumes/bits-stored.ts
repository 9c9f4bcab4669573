/** Whether the pixels of a stack keep to BitsStored, from one image of it: a scan reads no more pixels than that. */
import type { QualityNote } from '#shared/study/study.ts';
import type { InputFile } from '../bytes/input.ts';
import type { StackRecord } from '../records.ts';
import { firstNumber, firstText } from '../scan/pixel-description.ts';
import { transferSyntax } from '../scan/transfer-syntaxes.ts';
import { decodeVolume } from './decode-volume.ts';
import { middleOf } from './thumbnail.ts';

/**
 * Compressed images would take their codec's time, and a frame in the midst of a large object that of everything before it
 * in an archive: they say it when they are decoded.
 */
const mayExceed = ({ images: [image] }: StackRecord): boolean => {
  const { BitsStored, BitsAllocated, TransferSyntaxUID } = image?.attributes ?? {};
  const { codec } = transferSyntax(firstText(TransferSyntaxUID) ?? '');
  return image?.frame === 0 && codec === 'native' && (firstNumber(BitsStored) ?? 0) < (firstNumber(BitsAllocated) ?? 0);
};

/** An image that cannot be decoded has no note here: it says so itself where it is shown. */
export const bitsStoredNotes = async (
  stack: StackRecord,
  files: readonly InputFile[],
  signal: AbortSignal,
): Promise<QualityNote[]> => {
  const middle = middleOf(stack);
  if (!mayExceed(middle)) return [];
  const volume = await decodeVolume('', middle, files, { signal, progress: () => {} }).catch(() => undefined);
  signal.throwIfAborted();
  return volume?.info.notes ?? [];
};
