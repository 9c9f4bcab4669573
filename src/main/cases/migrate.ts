import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import { migrations } from './migrations/index.ts';

export const schemaVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** Brings the file to the newest version (or to `target`, for tests), each step in its own transaction. */
export const migrate = (db: Database, target = Number.POSITIVE_INFINITY): void => {
  const present = schemaVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (present > newest) {
    throw new AppError(
      'records-newer',
      'The case history was written by a newer haicast and was left as it is. Use that version or a later one.',
      { params: { present, newest } },
    );
  }
  for (const { version, sql } of migrations) {
    if (version <= present || version > target) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
};
