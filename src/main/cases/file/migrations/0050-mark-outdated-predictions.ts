import type { Migration } from './migration.ts';

/** A case whose inputs were saved again without a new prediction keeps the old one, marked as no longer its own. */
export const markOutdatedPredictions: Migration = {
  version: 50,
  name: 'mark outdated predictions',
  up: (db) =>
    db.exec(
      `ALTER TABLE cases ADD COLUMN prediction_outdated INTEGER NOT NULL DEFAULT 0 CHECK (prediction_outdated IN (0, 1));`,
    ),
};
