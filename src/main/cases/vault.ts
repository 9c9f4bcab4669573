import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordsStatus } from '#shared/api.ts';
import { SHORTEST_PASSPHRASE } from '#shared/cases/passphrase.ts';
import { AppError } from '#shared/errors.ts';
import { type Actor, PROGRAM } from './audit/actor.ts';
import type { AuditEvent } from './audit/audit-chain.ts';
import { WaitingEntries } from './audit/waiting-entries.ts';
import { type BackupOptions, makeBackup } from './backup/make-backup.ts';
import { fetchBackup, lossOf, type RestoreLoss } from './backup/restore-backup.ts';
import { type Expected, verifyCopy } from './backup/verify-copy.ts';
import type { CopiedRecords, CopyOptions } from './copy-records.ts';
import { type Salvaged, salvage } from './damage/salvage.ts';
import type { Tombstone } from './erase-case.ts';
import { isUnderAnotherKey, isUnderKey } from './file/look-before.ts';
import { passingFile, removeAllPassing, removePassing } from './file/passing-files.ts';
import { putInPlace } from './file/put-in-place.ts';
import { type KeychainPort, unwrapWithKeychain, wrapWithKeychain } from './keys/keychain.ts';
import {
  createKeysFile,
  isKeyOf,
  type Keys,
  keysFileIn,
  newKeys,
  type ReadKeys,
  readKeys,
  replaceKeysFile,
  setKeysFileAside,
  settleKeysFile,
} from './keys/keys-file.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './keys/passphrase-wrapping.ts';
import { formatRecoveryKey, newRecoverySecret, parseRecoveryKey, recordKeyOf } from './keys/recovery-key.ts';
import { RecordsStore } from './records-store.ts';
import { putRekeyed, type Rekeying, writeRekeyed } from './rekey/rekeyed-file.ts';
import { breath } from './sql/in-slices.ts';
import { recordsDamaged, toRecordError } from './sql/record-errors.ts';
import type { UserRow } from './users/user-rows.ts';
import { type VaultMessage, vaultMessages } from './vault-messages.ts';

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

export interface RestoreOptions extends CopyOptions {
  /** When the backup was made, for the audit log. */
  made: string;
}

/** Each time the index of short terms is written anew, and everything else waits. */
const ERASED_AT_ONCE = 100;

export interface Secrets {
  passphrase?: string | undefined;
  recoveryKey?: string | undefined;
}

export interface NewKeys {
  /** The present passphrase, where there is one. */
  current?: string | undefined;
  /** Absent: it stays the same. */
  passphrase?: string | undefined;
  recoveryKey: string;
}

const failure = (code: VaultMessage): AppError => new AppError(code, vaultMessages[code]);

/** Keeps the record key and opens the store with it: by the keychain, a passphrase, or the recovery key. */
export class Vault {
  readonly #options: VaultOptions;
  #store: RecordsStore | undefined;
  #note: { code: string; message: string } | undefined;
  #state: 'new' | 'locked' | 'unavailable' = 'locked';
  #keeper: RecordsStatus['keeper'] = 'none';
  #hasPassphrase = false;
  #hasUsers = false;
  #turn: Promise<unknown> = Promise.resolve();
  /** Of the open history, and of one that is too damaged to be opened. */
  #key: Uint8Array | undefined;
  /** Recovery key of a history that was begun without anybody to show it to. */
  #untold: string | undefined;
  /** Recovery key that was made for a change of the key. */
  #offered: string | undefined;
  /** Locked by a person: it is not opened again without being asked to. */
  #lockedByHand = false;

  /** What was last erased by itself while this history was open, for whoever looks. */
  #trashEmptied: RecordsStatus['trashEmptied'];

