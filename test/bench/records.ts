/**
 * The case history at size: `node test/bench/records.ts [CASES…]` (1,000, 10,000 and 100,000). Every case has a study of six
 * series, seven factors and a prediction with its map. Times are milliseconds, the 95th percentile of `REPEATS` unless said.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { CaseQuery } from '#shared/cases/case.ts';
import { appendAudit } from '../../src/main/cases/audit/audit-chain.ts';
import { verifyCopy } from '../../src/main/cases/backup/verify-copy.ts';
import { emptyLog } from '../../src/main/cases/file/log-binding.ts';
import { removePassing } from '../../src/main/cases/file/passing-files.ts';
import { openWriter } from '../../src/main/cases/file/records-file.ts';
import { listAgain } from '../../src/main/cases/list/list-row.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import { writeRekeyed } from '../../src/main/cases/rekey/rekeyed-file.ts';
import {
  findCaseRow,
  insertPrediction,
  readCase,
  replaceInputs,
  writeCaseRow,
} from '../../src/main/cases/rows/case-rows.ts';
import type { CaseToSave } from '../../src/main/cases/rows/case-to-save.ts';
import { sealOf } from '../../src/main/cases/seal/seal.ts';
import { caseNumber } from './records/case-number.ts';

const REPEATS = 40;
const AT_ONCE = 500;
const SAVED_SINCE = 100;
const key = new Uint8Array(randomBytes(32));

/** As a save writes it, many in one transaction. */
const insert = (db: Database, input: CaseToSave, number: number): void => {
  const at = new Date(Date.UTC(2020, 0, 1) + number * 60_000).toISOString();
  const id = randomUUID();
  const row = writeCaseRow(db, {
    id,
    revision: 1,
    created_at: at,
    updated_at: at,
    source_kind: input.source.kind,
    source_path: input.source.path,
    base_rate: input.baseRate,
    note: input.note,
    trashed_at: null,
    prediction_outdated: 0,
    model_id: null,
  });
  replaceInputs(db, id, input);
  if (input.prediction) insertPrediction(db, id, input.prediction);
  const stored = findCaseRow(db, id);
  const saved = stored && readCase(db, stored);
  if (!saved) throw new Error('the case that was just written is not there');
  listAgain(db, row, saved);
  const detail = { revision: 1, changes: {}, seal: sealOf(db, id) };
  appendAudit(db, { at, actor: `Dr ${number % 7}`, action: 'case.created', caseId: id, detail });
};

const fill = (file: string, cases: number): void => {
  const db = openWriter({ file, key });
  for (let first = 0; first < cases; first += AT_ONCE) {
    db.transaction(() => {
      for (let number = first; number < Math.min(first + AT_ONCE, cases); number++)
        insert(db, caseNumber(number), number);
    })();
    emptyLog(db);
  }
  db.close();
};

const timed = <T>(work: () => T): { ms: number; result: T } => {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
};

const timedAsync = async <T>(work: () => Promise<T>): Promise<{ ms: number; cpuMs: number; result: T }> => {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000, result };
};

const percentile = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? Number.NaN;

/** On the clock, and in processor time: on a busy machine only the second says what the code costs. */
const p95 = (work: (repeat: number) => unknown): { ms: number; cpuMs: number } => {
  const runs = Array.from({ length: REPEATS }, (_, repeat) => {
    const before = process.cpuUsage();
    const { ms } = timed(() => work(repeat));
    const { user, system } = process.cpuUsage(before);
    return { ms, cpuMs: (user + system) / 1000 };
  });
  return { ms: percentile(runs.map(({ ms }) => ms)), cpuMs: percentile(runs.map(({ cpuMs }) => cpuMs)) };
};

/** The `next` of the page before the last one. */
const LAST_PAGE = { position: 201, key: null };

const some = (store: RecordsStore, query: CaseQuery): string[] =>
  store.list({ ...query, limit: REPEATS }).cases.map(({ id }) => id);

