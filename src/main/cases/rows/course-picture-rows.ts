import type { Database } from 'better-sqlite3';
import type { CourseKind } from '#shared/course/course.ts';
import type { CourseImage, ImageSet } from '#shared/course/key-images.ts';
import { prepared } from '../sql/prepared.ts';
import { checkedPicture, type KeptPicture } from './key-image-rows.ts';

/** Bytes of pictures by their hash. */
export type Pictures = Readonly<Record<string, Uint8Array>>;

/** Every picture that entries of a course speak of, superseded or not, once. Their bodies fit their kind. */
export const picturesNamed = (entries: readonly { kind: CourseKind; body?: unknown }[]): CourseImage[] => {
  const images = entries.flatMap(({ kind, body }) => (kind === 'images' && body ? (body as ImageSet).images : []));
  return [...new Map(images.map((image) => [image.id, image])).values()];
};

/** One picture; undefined where the course has none of this hash. */
export const readCoursePicture = (db: Database, caseId: string, pictureId: string): KeptPicture | undefined => {
  const row = prepared(db, 'SELECT media_type, picture FROM course_pictures WHERE case_id = ? AND picture_id = ?').get(
    caseId,
    pictureId,
  ) as { media_type: KeptPicture['mediaType']; picture: unknown } | undefined;
  if (!(row?.picture instanceof Uint8Array)) return undefined;
  return { mediaType: row.media_type, bytes: new Uint8Array(row.picture) };
};

/** Keeps the pictures that are not here yet. Throws `key-image-gone` for one that is in neither of both. */
export const keepCoursePictures = (
  db: Database,
  caseId: string,
  images: readonly CourseImage[],
  pictures: Pictures,
): void => {
  const isHere = prepared(db, 'SELECT 1 FROM course_pictures WHERE case_id = ? AND picture_id = ?');
  const insert = prepared(
    db,
    'INSERT INTO course_pictures (case_id, picture_id, media_type, picture) VALUES (?, ?, ?, ?)',
  );
  for (const image of images) {
    if (isHere.get(caseId, image.id)) continue;
    insert.run(caseId, image.id, image.mediaType, checkedPicture(image, pictures[image.id]));
  }
};
