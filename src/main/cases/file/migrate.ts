import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import { AUDIT_LOG_SINCE, appendAudit } from '../audit/audit-chain.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

export const schemaVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

export const newestVersion = migrations.at(-1)?.version ?? 0;

/** Throws `records-newer` for a schema that this haicast does not know. */
export const refuseNewerVersion = (present: number): void => {
  if (present <= newestVersion) return;
  throw new AppError(
    'records-newer',
    'The case history was written by a newer haicast and was left as it is. Use that version or a later one.',
    { params: { present, newest: newestVersion } },
  );
};

const step = (db: Database, { version, name, up }: Migration): void => {
  const from = schemaVersion(db);
  up(db);
  const orphans = db.pragma('foreign_key_check') as { table: string }[];
  if (orphans.length > 0) {
    throw new AppError('internal', 'The case history could not be brought to its new form and was left as it was.', {
      detail: `${name}: ${orphans.length} rows without the one they belong to, first in ${orphans[0]?.table}`,
    });
  }
  db.pragma(`user_version = ${version}`);
  // A file that is made new has nothing to tell.
  if (from >= AUDIT_LOG_SINCE && hasEntries(db)) {
    const detail = { from, to: version };
    appendAudit(db, {
      at: new Date().toISOString(),
      actor: 'haicast',
      action: 'records.migrated',
      caseId: null,
      detail,
    });
  }
};

const hasEntries = (db: Database): boolean => db.prepare('SELECT 1 FROM audit_log LIMIT 1').get() !== undefined;

/**
 * Brings the file to the newest version (or to `target`, for tests), each step in its own transaction. SQLite knows no
 * change of `foreign_keys` inside one, and a table that others refer to can only be rebuilt without them
 * (https://sqlite.org/lang_altertable.html, section 7): so they are off around the steps and checked inside each.
 */
export const migrate = (db: Database, target = Number.POSITIVE_INFINITY): void => {
  const present = schemaVersion(db);
  refuseNewerVersion(present);
  const pending = migrations.filter(({ version }) => version > present && version <= target);
  if (pending.length === 0) return;
  const enforced = db.pragma('foreign_keys', { simple: true });
  db.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) db.transaction(() => step(db, migration)).immediate();
  } finally {
    db.pragma(`foreign_keys = ${enforced === 1 ? 'ON' : 'OFF'}`);
  }
};
