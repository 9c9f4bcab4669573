import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordsStatus } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { type Actor, PROGRAM } from './audit/actor.ts';
import type { AuditEvent } from './audit/audit-chain.ts';
import { WaitingEntries } from './audit/waiting-entries.ts';
import { isUnderAnotherKey } from './file/look-before.ts';
import { removeAllPassing } from './file/passing-files.ts';
import type { KeychainPort } from './keys/keychain.ts';
import { type ReadKeys, readKeys, replaceKeysFile, settleKeysFile } from './keys/keys-file.ts';
import { RecordsStore } from './records-store.ts';
import { recordsDamaged, toRecordError } from './sql/record-errors.ts';
import { type VaultMessage, vaultFailure, vaultMessages } from './vault-messages.ts';

export interface VaultOptions {
  /** Holds keys.json and records.db; created, for its owner only, where it is missing. */
  folder: string;
  keychain?: KeychainPort | undefined;
  /** From HAICAST_PASSPHRASE: opens or creates the store without asking. */
  passphrase?: string | undefined;
  now?: () => Date;
  /** Who is at the workstation, for the audit log. */
  actor?: () => Actor;
}

export interface Note {
  code: string;
  message: string;
}

/** What opened it. */
export type OpenedBy = 'keychain' | 'passphrase' | 'recovery-key' | 'created';

/** A count that is not to be had where the tables of a damaged file cannot be read: its status says why. */
const countOf = (store: RecordsStore): number => {
  try {
    return store.count();
  } catch {
    return 0;
  }
};

/** The history of a data folder as it is held here: open with its key, or closed with the reason why. */
export class HeldHistory {
  readonly options: VaultOptions;
  #store: RecordsStore | undefined;
  #note: Note | undefined;
  #state: 'new' | 'locked' | 'unavailable' = 'locked';
  #keeper: RecordsStatus['keeper'] = 'none';
  #hasPassphrase = false;
  #hasUsers = false;
  /** Of the open history, and of one that is too damaged to be opened. */
  #key: Uint8Array | undefined;
  /** Locked by a person: it is not opened again without being asked to. */
  #lockedByHand = false;
  readonly #waiting: WaitingEntries;

  constructor(options: VaultOptions) {
    this.options = options;
    this.#waiting = new WaitingEntries(options.folder);
  }

  get recordsFile(): string {
    return join(this.options.folder, 'records.db');
  }

  get key(): Uint8Array | undefined {
    return this.#key;
  }

  /** Undefined while it is closed. */
  get opened(): RecordsStore | undefined {
    return this.#store;
  }

  get isLockedByHand(): boolean {
    return this.#lockedByHand;
  }

