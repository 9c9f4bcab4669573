import type { Database } from 'better-sqlite3';
import { type Role, roleSchema, type User } from '#shared/identities/identity.ts';
import { hashOf } from '../seal/canonical-json.ts';
import { prepared } from '../sql/prepared.ts';
import { type PasswordHash, passwordHashSchema } from './password.ts';
import type { Failures } from './throttle.ts';

export interface UserRow {
  id: string;
  name: string;
  role: string;
  disabled: number;
  password: string;
  created_at: string;
  failures: number;
  failed_at: string | null;
}

/** A user with what proves them. */
export interface KnownUser extends User, Failures {
  password: PasswordHash;
}

/** One name, whatever case or width it is typed in. */
export const foldedName = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

export const userOf = ({ id, name, role, disabled, created_at: createdAt }: UserRow): User => ({
  id,
  name,
  role: roleSchema.parse(role),
  disabled: disabled === 1,
  createdAt,
});

export const knownOf = (row: UserRow): KnownUser => ({
  ...userOf(row),
  password: passwordHashSchema.parse(JSON.parse(row.password)),
  failures: row.failures,
  failedAt: row.failed_at,
});

/** In the order in which they were added. */
export const readUsers = (db: Database): UserRow[] =>
  prepared(db, 'SELECT * FROM users ORDER BY rowid').all() as UserRow[];

/** Can anybody sign in? With signing in turned off, all are disabled. */
export const hasUsers = (db: Database): boolean =>
  prepared(db, 'SELECT 1 FROM users WHERE disabled = 0 LIMIT 1').get() !== undefined;

export const findUser = (db: Database, by: { id: string } | { name: string }): KnownUser | undefined => {
  const row = (
    'id' in by
      ? prepared(db, 'SELECT * FROM users WHERE id = ?').get(by.id)
      : prepared(db, 'SELECT * FROM users WHERE folded = ?').get(foldedName(by.name))
  ) as UserRow | undefined;
  return row && knownOf(row);
};

export const insertUser = (
  db: Database,
  user: { id: string; name: string; role: Role; password: PasswordHash; at: string },
): void => {
  prepared(
    db,
    `INSERT INTO users (id, name, folded, role, disabled, password, created_at) VALUES (?, ?, ?, ?, 0, ?, ?)`,
  ).run(user.id, user.name.trim(), foldedName(user.name), user.role, JSON.stringify(user.password), user.at);
};

/** A user as another history has them. False where somebody else here has their name, or they are as they are there. */
export const putUser = (db: Database, row: UserRow): boolean => {
  const sameName = findUser(db, { name: row.name });
  if ((sameName && sameName.id !== row.id) || userSeal(db, row.id) === sealed(row)) return false;
  prepared(
    db,
    `INSERT INTO users (id, name, folded, role, disabled, password, created_at, failures, failed_at)
     VALUES (@id, @name, @folded, @role, @disabled, @password, @created_at, @failures, @failed_at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, role = excluded.role,
       disabled = excluded.disabled, password = excluded.password, created_at = excluded.created_at,
       failures = excluded.failures, failed_at = excluded.failed_at`,
  ).run({ ...row, folded: foldedName(row.name) });
  return true;
};

export const updateUser = (
  db: Database,
  { id, role, disabled, password }: Pick<KnownUser, 'id' | 'role' | 'disabled' | 'password'>,
): void => {
  prepared(db, 'UPDATE users SET role = ?, disabled = ?, password = ? WHERE id = ?').run(
    role,
    disabled ? 1 : 0,
    JSON.stringify(password),
    id,
  );
};

export const setFailures = (db: Database, id: string, { failures, failedAt }: Failures): void => {
  prepared(db, 'UPDATE users SET failures = ?, failed_at = ? WHERE id = ?').run(failures, failedAt, id);
};

const sealed = ({ id, name, role, disabled, password, created_at }: UserRow): string =>
  hashOf({ id, name, role, disabled, password, created_at });

/** Undefined where the user is not there. */
export const userSeal = (db: Database, id: string): string | undefined => {
  const row = db.prepare('SELECT * FROM users WHERE id = ?').get(id) as UserRow | undefined;
  return row && sealed(row);
};

/** Every user's seal; none in a file from before there were users. */
export const userSeals = (db: Database): Map<string, string> => {
  if (db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'users'`).get() === undefined) return new Map();
  return new Map(readUsers(db).map((row) => [row.id, sealed(row)]));
};
