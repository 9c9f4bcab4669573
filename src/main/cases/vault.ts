import { readdirSync } from 'node:fs';
import type { RecordsStatus } from '#shared/api.ts';
import { type Actor, PROGRAM } from './audit/actor.ts';
import type { AuditEvent } from './audit/audit-chain.ts';
import { type BackupOptions, makeBackup } from './backup/make-backup.ts';
import { lossOfBackup, openToReplace, putBack, type RestoreOptions } from './backup/put-back.ts';
import type { RestoreLoss } from './backup/restore-backup.ts';
import type { Expected } from './backup/verify-copy.ts';
import type { CopyOptions } from './copy-records.ts';
import { type Salvaged, salvage } from './damage/salvage.ts';
import { HeldHistory, type VaultOptions } from './held-history.ts';
import { settleKeysFile } from './keys/keys-file.ts';
import {
  assertRecoveryKey,
  createHistory,
  openUnasked,
  unlockWithPassphrase,
  unlockWithRecoveryKey,
} from './keys/open-history.ts';
import { formatRecoveryKey, newRecoverySecret } from './keys/recovery-key.ts';
import type { RecordsStore } from './records-store.ts';
import { assertKnown, changeKey, type NewKeys } from './rekey/change-key.ts';
import { breath } from './sql/in-slices.ts';
import { toRecordError, withRecordErrors } from './sql/record-errors.ts';
import { vaultFailure } from './vault-messages.ts';

export type { VaultOptions } from './held-history.ts';

/** Each time the index of short terms is written anew, and everything else waits. */
const ERASED_AT_ONCE = 100;

export interface Secrets {
  passphrase?: string | undefined;
  recoveryKey?: string | undefined;
}

/** Keeps the record key and opens the store with it, and does what needs both: by one job after the other. */
export class Vault {
  readonly #history: HeldHistory;
  #turn: Promise<unknown> = Promise.resolve();
  /** Recovery key of a history that was begun without anybody to show it to. */
  #untold: string | undefined;
  /** Recovery key that was made for a change of the key. */
  #offered: string | undefined;
  /** What was last erased by itself while this history was open, for whoever looks. */
  #trashEmptied: RecordsStatus['trashEmptied'];

  constructor(options: VaultOptions) {
    this.#history = new HeldHistory(options);
  }

  /** See `held-history.ts`. */
  note(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>): void {
    this.#history.note(event);
  }