const measured = async (folder: string, cases: number) => {
  const file = join(folder, 'records.db');
  const filling = timed(() => fill(file, cases)).ms;
  const bytes = statSync(file).size;
  const opening = timed(() => new RecordsStore({ file, key }));
  const store = opening.result;
  const ids = some(store, { after: { position: Math.floor(cases / 2), key: null } });
  const lists = {
    first: p95(() => store.list()),
    last: p95(() => store.list({ after: LAST_PAGE })),
    prefix: p95(() => store.list({ text: 'wan' })),
    chinese: p95(() => store.list({ text: '王伟' })),
    rare: p95(() => store.list({ text: 'P-0000777' })),
    byName: p95(() => store.list({ sort: { by: 'patient', descending: false } })),
    status: p95(() => store.list({ status: 'predicted', decision: 'above-threshold' })),
    count: p95(() => store.count()),
  };
  const open = p95((repeat) => store.get(ids[repeat % ids.length] ?? ''));
  const audit = {
    first: p95(() => store.auditPage({})),
    last: p95(() => store.auditPage({ before: 101 })),
    actor: p95(() => store.auditPage({ actor: 'Dr 3' })),
    time: p95(() => store.auditPage({ from: '2020-01-01T02', until: '2020-01-01T03' })),
    case: p95((repeat) => store.auditPage({ caseId: ids[repeat % ids.length] ?? '' })),
    names: p95(() => store.auditNames()),
  };
  const save = p95((repeat) => store.save(caseNumber(cases + repeat), 'Dr 1'));
  /** The longest time that whatever else was to be done had to wait. */
  const verify = async (scope: 'new' | 'whole') => {
    let longest = 0;
    let before = performance.now();
    const onStep = () => {
      longest = Math.max(longest, performance.now() - before);
      setImmediate(() => {
        before = performance.now();
      });
    };
    const { ms, cpuMs, result } = await timedAsync(() => store.check({ scope, actor: 'Dr 1', onStep }));
    if (!result.intact || result.scope !== scope) throw new Error(`verification failed: ${result.problem}`);
    return { ms, cpuMs, longestBlockMs: longest };
  };
  const whole = await verify('whole');
  for (let number = 0; number < SAVED_SINCE; number++) store.save(caseNumber(cases + REPEATS + number), 'Dr 1');
  const since = await verify('new');
  const copying = await timedAsync(() => store.copyTo(join(folder, 'copy.db')));
  const checking = await timedAsync(() => verifyCopy(join(folder, 'copy.db'), key, copying.result));
  const newKey = new Uint8Array(randomBytes(32));
  const rekeying = await timedAsync(() => writeRekeyed(store, { file, key, newKey, actor: 'Dr 1', detail: {} }));
  removePassing(file, 'rekeyed');
  const memory = process.memoryUsage().rss;
  store.close();
  const again = timed(() => new RecordsStore({ file, key }));
  again.result.list();
  again.result.close();
  return {
    cases,
    fillingS: filling / 1000,
    fileMB: bytes / 2 ** 20,
    startToOpenMs: again.ms,
    lists,
    open,
    save,
    audit,
    verifyWhole: whole,
    verifyNew: since,
    backup: {
      copyMs: copying.ms,
      copyCpuMs: copying.cpuMs,
      checkMs: checking.ms,
      checkCpuMs: checking.cpuMs,
      MB: statSync(join(folder, 'copy.db')).size / 2 ** 20,
    },
    /** Until it takes the place of the other, which is a renaming. */
    rekey: { ms: rekeying.ms, cpuMs: rekeying.cpuMs },
    memoryMB: memory / 2 ** 20,
  };
};

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(3)) : value;

const sizes = process.argv.slice(2).map(Number);
for (const cases of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  try {
    console.log(JSON.stringify(await measured(folder, cases), rounded));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
