import type { KeyImage } from '#shared/cases/key-image.ts';

/** A key image whose picture has the hash of `letter` only. */
export const keyImage = (letter: string, origin: KeyImage['origin'], changes: Partial<KeyImage> = {}): KeyImage => ({
  id: letter.repeat(64),
  mediaType: 'image/webp',
  bytes: 1_000,
  role: 'arterial',
  seriesId: 's',
  sliceIndex: 0,
  origin,
  takenAt: '2026-01-01T00:00:00Z',
  ...changes,
});