  /**
   * Opens the store where nobody has to be asked. Never throws: what went wrong stands in the status. A recovery key is
   * returned where the passphrase option created the store.
   */
  start(): Promise<{ status: RecordsStatus; recoveryKey?: string }> {
    return this.#inTurn(async () => {
      const recoveryKey = await this.#openUnasked();
      return { status: this.status(), ...(recoveryKey === undefined ? {} : { recoveryKey }) };
    });
  }

  /** Throws what makes a new store impossible. The recovery key is given here and never again. */
  create({ passphrase }: Pick<Secrets, 'passphrase'>): Promise<{ status: RecordsStatus; recoveryKey: string }> {
    return this.#inTurn(async () => {
      const recoveryKey = await createHistory(this.#history, passphrase);
      return { status: this.status(), recoveryKey };
    });
  }

  /** With nothing given: tries again what `start` does. Throws where a given secret does not open the store. */
  unlock({ recoveryKey, passphrase }: Secrets): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      if (this.#history.opened) return this.status();
      try {
        if (recoveryKey) await unlockWithRecoveryKey(this.#history, recoveryKey, passphrase);
        else if (passphrase) await unlockWithPassphrase(this.#history, passphrase);
        else await this.#openUnasked();
      } catch (error) {
        const failure = toRecordError(error);
        // The key fits: the history can be mended, or a backup put in its place.
        if (failure.code === 'records-corrupt') this.#history.tellError('unavailable', failure);
        throw error;
      }
      return this.status();
    });
  }

  status(): RecordsStatus {
    const emptied = this.#history.opened && this.#trashEmptied;
    return { ...this.#history.status(), ...(emptied ? { trashEmptied: emptied } : {}) };
  }

  /** The recovery key of a history that was begun from the environment's passphrase, until somebody has `kept` it. */
  untoldRecoveryKey(kept: boolean): string | undefined {
    if (kept) this.#untold = undefined;
    return this.#untold;
  }

  /** Closes an open history until a person opens it again. */
  lock(): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      if (this.#history.opened) {
        this.#history.lockByHand();
        this.#trashEmptied = undefined;
      }
      return this.status();
    });
  }

  /**
   * A new recovery key, to be written down before `rekey` makes it the one that holds. Where there is a passphrase, the present
   * one is asked for. Throws `passphrase-wrong`.
   */
  newRecoveryKey({ current }: { current?: string | undefined }): Promise<string> {
    return this.#inTurn(async () => {
      await assertKnown(this.#history, current);
      this.#offered = formatRecoveryKey(newRecoverySecret());
      return this.#offered;
    });
  }

  /** Changes the key (`rekey/change-key.ts`) to the one that the last recovery key that was made for it leads to. */
  rekey(keys: NewKeys, copying: CopyOptions = {}): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      const recoveryKey = keys.recoveryKey === this.#offered ? keys.recoveryKey : undefined;
      await changeKey(this.#history, { ...keys, recoveryKey }, copying);
      this.#offered = undefined;
      this.#untold = undefined;
      return this.status();
    });
  }

  /**
   * Mends a damaged history as far as it can be; the damaged file stays beside it. Opens what came of it; where that cannot be
   * opened now, the status says why.
   */
  salvage(actor: Actor): Promise<Salvaged> {
    return this.#inTurn(async () => {
      const { key, recordsFile: file } = this.#history;
      if (!key) throw vaultFailure('records-locked');
      openToReplace(this.#history);
      withRecordErrors(() => settleKeysFile(this.#history.options.folder));
      this.#history.letGo();
      try {
        return await salvage({ file, key }, { at: this.#history.now(), actor });
      } finally {
        this.#history.openAgain(key);
      }
    });
  }

  /** Copies the open history into a new backup below `folder`. */
  backup(options: Omit<BackupOptions, 'dataFolder' | 'key'>): ReturnType<typeof makeBackup> {
    const store = this.store();
    const { key } = this.#history;
    if (!key) throw vaultFailure('records-locked');
    return makeBackup(store, { ...options, dataFolder: this.#history.options.folder, key });
  }

  /** See `backup/put-back.ts`. */
  async lossOf(backup: string, expected: Expected, options: CopyOptions = {}): Promise<RestoreLoss | undefined> {
    await this.#inTurn(async () => openToReplace(this.#history));
    return lossOfBackup(this.#history, backup, expected, options);
  }

  /** See `backup/put-back.ts`. */
  restore(backup: string, expected: Expected, options: RestoreOptions): Promise<RecordsStatus> {
    return this.#inTurn(async () => {
      await putBack(this.#history, backup, expected, options);
      return this.status();
    });
  }

  /** Tells this history from others, and says nothing else. */
  installation(): string {
    const read = this.#history.readKeys();
    return read.state === 'present' ? read.keys.storeId : 'unknown';
  }

  /** Names of files of the data folder that hold a history which another one took the place of. */
  putAside(): string[] {
    return readdirSync(this.#history.options.folder).filter((name) =>
      /^records\.db\.(replaced|damaged)-\d+$/.test(name),
    );
  }

  /**
   * Erases what has been in the trash for so many days, some cases at a time; the status says how many. Never throws: what
   * cannot be erased now is erased another day.
   */
  async emptyTrash(days: number): Promise<number> {
    const before = new Date(Date.parse(this.#history.now()) - days * 86_400_000).toISOString();
    let erased = 0;
    try {
      for (let some = ERASED_AT_ONCE; days > 0 && some === ERASED_AT_ONCE; await breath()) {
        const { opened } = this.#history;
        some = !opened || opened.damaged ? 0 : opened.emptyTrash(before, PROGRAM, ERASED_AT_ONCE);
        erased += some;
      }
    } catch {
      // A full disk, or damage that was just found.
    }
    if (erased > 0) this.#trashEmptied = { cases: erased, at: this.#history.now() };
    return erased;
  }

  /** See `held-history.ts`. */
  hasUsers(): boolean {
    return this.#history.hasUsers();
  }

  /** Throws `recovery-key-mistyped`, `recovery-key-wrong`, and `records-locked` where there is nothing to hold it against. */
  assertRecoveryKey(typed: string): void {
    assertRecoveryKey(this.#history, typed);
  }

  /** Throws `records-locked` (or why it is unavailable) where the store is not open. */
  store(): RecordsStore {
    return this.#history.store();
  }

  close(): void {
    this.#history.close();
    this.#trashEmptied = undefined;
  }

  /** Answers the recovery key of a history that was begun with nobody asked, which stays to be told. */
  async #openUnasked(): Promise<string | undefined> {
    const recoveryKey = await openUnasked(this.#history);
    if (recoveryKey !== undefined) this.#untold = recoveryKey;
    return recoveryKey;
  }

  /** One after the other: two windows must not both create a store. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
