import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { canonicalJson } from '#shared/canonical-json.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import { AppError } from '#shared/errors.ts';
import { prepared } from '../sql/prepared.ts';
import { bodyVersion, readBody, type StoredBody } from './stored-bodies.ts';

type ImageRow = StoredBody & { sequence: number };

const rowsOf = (db: Database, caseId: string): ImageRow[] =>
  prepared(db, 'SELECT sequence, body, body_version FROM key_images WHERE case_id = ? ORDER BY sequence').all(
    caseId,
  ) as ImageRow[];

/** The key images of a case, without their pixels. Throws `case-unreadable` for a body that cannot be read. */
export const readKeyImages = (db: Database, caseId: string): KeyImage[] =>
  rowsOf(db, caseId).map((row) => readBody('keyImage', row));

export interface KeptPicture {
  mediaType: KeyImage['mediaType'];
  bytes: Uint8Array;
}

/** One picture of a case; undefined where the case has none of this hash. */
export const readPicture = (db: Database, caseId: string, pictureId: string): KeptPicture | undefined => {
  const row = prepared(
    db,
    `SELECT body, body_version, picture FROM key_images WHERE case_id = ? AND picture_id = ? ORDER BY sequence LIMIT 1`,
  ).get(caseId, pictureId) as (StoredBody & { picture: unknown }) | undefined;
  if (!(row?.picture instanceof Uint8Array)) return undefined;
  return { mediaType: readBody('keyImage', row).mediaType, bytes: new Uint8Array(row.picture) };
};

export const pictureIdOf = (picture: Uint8Array): string => createHash('sha256').update(picture).digest('hex');

export const pictureGone = (): AppError =>
  new AppError('key-image-gone', 'A key image is no longer at hand. Take it away or take it again, then save.');

/** Throws where the picture is not the one that the image speaks of. */
export const checkedPicture = (image: Pick<KeyImage, 'id' | 'bytes'>, picture: Uint8Array | undefined): Uint8Array => {
  if (!picture) throw pictureGone();
  if (picture.byteLength === image.bytes && pictureIdOf(picture) === image.id) return picture;
  throw new AppError('internal', 'A key image is not the picture that it says and was not saved.');
};

/**
 * Makes the key images of a case those given. What is there already stays where it is: its bytes are not written again.
 * `pictures`: bytes of those that are not there yet, by their hash.
 */
export const replaceKeyImages = (
  db: Database,
  caseId: string,
  images: readonly KeyImage[],
  pictures: Readonly<Record<string, Uint8Array>>,
): void => {
  const wanted = new Map(images.map((image) => [canonicalJson(image), image]));
  const there = rowsOf(db, caseId).map((row) => ({ ...row, image: readBody('keyImage', row) }));
  const known = new Map(there.map(({ image }) => [image.id, image]));
  const fresh = new Map(wanted);
  for (const { image } of there) fresh.delete(canonicalJson(image));
  // Before anything goes: a picture may stay under another description.
  const added = [...fresh.values()].map((image) => ({
    image,
    picture: checkedPicture(
      image,
      pictures[image.id] ?? (known.has(image.id) ? readPicture(db, caseId, image.id)?.bytes : undefined),
    ),
  }));
  const remove = prepared(db, 'DELETE FROM key_images WHERE sequence = ?');
  for (const { image, sequence } of there) if (!wanted.has(canonicalJson(image))) remove.run(sequence);
  const insert = prepared(
    db,
    'INSERT INTO key_images (case_id, picture_id, body, body_version, picture) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { image, picture } of added)
    insert.run(caseId, image.id, JSON.stringify(image), bodyVersion('keyImage'), picture);
};
