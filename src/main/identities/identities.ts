import { SHORTEST_PASSPHRASE } from '#shared/cases/passphrase.ts';
import { AppError } from '#shared/errors.ts';
import {
  defaultRoles,
  type IdentityStatus,
  type ManagedRoles,
  mayAs,
  type Right,
  type RightsTable,
  type Role,
  rights,
  type User,
} from '#shared/identities/identity.ts';
import { type Actor, PROGRAM } from '../cases/audit/actor.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import { fitsPassword, hashPassword, type PasswordCost } from '../cases/users/password.ts';
import { type Failures, NO_FAILURES, waitFor } from '../cases/users/throttle.ts';
import { foldedName, type KnownUser } from '../cases/users/user-rows.ts';
import type { Vault } from '../cases/vault.ts';

export interface IdentitiesOptions {
  vault: Vault;
  /** What entries are kept under while there are no users. */
  singleName: () => string;
  /** From the administrator's file. */
  managedRoles?: ManagedRoles | undefined;
  /** Told when somebody signs in or out, or what they may do changes. */
  changed: () => void;
  /** Does work of somebody else than `owner` stand in no record? */
  unsavedOfOthers: (owner: string) => boolean;
  /** The work from before there were users is the first user's. */
  adoptWork: (from: string, to: string) => void;
  now?: () => Date;
  /** Of passwords to come; tests take a cheaper one. */
  cost?: PasswordCost;
}

/** Whose unsaved work is who's, where nobody signs in. */
export const SINGLE = 'single';

const signInNeeded = () => new AppError('sign-in-needed', 'Sign in first.');

const failed = () =>
  new AppError('sign-in-failed', 'Name or password do not fit. Check the keyboard layout, then try again.');

const mustWait = (ms: number) =>
  new AppError('sign-in-wait', 'Too many attempts. Wait a little, then try again.', {
    params: { seconds: Math.ceil(ms / 1_000) },
  });

const tooShort = () => new AppError('password-too-short', 'A password needs at least 8 characters.');

const mustChangePassword = () =>
  new AppError('password-must-change', 'This password was handed out by an administrator. Choose your own first.');

const samePassword = () => new AppError('password-same', 'This is the password that you have. Choose another one.');

const unsavedOfOthers = () =>
  new AppError(
    'sign-in-off-unsaved',
    'Somebody else has work here that is in no record. Let them save it, or start haicast anew; then turn signing in off.',
  );

const turnOnByAdministrator = () =>
  new AppError(
    'turn-on-administrator',
    'Signing in is turned on again by an administrator of before, or by a new one.',
  );

const signInOff = () =>
  new AppError(
    'sign-in-off',
    'Signing in is off, and users stay as they are. An administrator of before turns it on again.',
  );

const isHandedOut = ({ password }: KnownUser): boolean => password.handedOut === true;

/** Names that nobody has are throttled like those that somebody has; of more than these, the oldest are forgotten. */
const MOST_NAMES = 1_000;

const remember = <T>(names: Map<string, T>, name: string, value: T): void => {
  names.delete(name);
  names.set(name, value);
  for (const oldest of [...names.keys()].slice(0, -MOST_NAMES)) names.delete(oldest);
};

/**
 * Who is at the workstation. One person at a time, in all windows of one application: the users are in the records, and who
 * signed in is known in memory only.
 */
