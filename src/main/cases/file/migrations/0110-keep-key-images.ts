import type { Migration } from './migration.ts';

/**
 * Pictures of a case that stay when its study is gone. In a table of their own, so that no list and no other read of a
 * case carries their bytes; what changes meaning stands in the body, and `picture_id` is the hash of the picture.
 */
export const keepKeyImages: Migration = {
  version: 110,
  name: 'keep key images',
  up: (db) =>
    db.exec(`
    CREATE TABLE key_images (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES cases (id),
      picture_id TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL,
      picture BLOB NOT NULL
    ) STRICT;
    CREATE INDEX key_images_by_case ON key_images (case_id, sequence);
  `),
};
