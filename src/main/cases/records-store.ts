import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { AuditEntry, CasePage, CaseQuery, SavedCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import { type AuditEvent, appendAudit, type ChainVerdict, readAudit } from './audit-chain.ts';
import { type CaseRow, findCaseRow, insertPrediction, readCase, replaceInputs, writeCaseRow } from './case-rows.ts';
import { type CaseToSave, caseToSaveSchema } from './case-to-save.ts';
import { describeChanges } from './describe-changes.ts';
import { listCases } from './list-cases.ts';
import { listAgain } from './list-row.ts';
import { toRecordError, withRecordErrors } from './record-errors.ts';
import { openRecordsFile, type RecordsFileOptions } from './records-file.ts';
import { sealOf, secretSeal } from './seal.ts';
import { verifyRecords } from './verify-records.ts';

export interface RecordsStoreOptions extends RecordsFileOptions {
  /** The clock, for tests. */
  now?: () => Date;
}

/** What may be asked without the right to change anything. */
export interface RecordsReader {
  get(id: string): SavedCase;
  list(query?: CaseQuery): CasePage;
  count(): number;
  audit(caseId?: string): { entries: AuditEntry[] } & ChainVerdict;
}

/**
 * The only store of cases: one encrypted SQLite file, one owner. Every change is one transaction together with its audit
 * entry, so a case is there as it was before or as it is after a save, never between.
 */
export class RecordsStore implements RecordsReader {
  readonly #db: Database;
  readonly #now: () => Date;
  /** The last owner ended without closing; its finished saves are here, an unfinished one is not. */
  readonly recovered: boolean;

  constructor(options: RecordsStoreOptions) {
    const { db, recovered } = openRecordsFile(options);
    this.#db = db;
    this.#now = options.now ?? (() => new Date());
    this.recovered = recovered;
  }

  /** Keeps a new case, or a new revision of the one with `caseId`. A prediction that is already kept is not kept twice. */
  save(input: CaseToSave, actor: string): SavedCase {
    const valid = caseToSaveSchema.safeParse(input);
    if (!valid.success) {
      throw new AppError('internal', 'The case does not fit its own description and was not saved.', {
        detail: valid.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '),
      });
    }
    return this.#change(() => this.#save(valid.data, actor));
  }

  get(id: string): SavedCase {
    return withRecordErrors(() => this.#case(this.#row(id)));
  }

  list(query: CaseQuery = {}): CasePage {
    return withRecordErrors(() => listCases(this.#db, query));
  }

  /** Cases that are not in the trash. */
  count(): number {
    return withRecordErrors(() =>
      Number(this.#db.prepare('SELECT count(*) FROM case_list WHERE trashed = 0').pluck().get()),
    );
  }

  trash(id: string, actor: string): void {
    this.#setTrashed(id, this.#now().toISOString(), 'case.trashed', actor);
  }

  restore(id: string, actor: string): void {
    this.#setTrashed(id, null, 'case.restored', actor);
  }

  /** Keeps in the audit log what was done without a change to a case. */
  record(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>, actor: string): void {
    this.#change(() => appendAudit(this.#db, { at: this.#now().toISOString(), actor, ...event }));
  }

  /**
   * A secret of this site by its name: 32 random bytes, made when it is first asked for. It lives and dies with the
   * records, encrypted like them, and never leaves the main side.
   */
  secret(name: string): Uint8Array {
    return this.#change(() => {
      const kept = this.#db.prepare('SELECT value FROM secrets WHERE name = ?').pluck().get(name);
      if (kept instanceof Uint8Array) return new Uint8Array(kept);
      const made = randomBytes(32);
      const at = this.#now().toISOString();
      this.#db.prepare('INSERT INTO secrets (name, value, created_at) VALUES (?, ?, ?)').run(name, made, at);
      const detail = { name, hash: secretSeal(name, made, at) };
      appendAudit(this.#db, { at, actor: 'haicast', action: 'secret.created', caseId: null, detail });
      return new Uint8Array(made);
    });
  }

  /** Entries of one case (or all), oldest first; the whole chain is verified each time, and the content it seals. */
  audit(caseId?: string): { entries: AuditEntry[] } & ChainVerdict {
    return withRecordErrors(() => {
      const entries = readAudit(this.#db);
      return {
        entries: caseId === undefined ? entries : entries.filter((entry) => entry.caseId === caseId),
        ...verifyRecords(this.#db, entries),
      };
    });
  }

  verify(): ChainVerdict {
    const { entries: _entries, ...verdict } = this.audit();
    return verdict;
  }

  /** Empties the write-ahead log into the file and lets go of it. */
  close(): void {
    this.#db.close();
  }

  #change<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate();
    } catch (error) {
      throw toRecordError(error);
    }
  }

  #row(id: string): CaseRow {
    const row = findCaseRow(this.#db, id);
    if (!row) throw new AppError('case-not-found', 'This case is not in the case history. Refresh the list.');
    return row;
  }

  #case(row: CaseRow): SavedCase {
    const found = readCase(this.#db, row);
    if (!found) throw toRecordError(Object.assign(new Error('a case without its study'), { code: 'SQLITE_CORRUPT' }));
    return found;
  }

  #save(input: CaseToSave, actor: string): SavedCase {
    const at = this.#now().toISOString();
    const present = input.caseId === undefined ? undefined : this.#row(input.caseId);
    const before = present && this.#case(present);
    const id = present?.id ?? randomUUID();
    const kept = before?.predictions ?? [];
    const { prediction } = input;
    const isNew = prediction !== undefined && !kept.some((one) => one.id === prediction.id);
    if (prediction !== undefined && !isNew && kept[0]?.id !== prediction.id) {
      throw new AppError(
        'prediction-superseded',
        'A newer prediction has superseded this one. Predict again, then save.',
      );
    }
    const number = writeCaseRow(this.#db, {
      id,
      revision: (present?.revision ?? 0) + 1,
      created_at: present?.created_at ?? at,
      updated_at: at,
      source_kind: input.source.kind,
      source_path: input.source.path,
      base_rate: input.baseRate,
      note: input.note,
      trashed_at: present?.trashed_at ?? null,
      prediction_outdated: prediction === undefined && kept.length > 0 ? 1 : 0,
    });
    replaceInputs(this.#db, id, input);
    if (isNew) insertPrediction(this.#db, id, prediction);
    const after = this.#case(this.#row(id));
    listAgain(this.#db, number, after);
    appendAudit(this.#db, {
      at,
      actor,
      action: present ? 'case.saved' : 'case.created',
      caseId: id,
      detail: {
        revision: (present?.revision ?? 0) + 1,
        changes: describeChanges(before, after),
        ...(isNew
          ? {
              prediction: {
                id: prediction.id,
                probability: prediction.probability,
                model: prediction.model,
                ...(kept[0] ? { supersedes: kept[0].id } : {}),
              },
            }
          : {}),
        seal: sealOf(this.#db, id),
      },
    });
    return after;
  }

  #setTrashed(id: string, trashedAt: string | null, action: string, actor: string): void {
    this.#change(() => {
      const row = this.#row(id);
      if ((row.trashed_at === null) === (trashedAt === null)) return;
      this.#db.prepare('UPDATE cases SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
      this.#db.prepare('UPDATE case_list SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
      appendAudit(this.#db, {
        at: this.#now().toISOString(),
        actor,
        action,
        caseId: id,
        detail: { seal: sealOf(this.#db, id) },
      });
    });
  }
}
