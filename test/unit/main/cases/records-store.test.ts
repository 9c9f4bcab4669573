import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Mark } from '#shared/study/mark.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase, samplePrediction } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

describe('a saved case', () => {
  test('comes back exactly as it was, after the application was closed too', () => {
    const file = join(temporaryFolder(), 'records.db');
    const first = new RecordsStore({ file, key: TEST_KEY });
    const input = sampleCase();
    const saved = first.save(input, 'Dr Example');
    first.close();
    const again = openStore(file).get(saved.id);
    const { prediction, ...content } = input;
    expect(again).toStrictEqual(saved);
    expect(again).toMatchObject(content);
    expect(again.predictions).toStrictEqual([prediction]);
    expect(Object.keys(again.factors)).toStrictEqual(['afp', 'sex']);
  });

  test('keeps marks that are no lesions beside them, sealed; what is written beside one is in no log', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = openStore(file);
    const [lesion] = sampleCase().lesions;
    if (!lesion) throw new Error('the sample has no lesion');
    const told = { ...lesion, segment: 'S8', depthMm: 0, comment: 'Muster Erika says so', isIndex: true as const };
    const marks: Mark[] = [
      {
        id: 'm',
        label: 'M1',
        seriesId: '2.25.2#echo-1',
        tool: 'ellipse',
        points: [
          [0, 0, 3],
          [9, 0, 3],
          [4.5, -4, 3],
          [4.5, 4, 3],
        ],
        statistics: { mean: 431.2, sd: 22.1, pixels: 40 },
        comment: 'Muster Erika again',
      },
    ];
    const saved = store.save(sampleCase({ lesions: [told], marks }), 'Dr Example');
    expect(store.get(saved.id)).toMatchObject({ lesions: [told], marks });
    expect(store.verify()).toStrictEqual({ intact: true });
    const without = store.save(sampleCase({ caseId: saved.id, lesions: [told] }), 'Dr Example');
    expect(without).not.toHaveProperty('marks');
    store.close();
    const log = JSON.stringify(rawDatabase(file).prepare('SELECT detail FROM audit_log').pluck().all());
    expect(log).toContain('S8');
    expect(log).not.toContain('Muster');
  });

  test('saved again keeps its identity and creation, and supersedes the prediction without losing it', () => {
    const store = temporaryStore();
    const first = store.save(sampleCase(), 'a');
    const second = store.save(sampleCase({ caseId: first.id, prediction: samplePrediction('prediction-2', 0.7) }), 'b');
    expect(second.id).toBe(first.id);
    expect(second.createdAt).toBe(first.createdAt);
    expect(second.predictions.map((one) => one.id)).toStrictEqual(['prediction-2', 'prediction-1']);
    expect(second.predictionOutdated).toBe(false);
  });

  test('saved twice with one prediction keeps one prediction', () => {
    const store = temporaryStore();
    const first = store.save(sampleCase(), 'a');
    expect(store.save(sampleCase({ caseId: first.id, note: 'later' }), 'a').predictions).toHaveLength(1);
  });

  test('with inputs that were changed after the prediction says that the prediction is no longer about them', () => {
    const store = temporaryStore();
    const first = store.save(sampleCase(), 'a');
    const { prediction: _made, ...changed } = sampleCase({ caseId: first.id, factors: { afp: { value: 1 } } });
    const second = store.save(changed, 'a');
    expect(second.predictionOutdated).toBe(true);
    expect(second.predictions).toHaveLength(1);
    expect(store.list({ status: 'predicted' }).total).toBe(0);
    expect(store.list().cases[0]).toMatchObject({ status: 'in-progress', probability: null });
  });

  test('refuses to put a superseded prediction back in force', () => {
    const store = temporaryStore();
    const { id } = store.save(sampleCase(), 'a');
    store.save(sampleCase({ caseId: id, prediction: samplePrediction('prediction-2') }), 'a');
    expect(() => store.save(sampleCase({ caseId: id }), 'a')).toThrow(/newer prediction has superseded/);
  });

  test('that is not there is a clear error', () => {
    const store = temporaryStore();
    expect(() => store.get('none')).toThrow(expect.objectContaining({ code: 'case-not-found' }));
    expect(() => store.save(sampleCase({ caseId: 'none' }), 'a')).toThrow(
      expect.objectContaining({ code: 'case-not-found' }),
    );
  });

  test('with a number that is withheld tells the audit log why, and not the number', () => {
    const store = temporaryStore();
    const withheldBecause = [{ code: 'child-pugh-c', text: 'Child–Pugh C' }];
    const prediction = { ...samplePrediction('p', 0.9876), decision: 'withheld' as const, withheldBecause };
    store.save(sampleCase({ prediction }), 'a');
    expect(JSON.stringify(store.audit().entries)).not.toContain('0.9876');
    expect(store.auditPage({}).entries[0]?.facts).toContainEqual({ name: 'withheldBecause', value: 'child-pugh-c' });
  });

  test('with a number that JSON cannot keep is refused, and nothing is changed', () => {
    const store = temporaryStore();
    expect(() => store.save(sampleCase({ baseRate: Number.NaN }), 'a')).toThrow(
      expect.objectContaining({ code: 'internal', detail: expect.stringContaining('baseRate') }),
    );
    expect(store.count()).toBe(0);
    expect(store.audit().entries).toHaveLength(0);
  });

  test('that fails half-way leaves nothing behind', () => {
    const store = temporaryStore();
    const lesion = sampleCase().lesions[0];
    if (!lesion) throw new Error('the sample case has a lesion');
    expect(() => store.save(sampleCase({ lesions: [lesion, lesion] }), 'a')).toThrow();
    expect(store.list().total).toBe(0);
    expect(store.verify()).toStrictEqual({ intact: true });
  });
});