  /** Throws `records-locked` (or why it is unavailable) where the store is not open. */
  store(): RecordsStore {
    if (this.#store) return this.#store;
    throw this.#note ? new AppError(this.#note.code, this.#note.message) : vaultFailure('records-locked');
  }

  now(): string {
    return (this.options.now?.() ?? new Date()).toISOString();
  }

  actor(): Actor {
    return this.options.actor?.() ?? PROGRAM;
  }

  usableKeychain(): KeychainPort | undefined {
    return this.options.keychain?.available().ok ? this.options.keychain : undefined;
  }

  status(): RecordsStatus {
    const keeper = this.#keeper;
    const hasPassphrase = this.#hasPassphrase;
    if (this.#store) {
      const { code, message } = this.#store.damaged ? recordsDamaged() : (this.#note ?? {});
      const note = message === undefined ? {} : { code, message };
      return { state: 'open', keeper, hasPassphrase, ...note, cases: countOf(this.#store) };
    }
    const passphraseNeeded = this.#state === 'new' ? !this.usableKeychain() : keeper === 'passphrase';
    return {
      state: this.#state,
      keeper,
      hasPassphrase,
      lockedByHand: this.#lockedByHand,
      ...this.#note,
      passphraseNeeded,
    };
  }

  /**
   * Keeps in the audit log what was done; where that is locked or cannot be written, as soon as it can be. Never throws: what
   * is only read or left does not wait for a log. `detail` never holds an identifier.
   */
  note(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>): void {
    const actor = this.actor();
    try {
      this.store().record(event, actor);
    } catch {
      this.#waiting.add({ at: this.now(), actor, ...event });
    }
  }

  noteRecords(action: string, detail: Record<string, unknown> = {}): void {
    this.note({ action: `records.${action}`, caseId: null, detail });
  }

  /** What keys.json says, which the status tells from then on. */
  readKeys(): ReadKeys {
    const read = readKeys(this.options.folder);
    const slots = read.state === 'present' ? read.keys : {};
    this.#hasPassphrase = 'passphrase' in slots;
    this.#hasUsers = 'users' in slots;
    this.#keeper = 'keychain' in slots ? 'keychain' : 'passphrase' in slots ? 'passphrase' : 'none';
    return read;
  }

  /** Ends a change of the key that was cut off. Where that cannot be written now, keys.json stays good for either. */
  settleKeys(): void {
    try {
      settleKeysFile(this.options.folder);
    } catch {
      // A full disk, or one that cannot be written: what has to have it settled asks for it again.
    }
  }

  /** The keys file of a store that was not made after all is gone again. */
  hasNoKeys(): void {
    this.#keeper = 'none';
  }

  /** It is closed, and why. */
  tell(state: 'new' | 'locked', code: VaultMessage | undefined): void {
    this.#state = state;
    this.#note = code && { code, message: vaultMessages[code] };
  }

  /** It is closed, by an error. */
  tellError(state: 'locked' | 'unavailable', { code, message }: AppError): void {
    this.#state = state;
    this.#note = { code, message };
  }

  /** What there is to say of it, open or closed. */
  get told(): Note | undefined {
    return this.#note;
  }

  /** What was to be said of it before it was opened again. */
  tellAgain(note: Note | undefined): void {
    this.#note = note;
  }

  /** It is open, but nothing keeps its key. */
  tellKeeperMissing(): void {
    this.#note = { code: 'keeper-missing', message: vaultMessages['keeper-missing'] };
  }

  /** A store of this folder, or of a copy in it, with the same clock. */
  storeOf(file: string, key: Uint8Array): RecordsStore {
    const { now } = this.options;
    return new RecordsStore({ file, key, ...(now ? { now } : {}) });
  }

  /** `by` is undefined where it was open before. */
  open(key: Uint8Array, by: OpenedBy | undefined): void {
    const missing = !existsSync(this.recordsFile);
    if (!missing && isUnderAnotherKey(this.recordsFile, key)) throw vaultFailure('keys-of-another-time');
    this.#key = key;
    this.#store = this.storeOf(this.recordsFile, key);
    this.#clearAway();
    const code =
      missing && by !== 'created' ? 'records-file-missing' : this.#store.recovered ? 'session-recovered' : undefined;
    this.#note = code && { code, message: vaultMessages[code] };
    this.#lockedByHand = false;
    this.#noteOpening(by);
    // A history that was put back may have other users than the keys file tells of.
    this.hasUsers();
  }

  /** As it was before: where it does not open, its status says why. */
  openAgain(key: Uint8Array): void {
    try {
      this.open(key, undefined);
    } catch (error) {
      this.tellError('unavailable', toRecordError(error));
    }
  }

  /** Lets go of the file, for as long as another one takes its place. */
  letGo(): void {
    this.#store?.close();
    this.#store = undefined;
  }

  close(): void {
    this.letGo();
    this.#key = undefined;
  }

  lockByHand(): void {
    this.noteRecords('locked');
    this.close();
    this.#lockedByHand = true;
    this.tell('locked', this.#keeper === 'passphrase' ? 'passphrase-needed' : 'locked-by-hand');
  }

  /**
   * Does somebody have to sign in? While the history is closed, or too damaged to tell, as it was when it was last open.
   * Where that changed, the keys file is told.
   */
  hasUsers(): boolean {
    if (!this.#store) return this.#hasUsers;
    try {
      this.#rememberUsers(this.#store.users.any());
    } catch {
      // What cannot be read may have been: the keys file says so.
    }
    return this.#hasUsers;
  }

  #rememberUsers(has: boolean): void {
    if (has === this.#hasUsers) return;
    this.#hasUsers = has;
    const read = readKeys(this.options.folder);
    if (read.state !== 'present') return;
    const { users: _before, ...keys } = read.keys;
    try {
      replaceKeysFile(this.options.folder, { ...keys, ...(has ? { users: true } : {}) });
    } catch {
      // A full disk: it is told the next time.
    }
  }

  /** Of a damaged history nobody is the owner, and others may be at work on it, too. */
  #clearAway(): void {
    if (this.#store?.damaged) return;
    try {
      removeAllPassing(this.recordsFile);
    } catch {
      // In a folder that cannot be written: at the next opening.
    }
  }

  #noteOpening(by: OpenedBy | undefined): void {
    try {
      this.#waiting.handOver((events) => this.#store?.takeOver(events));
    } catch {
      // A damaged history or a full disk: they go on waiting.
    }
    if (by === 'created') this.noteRecords('created');
    else if (by !== undefined) this.noteRecords('unlocked', { by });
  }
}
