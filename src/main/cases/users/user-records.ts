import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import type { Role, User } from '#shared/identities/identity.ts';
import { type Actor, PROGRAM } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import type { PasswordHash } from './password.ts';
import { NO_FAILURES } from './throttle.ts';
import {
  findUser,
  foldedName,
  hasUsers,
  insertUser,
  type KnownUser,
  knownOf,
  putUser,
  readUsers,
  setFailures,
  type UserRow,
  updateUser,
  userOf,
  userSeal,
} from './user-rows.ts';

/** How the store lets others read and change it: one transaction, with its errors in words. */
export interface StoreAccess {
  read<T>(work: (db: Database) => T): T;
  change<T>(work: (db: Database, at: string) => T): T;
}

export interface UserChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  password?: PasswordHash | undefined;
}

/** Why a sign-in failed, for the audit log: whoever tries is told of none of them. */
export type SignInFailure = 'password' | 'disabled' | 'unknown' | 'waiting';

const unknownUser = () => new AppError('user-unknown', 'This user is not there. Look at the list again.');

/** Users of the workstation, in the records: every change is a transaction with its audit entry. */
export class UserRecords {
  readonly #store: StoreAccess;

  constructor(store: StoreAccess) {
    this.#store = store;
  }

  /** Does anybody have to sign in? */
  any(): boolean {
    return this.#store.read(hasUsers);
  }

  list(): User[] {
    return this.#store.read((db) => readUsers(db).map(userOf));
  }

  find(by: { id: string } | { name: string }): KnownUser | undefined {
    return this.#store.read((db) => findUser(db, by));
  }

  /** Throws `user-exists`, `user-name-taken` (the program's own) and, for the first one, `first-administrator`. */
  add(user: { name: string; role: Role; password: PasswordHash }, actor: Actor): User {
    return this.#store.change((db, at) => {
      if (foldedName(user.name) === PROGRAM) {
        throw new AppError('user-name-taken', 'haicast keeps this name for itself. Choose another one.');
      }
      if (findUser(db, { name: user.name })) {
        throw new AppError('user-exists', 'There is a user of this name already. Choose another name.');
      }
      if (!hasUsers(db) && user.role !== 'administrator') {
        throw new AppError('first-administrator', 'The first user has to be an administrator, who adds the others.');
      }
      const id = randomUUID();
      insertUser(db, { id, ...user, at });
      const detail = { user: id, who: user.name.trim(), role: user.role, hash: userSeal(db, id) };
      appendAudit(db, { at, actor, action: 'user.added', caseId: null, detail });
      return this.#of(db, id);
    });
  }

  /** Throws `user-unknown`, and `last-administrator` where nobody could add or change users afterwards. */
  change(id: string, { role, disabled, password }: UserChange, actor: Actor): User {
    return this.#store.change((db, at) => {
      const before = findUser(db, { id });
      if (!before) throw unknownUser();
      const after = {
        id,
        role: role ?? before.role,
        disabled: disabled ?? before.disabled,
        password: password ?? before.password,
      };
      updateUser(db, after);
      // Who is given a new password, or let in again, does not wait for what was mistyped before.
      if (password || disabled === false) setFailures(db, id, NO_FAILURES);
      const administers = readUsers(db).some((one) => one.role === 'administrator' && one.disabled === 0);
      if (!administers) {
        throw new AppError(
          'last-administrator',
          'This is the last administrator. Make somebody else an administrator first.',
        );
      }
      const detail = {
        user: id,
        who: before.name,
        ...(after.role === before.role ? {} : { role: after.role }),
        ...(after.disabled === before.disabled ? {} : { disabled: after.disabled }),
        ...(password ? { password: true } : {}),
        hash: userSeal(db, id),
      };
      appendAudit(db, { at, actor, action: 'user.changed', caseId: null, detail });
      return this.#of(db, id);
    });
  }

  /** Nobody signs in any more: everybody is disabled, and stays known. */
  turnOff(actor: Actor): void {
    this.#store.change((db, at) => {
      appendAudit(db, { at, actor, action: 'users.turned-off', caseId: null, detail: {} });
      for (const row of readUsers(db).filter(({ disabled }) => disabled === 0)) {
        const { id, role, password } = knownOf(row);
        updateUser(db, { id, role, password, disabled: true });
        const detail = { user: id, who: row.name, disabled: true, hash: userSeal(db, id) };
        appendAudit(db, { at, actor, action: 'user.changed', caseId: null, detail });
      }
    });
  }

  /** Everybody, to be kept in another history. */
  rows(): UserRow[] {
    return this.#store.read(readUsers);
  }

  /** Makes users what they are in another history: a backup brings back no password, and nobody who was disabled since. */
  keepAsThere(rows: readonly UserRow[], actor: Actor): void {
    this.#store.change((db, at) => {
      for (const row of rows) {
        const { id, name: who, role } = row;
        const action = findUser(db, { id }) ? 'user.changed' : 'user.added';
        if (!putUser(db, row)) continue;
        const detail = { user: id, who, role, disabled: row.disabled === 1, hash: userSeal(db, id) };
        appendAudit(db, { at, actor, action, caseId: null, detail });
      }
    });
  }

  /** Keeps that a sign-in failed. What was typed as a name that nobody has is not kept: it may be a password. */
  signInFailed(user: KnownUser | undefined, reason: SignInFailure): void {
    this.#store.change((db, at) => {
      // An attempt that was not heard makes nobody wait longer.
      const failures = (user?.failures ?? 0) + (reason === 'waiting' ? 0 : 1);
      if (user && reason !== 'waiting') setFailures(db, user.id, { failures, failedAt: at });
      const detail = { ...(user ? { user: user.id, who: user.name, failures } : {}), reason };
      appendAudit(db, { at, actor: PROGRAM, action: 'user.sign-in-failed', caseId: null, detail });
    });
  }

  signedIn({ id, name }: User): void {
    this.#store.change((db, at) => {
      setFailures(db, id, NO_FAILURES);
      appendAudit(db, { at, actor: { name, identity: id }, action: 'user.signed-in', caseId: null, detail: {} });
    });
  }

  #of(db: Database, id: string): User {
    const user = findUser(db, { id });
    if (!user) throw unknownUser();
    const { password: _password, failures: _failures, failedAt: _at, ...shown } = user;
    return shown;
  }
}