  readonly #waiting: WaitingEntries;

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#waiting = new WaitingEntries(options.folder);
  }

  /**
   * Keeps in the audit log what was done; where that is locked or cannot be written, as soon as it can be. Never throws: what
   * is only read or left does not wait for a log. `detail` never holds an identifier.
   */
  note(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>): void {
    const actor = this.#options.actor?.() ?? PROGRAM;
    try {
      this.store().record(event, actor);
    } catch {
      this.#waiting.add({ at: this.#now(), actor, ...event });
    }
  }

  #noteRecords(action: string, detail: Record<string, unknown> = {}): void {
    this.note({ action: `records.${action}`, caseId: null, detail });
  }

  #now(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }

  /**
   * Opens the store where nobody has to be asked. Never throws: what went wrong stands in the status. A recovery key is
   * returned where the passphrase option created the store.
   */
  start(): Promise<{ status: RecordsStatus; recoveryKey?: string }> {
    return this.#inTurn(() => this.#start());
  }

  /** Throws what makes a new store impossible. The recovery key is given here and never again. */
  create(secrets: Pick<Secrets, 'passphrase'>): Promise<{ status: RecordsStatus; recoveryKey: string }> {
    return this.#inTurn(() => this.#create(secrets.passphrase));
  }

  /** With nothing given: tries again what `start` does. Throws where a given secret does not open the store. */
  unlock(secrets: Secrets): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      if (this.#store) return this.status();
      try {
        if (secrets.recoveryKey) await this.#unlockWithRecoveryKey(secrets.recoveryKey, secrets.passphrase);
        else if (secrets.passphrase) await this.#unlockWithPassphrase(secrets.passphrase);
        else await this.#start();
      } catch (error) {
        const { code, message } = toRecordError(error);
        // The key fits: the history can be mended, or a backup put in its place.
        if (code === 'records-corrupt') [this.#state, this.#note] = ['unavailable', { code, message }];
        throw error;
      }
      return this.status();
    });
  }

  status(): RecordsStatus {
    const hasPassphrase = this.#hasPassphrase;
    if (this.#store) {
      const { code, message } = this.#store.damaged ? recordsDamaged() : (this.#note ?? {});
      const note = message === undefined ? {} : { code, message };
      const emptied = this.#trashEmptied ? { trashEmptied: this.#trashEmptied } : {};
      return {
        state: 'open',
        keeper: this.#keeper,
        hasPassphrase,
        ...note,
        cases: this.#count(this.#store),
        ...emptied,
      };
    }
    const note = this.#note && { code: this.#note.code, message: this.#note.message };
    const passphraseNeeded = this.#state === 'new' ? !this.#usableKeychain() : this.#keeper === 'passphrase';
    const lockedByHand = this.#lockedByHand;
    return { state: this.#state, keeper: this.#keeper, hasPassphrase, lockedByHand, ...note, passphraseNeeded };
  }

  /** The recovery key of a history that was begun from the environment's passphrase, until somebody has `kept` it. */
  untoldRecoveryKey(kept: boolean): string | undefined {
    if (kept) this.#untold = undefined;
    return this.#untold;
  }

  /** Closes an open history until a person opens it again. */
  lock(): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      if (!this.#store) return this.status();
      this.#noteRecords('locked');
      this.close();
      this.#lockedByHand = true;
      this.#tell('locked', this.#keeper === 'passphrase' ? 'passphrase-needed' : 'locked-by-hand');
      return this.status();
    });
  }

  /**
   * A new recovery key, to be written down before `rekey` makes it the one that holds. Where there is a passphrase, the present
   * one is asked for. Throws `passphrase-wrong`.
   */
  newRecoveryKey({ current }: { current?: string | undefined }): Promise<string> {
    return this.#inTurn(async () => {
      await this.#assertKnown(current);
      this.#offered = formatRecoveryKey(newRecoverySecret());
      return this.#offered;
    });
  }

  /**
   * Gives the history the key that `recoveryKey` leads to, the last that was made for it; with a passphrase, or another one,
   * where one is given. Whatever opened it before opens nothing then. Ended at any moment it has the one key or the other.
   */
  rekey({ current, passphrase, recoveryKey }: NewKeys, copying: CopyOptions = {}): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      const { key, keys } = await this.#assertKnown(current);
      const secret = recoveryKey === this.#offered ? parseRecoveryKey(recoveryKey) : undefined;
      if (!secret) throw failure('recovery-key-outdated');
      const newKey = recordKeyOf(secret);
      const fresh = { ...newKeys(newKey), storeId: keys.storeId };
      const after = await this.#wrap(fresh, newKey, passphrase ?? (keys.passphrase && current));
      if (!after.keychain && !after.passphrase) throw failure('passphrase-required');
      try {
        const detail = { passphrase: passphrase === undefined ? 'same' : 'new' };
        const copied = await this.#writeRekeyed({ ...copying, key, newKey, detail });
        this.#putRekeyed(keys, after, { key, newKey, copied });
      } catch (error) {
        if (copying.signal?.aborted) throw error;
        throw toRecordError(error);
      } finally {
        try {
          removePassing(this.#recordsFile, 'rekeyed');
        } catch {
          // In a folder that cannot be written: it goes before the next one begins, and what failed is what is told.
        }
      }
      this.#offered = undefined;
      this.#untold = undefined;
      return this.status();
    });
  }

  #writeRekeyed(rekeying: Omit<Rekeying, 'file' | 'actor' | 'now'>): Promise<CopiedRecords> {
    const { now, actor } = this.#options;
    return writeRekeyed(this.store(), { ...rekeying, file: this.#recordsFile, actor: actor?.() ?? PROGRAM, now });
  }

  /** In one go: nothing is saved between the copy and its taking the place of the other. */
  #putRekeyed(
    before: Keys,
    after: Keys,
    { key, newKey, copied }: { key: Uint8Array; newKey: Uint8Array; copied: CopiedRecords },
  ): void {
    if (!this.store().isAsCopied(copied)) throw failure('records-busy');
    const isDamaged = readKeys(this.#options.folder).state === 'damaged';
    const note = this.#note;
    this.#store?.close();
    this.#store = undefined;
    let opening = key;
    try {
      if (isDamaged) setKeysFileAside(this.#options.folder);
      putRekeyed(this.#options.folder, this.#recordsFile, before, after);
      opening = newKey;
    } finally {
      this.#settleKeys();
      this.#readKeys();
      this.#openAgain(opening);
      if (this.#store) this.#note = note?.code === 'keeper-missing' && opening === newKey ? undefined : note;
    }
  }

  /** Who changes keys knows the passphrase, where there is one. */
  async #assertKnown(current: string | undefined): Promise<{ key: Uint8Array; keys: Keys }> {
    const key = this.#store && this.#key;
    if (!key) throw failure('records-locked');
    const read = this.#readKeys();
    const keys = read.state === 'present' ? read.keys : newKeys(key);
    if (keys.passphrase && !(await unwrapWithPassphrase(keys.passphrase, current ?? '', keys.storeId))) {
      this.#noteRecords('rekey-refused', { by: 'passphrase' });
      throw failure('passphrase-wrong');
    }
    return { key, keys };
  }

  /** Ends a change of the key that was cut off. Where that cannot be written now, keys.json stays good for either. */
  #settleKeys(): void {
    try {
      settleKeysFile(this.#options.folder);
    } catch {
      // A full disk, or one that cannot be written: what has to have it settled asks for it again.
    }
  }

  /** Mends a damaged history as far as it can be; the damaged file stays beside it. Opens what came of it. */
  salvage(actor: Actor): Promise<Salvaged> {
    return this.#inTurn(async () => {
      const key = this.#key;
      if (!key) throw failure('records-locked');
      settleKeysFile(this.#options.folder);
      this.#store?.close();
      this.#store = undefined;
      try {
        const options = { file: this.#recordsFile, key };
        return await salvage(options, { at: this.#now(), actor });
      } finally {
        this.#open(key, undefined);
      }
    });
  }

  /** Copies the open history into a new backup below `folder`. */
  backup(options: Omit<BackupOptions, 'dataFolder' | 'key'>): ReturnType<typeof makeBackup> {
    const store = this.store();
    if (!this.#key) throw failure('records-locked');
    return makeBackup(store, { ...options, dataFolder: this.#options.folder, key: this.#key });
  }

  /**
   * What restoring a backup would take away; undefined where the present history is too damaged to be compared. Throws
   * `backup-damaged` where the backup is not whole, or of another key.
   */
  async lossOf(backup: string, expected: Expected, options: CopyOptions = {}): Promise<RestoreLoss | undefined> {
    const key = this.#key;
    if (!key) throw failure('records-locked');
    const file = join(backup, 'records.db');
    const keyThen = this.#keyOf(file, key);
    await verifyCopy(file, keyThen, expected, options);
    return this.#lossTo(file, keyThen);
  }

  /**
   * Puts a backup in the place of the history, which stays beside it under another name, and opens it: also of a history that
   * is too damaged to be opened. What was erased after the backup was made stays erased. Throws where everything is as it was.
   */
  restore(backup: string, expected: Expected, { made, ...options }: RestoreOptions): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      const key = this.#key;
      if (!key) throw failure('records-locked');
      const file = this.#recordsFile;
      const incoming = passingFile(file, 'incoming');
      settleKeysFile(this.#options.folder);
      const keyThen = this.#keyOf(join(backup, 'records.db'), key);
      await fetchBackup(backup, incoming, { keyThen, key, expected, ...options });
      try {
        const detail = { made, ...(this.#lossTo(incoming, key) ?? { loss: 'unknown' }) };
        this.#bringUpToDate(incoming, key, detail);
        this.#store?.close();
        this.#store = undefined;
        await putInPlace(file, incoming, `${file}.replaced-${this.#now().replace(/[^0-9]/g, '')}`);
      } catch (error) {
        if (!this.#store) this.#openAgain(key);
        throw toRecordError(error);
      } finally {
        removePassing(file, 'incoming');
      }
      this.#open(key, undefined);
      return this.status();
    });
  }

  /** Tells this history from others, and says nothing else. */
  installation(): string {
    const read = this.#readKeys();
    return read.state === 'present' ? read.keys.storeId : 'unknown';
  }

  /** Names of files of the data folder that hold a history which another one took the place of. */
  putAside(): string[] {
    return readdirSync(this.#options.folder).filter((name) => /^records\.db\.(replaced|damaged)-\d+$/.test(name));
  }

  /** As it was before: where it does not open, its status says why. */
  #openAgain(key: Uint8Array): void {
    try {
      this.#open(key, undefined);
    } catch (error) {
      const { code, message } = toRecordError(error);
      [this.#state, this.#note] = ['unavailable', { code, message }];
    }
  }

  #lossTo(file: string, key: Uint8Array): RestoreLoss | undefined {
    if (!this.#store || this.#store.damaged) return undefined;
    try {
      return this.#store.compare((db) => lossOf(db, file, key));
    } catch (error) {
      if (this.#store.damaged) return undefined;
      throw error;
    }
  }

  /** Before it is put in place: what was erased since is erased in it, users are those of now, and its log says that it was restored. */
  #bringUpToDate(file: string, key: Uint8Array, detail: Record<string, unknown>): void {
    const actor = this.#options.actor?.() ?? PROGRAM;
    const erased = this.#tombstones();
    const users = this.#users();
    const store = this.#opened(file, key);
    try {
      store.eraseAgain(erased ?? [], actor);
      // Backups of days between stay readable.
      for (const former of this.#formerKeys()) store.keepFormerKey(former, actor);
      store.users.keepAsThere(users, actor);
      const unknown = erased ? {} : { erasures: 'unknown' };
      store.record({ action: 'records.restored', caseId: null, detail: { ...detail, ...unknown } }, actor);
    } finally {
      store.close();
    }
  }

  #opened(file: string, key: Uint8Array): RecordsStore {
    const { now } = this.#options;
    return new RecordsStore({ file, key, ...(now ? { now } : {}) });
  }

  /** Empty where the present history cannot say. */
  #formerKeys(): readonly Uint8Array[] {
    try {
      return this.#store?.formerKeys() ?? [];
    } catch {
      return [];
    }
  }

  /** Empty where the present history cannot say. */
  #users(): readonly UserRow[] {
    try {
      return this.#store?.users.rows() ?? [];
    } catch {
      return [];
    }
  }

  /** The key that a backup is under: the present one, or, of an earlier day, one that the history had. */
  #keyOf(file: string, key: Uint8Array): Uint8Array {
    return [key, ...this.#formerKeys()].find((one) => isUnderKey(file, one)) ?? key;
  }

  /** Undefined where the present history cannot say which cases were erased. */
  #tombstones(): readonly Tombstone[] | undefined {
    try {
      return this.#store?.tombstones;
    } catch {
      return undefined;
    }
  }

  /**
   * Erases what has been in the trash for so many days, some cases at a time; the status says how many. Never throws: what
   * cannot be erased now is erased another day.
   */
  async emptyTrash(days: number): Promise<number> {
    const before = new Date(Date.parse(this.#now()) - days * 86_400_000).toISOString();
    let erased = 0;
    try {
      for (let some = ERASED_AT_ONCE; days > 0 && some === ERASED_AT_ONCE; await breath()) {
        some = !this.#store || this.#store.damaged ? 0 : this.#store.emptyTrash(before, PROGRAM, ERASED_AT_ONCE);
        erased += some;
      }
    } catch {
      // A full disk, or damage that was just found.
    }
    if (erased > 0) this.#trashEmptied = { cases: erased, at: this.#now() };
    return erased;
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
    const read = readKeys(this.#options.folder);
    if (read.state !== 'present') return;
    const { users: _before, ...keys } = read.keys;
    try {
      replaceKeysFile(this.#options.folder, { ...keys, ...(has ? { users: true } : {}) });
    } catch {
      // A full disk: it is told the next time.
    }
  }

  /** Throws `recovery-key-mistyped`, `recovery-key-wrong`, and `records-locked` where there is nothing to hold it against. */
  assertRecoveryKey(typed: string): void {
    const secret = parseRecoveryKey(typed);
    if (!secret) throw failure('recovery-key-mistyped');
    const read = this.#readKeys();
    if (!this.#store || read.state !== 'present') throw failure('records-locked');
    if (isKeyOf(read.keys, recordKeyOf(secret))) return;
    this.#noteRecords('unlock-failed', { by: 'recovery-key' });
    throw failure('recovery-key-wrong');
  }

  /** Throws `records-locked` (or why it is unavailable) where the store is not open. */
  store(): RecordsStore {
    if (this.#store) return this.#store;
    throw this.#note ? new AppError(this.#note.code, this.#note.message) : failure('records-locked');
  }

  close(): void {
    this.#store?.close();
    this.#store = undefined;
    this.#key = undefined;
    this.#trashEmptied = undefined;
  }

  /** A file whose tables cannot be read has no count; its status says why. */
  #count(store: RecordsStore): number {
    try {
      return store.count();
    } catch {
      return 0;
    }
  }

  get #recordsFile(): string {
    return join(this.#options.folder, 'records.db');
  }

  #usableKeychain(): KeychainPort | undefined {
    return this.#options.keychain?.available().ok ? this.#options.keychain : undefined;
  }

  /** One after the other: two windows must not both create a store. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #tell(state: 'new' | 'locked', code: VaultMessage | undefined): void {
    this.#state = state;
    this.#note = code && { code, message: vaultMessages[code] };
  }

  async #start(): Promise<{ status: RecordsStatus; recoveryKey?: string }> {
    let recoveryKey: string | undefined;
    try {
      mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
      this.#settleKeys();
      recoveryKey = await this.#openUnasked(this.#readKeys());
    } catch (error) {
      const { code, message } = toRecordError(error);
      this.#state = code in vaultMessages ? 'locked' : 'unavailable';
      this.#note = { code, message };
    }
    return { status: this.status(), ...(recoveryKey === undefined ? {} : { recoveryKey }) };
  }

  #readKeys(): ReadKeys {
    const read = readKeys(this.#options.folder);
    const slots = read.state === 'present' ? read.keys : {};
    this.#hasPassphrase = 'passphrase' in slots;
    this.#hasUsers = 'users' in slots;
    this.#keeper = 'keychain' in slots ? 'keychain' : 'passphrase' in slots ? 'passphrase' : 'none';
    return read;
  }

  async #openUnasked(read: ReadKeys): Promise<string | undefined> {
    const passphrase = this.#lockedByHand ? undefined : this.#options.passphrase;
    if (read.state === 'damaged') this.#tell('locked', 'keys-damaged');
    else if (read.state === 'absent' && existsSync(this.#recordsFile)) this.#tell('locked', 'keys-missing');
    else if (read.state === 'absent') {
      this.#tell('new', undefined);
      if (passphrase) {
        this.#untold = (await this.#create(passphrase)).recoveryKey;
        return this.#untold;
      }
    } else if (read.keys.passphrase && passphrase) await this.#unlockWithPassphrase(passphrase);
    else if (read.keys.keychain) this.#openWithKeychain(read.keys, read.keys.keychain);
    else this.#tell('locked', 'passphrase-needed');
    return undefined;
  }

  #openWithKeychain(keys: Keys, slot: { ciphertext: string }): void {
    const keychain = this.#usableKeychain();
    if (!keychain) {
      this.#tell('locked', 'keychain-unavailable');
      return;
    }
    const key = unwrapWithKeychain(keychain, slot);
    if (key && isKeyOf(keys, key)) this.#open(key, 'keychain');
    else this.#tell('locked', 'keychain-lost');
  }

  async #create(passphrase: string | undefined): Promise<{ status: RecordsStatus; recoveryKey: string }> {
    if (this.#store || existsSync(this.#recordsFile)) throw failure('records-exist');
    const secret = newRecoverySecret();
    const key = recordKeyOf(secret);
    const keys = await this.#wrap(newKeys(key), key, passphrase);
    if (!keys.keychain && !keys.passphrase) throw failure('passphrase-required');
    try {
      mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
      createKeysFile(this.#options.folder, keys);
    } catch (error) {
      throw (error as { code?: unknown }).code === 'EEXIST' ? failure('records-exist') : toRecordError(error);
    }
    this.#readKeys();
    try {
      this.#open(key, 'created');
    } catch (error) {
      // Nobody has seen the recovery key of this store yet, so nothing of it may stay.
      rmSync(keysFileIn(this.#options.folder), { force: true });
      this.#keeper = 'none';
      throw error;
    }
    return { status: this.status(), recoveryKey: formatRecoveryKey(secret) };
  }

  async #wrap(keys: Keys, key: Uint8Array, passphrase: string | undefined): Promise<Keys> {
    if (passphrase && [...passphrase].length < SHORTEST_PASSPHRASE) throw failure('passphrase-too-short');
    const keychain = this.#usableKeychain();
    return {
      ...keys,
      ...(keychain ? { keychain: wrapWithKeychain(keychain, key) } : {}),
      ...(passphrase ? { passphrase: await wrapWithPassphrase(key, passphrase, keys.storeId) } : {}),
    };
  }

  async #unlockWithPassphrase(passphrase: string): Promise<void> {
    const read = this.#readKeys();
    if (read.state !== 'present' || !read.keys.passphrase) throw failure('passphrase-not-set');
    const key = await unwrapWithPassphrase(read.keys.passphrase, passphrase, read.keys.storeId);
    if (!key || !isKeyOf(read.keys, key)) {
      this.#noteRecords('unlock-failed', { by: 'passphrase' });
      throw failure('passphrase-wrong');
    }
    this.#open(key, 'passphrase');
    // A keychain entry that was lost is written anew.
    if (read.keys.keychain) replaceKeysFile(this.#options.folder, await this.#wrap(read.keys, key, undefined));
  }

  async #unlockWithRecoveryKey(typed: string, passphrase: string | undefined): Promise<void> {
    const secret = parseRecoveryKey(typed);
    if (!secret) throw failure('recovery-key-mistyped');
    const key = recordKeyOf(secret);
    const read = this.#readKeys();
    // A keys.json of an earlier key, put back: the history itself says which key it has.
    const isOurs = read.state === 'present' && isKeyOf(read.keys, key);
    const isOfFile = isUnderKey(this.#recordsFile, key);
    if (read.state === 'present' && !isOurs && !isOfFile) {
      this.#noteRecords('unlock-failed', { by: 'recovery-key' });
      throw failure('recovery-key-wrong');
    }
    const keys = await this.#wrap(isOurs ? read.keys : newKeys(key), key, passphrase);
    try {
      this.#open(key, 'recovery-key');
    } catch (error) {
      // Without a key check, the records themselves are what tells that the key is another one.
      const { code } = toRecordError(error);
      const isOther = code === 'keys-of-another-time' || (read.state !== 'present' && code === 'records-corrupt');
      throw isOther ? failure('recovery-key-wrong') : error;
    }
    if (!keys.keychain && !keys.passphrase) {
      this.#note = { code: 'keeper-missing', message: vaultMessages['keeper-missing'] };
      return;
    }
    if (read.state === 'damaged') setKeysFileAside(this.#options.folder);
    replaceKeysFile(this.#options.folder, keys);
    this.#readKeys();
  }

  /** `by` is what opened it; undefined where it was open before. */
  #open(key: Uint8Array, by: 'keychain' | 'passphrase' | 'recovery-key' | 'created' | undefined): void {
    const missing = !existsSync(this.#recordsFile);
    if (!missing && isUnderAnotherKey(this.#recordsFile, key)) throw failure('keys-of-another-time');
    this.#key = key;
    this.#store = this.#opened(this.#recordsFile, key);
    this.#clearAway();
    const code =
      missing && by !== 'created' ? 'records-file-missing' : this.#store.recovered ? 'session-recovered' : undefined;
    this.#note = code && { code, message: vaultMessages[code] };
    this.#lockedByHand = false;
    this.#noteOpening(by);
    // A history that was put back may have other users than the keys file tells of.
    this.hasUsers();
  }

  /** Of a damaged history nobody is the owner, and others may be at work on it, too. */
  #clearAway(): void {
    if (this.#store?.damaged) return;
    try {
      removeAllPassing(this.#recordsFile);
    } catch {
      // In a folder that cannot be written: at the next opening.
    }
  }

  #noteOpening(by: string | undefined): void {
    try {
      this.#waiting.handOver((events) => this.#store?.takeOver(events));
    } catch {
      // A damaged history or a full disk: they go on waiting.
    }
    if (by === 'created') this.#noteRecords('created');
    else if (by !== undefined) this.#noteRecords('unlocked', { by });
  }
}