export class Identities {
  readonly #options: IdentitiesOptions;
  readonly #table: RightsTable;
  /** With the opened history: who signed in to it is signed out once it is closed, and opened again by whoever. */
  #signedIn: { id: string; history: RecordsStore } | undefined;
  #last: Pick<User, 'id' | 'name'> | undefined;
  readonly #unknown = new Map<string, Failures>();
  /** Waits of which an attempt that was not heard is in the log, by whose they are: the first of each, or a machine would fill it. */
  readonly #noted = new Map<string, string | null>();
  /** One attempt after the other: many at once would be heard before the first of them has failed. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: IdentitiesOptions) {
    this.#options = options;
    const managed = Object.entries(options.managedRoles ?? {}).filter(([, role]) => role !== undefined);
    this.#table = { ...defaultRoles, ...Object.fromEntries(managed) };
  }

  /** Nobody has to sign in. */
  get #isSingle(): boolean {
    return !this.#options.vault.hasUsers();
  }

  /** Undefined where nobody is signed in, was disabled meanwhile, or the records that hold the users are not open. */
  #user(): KnownUser | undefined {
    if (this.#signedIn === undefined) return undefined;
    try {
      const history = this.#options.vault.store();
      const user = history === this.#signedIn.history ? history.users.find({ id: this.#signedIn.id }) : undefined;
      if (user && !user.disabled) return user;
    } catch {
      // Locked or damaged: who it is can no longer be told.
    }
    this.#signedIn = undefined;
    return undefined;
  }

  /** Who the next entry of the audit log is of. */
  actor(): Actor {
    if (this.#isSingle) {
      const name = this.#options.singleName();
      return foldedName(name) === PROGRAM ? `${name} (user)` : name;
    }
    const user = this.#user();
    return user ? { name: user.name, identity: user.id } : PROGRAM;
  }

  /** Whose unsaved work is handled: of who is here, or was here last. */
  owner(): string {
    return this.#isSingle ? SINGLE : (this.#last?.id ?? SINGLE);
  }

  status(): IdentityStatus {
    if (this.#isSingle) return { mode: 'single', user: null, rights: [...rights], unsavedOfOthers: false };
    const user = this.#user();
    const mustChange = user !== undefined && isHandedOut(user);
    return {
      mode: 'users',
      user: user ? { id: user.id, name: user.name, role: user.role } : null,
      ...(mustChange ? { mustChange } : {}),
      rights: user && !mustChange ? rights.filter((right) => mayAs(user.role, this.#table[right])) : [],
      ...(this.#last ? { last: this.#last.name } : {}),
      unsavedOfOthers: this.#options.unsavedOfOthers(this.owner()),
    };
  }

  /** Throws `sign-in-needed`, `password-must-change`, or `not-allowed` with the role that may. */
  assertMay(right: Right): void {
    if (this.#isSingle) return;
    const user = this.#user();
    if (!user) throw signInNeeded();
    if (isHandedOut(user)) throw mustChangePassword();
    const role = this.#table[right];
    if (mayAs(user.role, role)) return;
    throw new AppError('not-allowed', `This is for the role ${role} on. Ask somebody who has it.`, {
      params: { userRole: role },
    });
  }

  /** The history is open, and its users cannot be read: nobody can sign in to mend it. */
  nobodyCanSignIn(): boolean {
    const { vault } = this.#options;
    if (this.#isSingle || vault.status().state !== 'open') return false;
    try {
      vault.store().users.list();
      return false;
    } catch {
      return true;
    }
  }

  /** Throws `sign-in-failed`, which says not why; `sign-in-wait` while attempts for this name are not heard. */
  signIn(name: string, password: string): Promise<IdentityStatus> {
    return this.#inTurn(async () => {
      const user = await this.#proved(name, password, (one) => !one.disabled);
      this.#leave('change');
      this.#enter(user);
      this.#options.vault.store().users.signedIn(user);
      this.#options.changed();
      return this.status();
    });
  }

  /**
   * Nobody signs in any more: what is kept from now on carries the name of the settings, which nobody proves. Users stay known,
   * disabled. Throws `sign-in-failed` where the password of who is here does not fit, `sign-in-off-unsaved`.
   */
  turnOff(password: string): Promise<IdentityStatus> {
    return this.#inTurn(async () => {
      const user = await this.#ownPassword(password);
      if (this.#options.unsavedOfOthers(user.id)) throw unsavedOfOthers();
      this.#options.vault.store().users.turnOff(this.actor());
      // Before anybody asks: the keys file is told.
      this.#options.vault.hasUsers();
      [this.#signedIn, this.#last] = [undefined, undefined];
      this.#options.adoptWork(user.id, SINGLE);
      this.#options.changed();
      return this.status();
    });
  }

  /** Everybody signs in again, from an administrator of before on, who lets the others in. Throws what `signIn` does, and `turn-on-administrator`. */
  turnOn(name: string, password: string): Promise<IdentityStatus> {
    return this.#inTurn(async () => {
      if (!this.#isSingle) throw signInNeeded();
      const user = await this.#proved(name, password, () => true);
      if (user.role !== 'administrator') throw turnOnByAdministrator();
      this.#begin(user, (users) => users.change(user.id, { disabled: false }, this.actor()));
      this.#options.changed();
      return this.status();
    });
  }

  /** Nobody is signed in any more; their work stays for them. Does nothing where nobody is. */
  lock(by: 'idle' | 'hand'): IdentityStatus {
    if (!this.#isSingle) {
      this.#leave(by);
      this.#options.changed();
    }
    return this.status();
  }

  /** Throws `sign-in-failed` where the present password does not fit, throttled like a sign-in, and `password-same`. */
  changePassword(current: string, password: string): Promise<void> {
    return this.#inTurn(async () => {
      const { id } = await this.#ownPassword(current);
      if (password === current) throw samePassword();
      this.#options.vault.store().users.change(id, { password: await this.#hash(password) }, this.actor());
      this.#options.changed();
    });
  }

  list(): User[] {
    return this.#options.vault.store().users.list();
  }

  /** The first one has to be an administrator, and is signed in at once. */
  add({ name, role, password }: { name: string; role: Role; password: string }): Promise<User> {
    return this.#inTurn(async () => {
      const { users } = this.#options.vault.store();
      const hash = await this.#hash(password);
      if (this.#isSingle) {
        const first = this.#begin(undefined, () => users.add({ name, role, password: hash }, this.actor()));
        this.#options.changed();
        return first;
      }
      const user = users.add({ name, role, password: { ...hash, handedOut: true } }, this.actor());
      this.#options.changed();
      return user;
    });
  }

  /**
   * A user that is disabled or has another password is no longer signed in by the old one; a password of somebody else is handed
   * out, and changed when they first sign in. Throws `sign-in-off`.
   */
  change(
    id: string,
    { password, ...change }: { role?: Role | undefined; disabled?: boolean | undefined; password?: string | undefined },
  ): Promise<User> {
    return this.#inTurn(async () => {
      // While nobody signs in, whoever is there would become somebody else.
      if (this.#isSingle) throw signInOff();
      const { users } = this.#options.vault.store();
      const isOwn = this.#user()?.id === id;
      const hash =
        password === undefined
          ? {}
          : { password: { ...(await this.#hash(password)), ...(isOwn ? {} : { handedOut: true as const }) } };
      const user = users.change(id, { ...change, ...hash }, this.actor());
      this.#options.changed();
      return user;
    });
  }

  /**
   * Gives an administrator another password for the recovery key of the history, which opens everything anyway; where signing
   * in was turned off, it is on again. Throws `recovery-key-wrong` and what it says of a mistyped one.
   */
  recover(recoveryKey: string, name: string, password: string): Promise<IdentityStatus> {
    return this.#inTurn(async () => {
      const { vault } = this.#options;
      vault.assertRecoveryKey(recoveryKey);
      const { users } = vault.store();
      const user = users.find({ name });
      if (user?.role !== 'administrator') {
        throw new AppError(
          'recover-administrator',
          'This is not the name of an administrator. Others get a new password from one.',
        );
      }
      const change = { password: await this.#hash(password), disabled: false };
      if (this.#isSingle) this.#begin(user, () => users.change(user.id, change, PROGRAM));
      else {
        users.change(user.id, change, PROGRAM);
        this.#leave('change');
        this.#enter(user);
        users.signedIn(user);
      }
      this.#options.changed();
      return this.status();
    });
  }

  /** Somebody signs in from now on, before the records are open, too; the work from before is theirs. */
  #begin(known: KnownUser | undefined, write: (users: RecordsStore['users']) => User): User {
    const { users } = this.#options.vault.store();
    if (known) this.#options.vault.note({ action: 'users.turned-on', caseId: null, detail: { who: known.name } });
    const user = write(users);
    this.#options.vault.hasUsers();
    this.#options.adoptWork(SINGLE, user.id);
    this.#enter(user);
    users.signedIn(user);
    return user;
  }

  /** The user of this name and password whom `may` lets in; every other answer is the same failure. */
  async #proved(name: string, password: string, may: (user: KnownUser) => boolean): Promise<KnownUser> {
    const { users } = this.#options.vault.store();
    const user = users.find({ name });
    const folded = foldedName(name);
    const before = user ?? this.#unknown.get(folded) ?? NO_FAILURES;
    this.#assertHeard(user, folded, before);
    const fits = await fitsPassword(user?.password, password, this.#options.cost);
    if (user && fits && may(user)) return user;
    users.signInFailed(user, user ? (fits ? 'disabled' : 'password') : 'unknown');
    if (!user) this.#failedUnknown(folded, before);
    throw failed();
  }

  /** Who is signed in, once more proved by their password: throttled like a sign-in. */
  async #ownPassword(password: string): Promise<KnownUser> {
    const user = this.#user();
    if (!user) throw signInNeeded();
    this.#assertHeard(user, foldedName(user.name), user);
    const fits = await fitsPassword(user.password, password, this.#options.cost);
    // Locked in between: nobody is here any more, and what follows would be the program's.
    if (this.#user()?.id !== user.id) throw signInNeeded();
    if (fits) return user;
    this.#options.vault.store().users.signInFailed(user, 'password');
    throw failed();
  }

  #enter(user: Pick<User, 'id' | 'name'>): void {
    this.#signedIn = { id: user.id, history: this.#options.vault.store() };
    this.#last = { id: user.id, name: user.name };
  }

  #leave(by: 'idle' | 'hand' | 'change'): void {
    if (!this.#user()) return;
    this.#options.vault.note({ action: 'user.signed-out', caseId: null, detail: { by } });
    this.#signedIn = undefined;
  }

  /** Throws `sign-in-wait` while attempts for this name are not heard; the first of them is an entry. */
  #assertHeard(user: KnownUser | undefined, folded: string, failures: Failures): void {
    const wait = waitFor(failures, this.#now());
    if (wait === 0) return;
    if (this.#noted.get(folded) !== failures.failedAt) {
      this.#options.vault.store().users.signInFailed(user, 'waiting');
      remember(this.#noted, folded, failures.failedAt);
    }
    throw mustWait(wait);
  }

  #failedUnknown(folded: string, { failures }: Failures): void {
    remember(this.#unknown, folded, { failures: failures + 1, failedAt: this.#now().toISOString() });
  }

  async #hash(password: string) {
    if ([...password].length < SHORTEST_PASSPHRASE) throw tooShort();
    return hashPassword(password, this.#options.cost);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