describe('the trash', () => {
  test('hides a case, keeps it, and gives it back', () => {
    const store = temporaryStore();
    const { id } = store.save(sampleCase(), 'a');
    store.trash(id, 'a');
    expect(store.list().total).toBe(0);
    expect(store.list({ trashed: true }).cases.map((one) => one.id)).toStrictEqual([id]);
    expect(store.get(id).trashedAt).not.toBeNull();
    store.restore(id, 'b');
    expect(store.count()).toBe(1);
    expect(store.get(id).trashedAt).toBeNull();
    expect(store.audit(id).entries.map((entry) => entry.action)).toStrictEqual([
      'case.created',
      'case.trashed',
      'case.restored',
    ]);
    expect(store.verify().intact).toBe(true);
  });
});

describe('the file', () => {
  test('holds no readable word of the case', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = openStore(file);
    store.save(sampleCase(), 'a');
    const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
    expect(bytes.length).toBeGreaterThan(10_000);
    for (const word of ['Muster', 'P-0001', 'SQLite format', 'lesion-1', 'CREATE TABLE']) {
      expect(bytes.includes(word), word).toBe(false);
    }
  });

  test('is not opened with another key, and not harmed by the attempt', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = store.save(sampleCase(), 'a');
    store.close();
    expect(() => new RecordsStore({ file, key: new Uint8Array(32).fill(8) })).toThrow(
      expect.objectContaining({ code: 'records-corrupt' }),
    );
    expect(openStore(file).get(id).id).toBe(id);
  });

  test('has one owner at a time; the second is told, the first goes on', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = openStore(file);
    expect(() => new RecordsStore({ file, key: TEST_KEY })).toThrow(
      expect.objectContaining({ code: 'records-in-use' }),
    );
    expect(store.save(sampleCase(), 'a').id).toBeTruthy();
  });

  test('refuses changed or deleted predictions and audit entries by itself', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    store.save(sampleCase(), 'a');
    store.close();
    const db = rawDatabase(file);
    try {
      expect(() => db.exec(`UPDATE predictions SET probability = 0.9`)).toThrow('a prediction is never changed');
      expect(() => db.exec(`DELETE FROM predictions`)).toThrow('a prediction is never deleted');
      expect(() => db.exec(`UPDATE audit_log SET actor = 'b'`)).toThrow('an audit entry is never changed');
      expect(() => db.exec(`DELETE FROM audit_log`)).toThrow('an audit entry is never deleted');
    } finally {
      db.close();
    }
  });

  test.each([
    ['a factor', `UPDATE factors SET body = '{"value":1}' WHERE factor_id = 'afp'`, /not as it was last saved/],
    ['a whole case', `PRAGMA foreign_keys = OFF; DELETE FROM cases`, /not as it was last saved/],
    [
      'a prediction, its trigger dropped',
      `DROP TRIGGER predictions_are_never_changed; UPDATE predictions SET body = json_set(body, '$.probability', 0.9)`,
      /not as it was last saved/,
    ],
    [
      'an audit entry',
      `DROP TRIGGER audit_entries_are_never_changed; UPDATE audit_log SET actor = 'somebody else' WHERE sequence = 1`,
      /Entry 1 was altered/,
    ],
    [
      'the end of the log',
      `DROP TRIGGER audit_entries_are_never_deleted; DELETE FROM audit_log WHERE sequence = 2`,
      /1 of 2 entries/,
    ],
  ])('shows that %s was altered behind its back', (_what, sql, problem) => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = store.save(sampleCase(), 'a');
    store.save(sampleCase({ caseId: id, note: 'again' }), 'a');
    expect(store.verify()).toStrictEqual({ intact: true });
    store.close();
    const db = rawDatabase(file);
    db.exec(sql);
    db.close();
    const verdict = openStore(file).verify();
    expect(verdict.intact).toBe(false);
    expect(verdict.problem).toMatch(problem);
  });
});

describe('the audit log', () => {
  test('keeps the old and the new value, who changed it, and nothing that names the patient', () => {
    const store = temporaryStore();
    const { id } = store.save(sampleCase(), 'Dr One');
    store.save(
      sampleCase({ caseId: id, factors: { afp: { value: 20, unit: 'ng/mL' } }, note: 'Erika Muster' }),
      'Dr Two',
    );
    const { entries } = store.audit(id);
    expect(entries.map((entry) => [entry.action, entry.actor])).toStrictEqual([
      ['case.created', 'Dr One'],
      ['case.saved', 'Dr Two'],
    ]);
    expect(entries[1]?.detail.changes).toStrictEqual({
      factors: {
        afp: { from: { value: 400, unit: 'ng/mL', origin: 'user' }, to: { value: 20, unit: 'ng/mL' } },
        sex: { from: { value: 'female' }, to: null },
      },
      note: 'changed',
    });
    expect(entries[0]?.detail.changes).toMatchObject({
      roles: { 'in-phase': { from: null, to: { role: 'in-phase', series: 1 } } },
      lesions: { 'lesion-1': { from: null, to: { label: 'T1', series: 1 } } },
    });
    expect(JSON.stringify(entries)).not.toMatch(/Muster|Erika|P-0001|19500102|2\.25\./);
  });
});

test('an export is an entry of its own in the chain, with counts and no case', () => {
  const store = temporaryStore();
  const detail = { series: 2, written: 40, leftOut: 1, linking: 'none' };
  store.record({ action: 'study.exported', caseId: null, detail }, 'Dr Example');
  const { entries, intact } = store.audit();
  expect(intact).toBe(true);
  expect(entries.at(-1)).toMatchObject({
    action: 'study.exported',
    actor: 'Dr Example',
    caseId: null,
    detail: { series: 2, written: 40, leftOut: 1, linking: 'none' },
  });
});
