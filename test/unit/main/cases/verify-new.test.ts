import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const actor = 'Dr Example';

describe('a verification of what is new', () => {
  test('looks at everything the first time, and then at what came after it', async () => {
    const store = temporaryStore(() => new Date('2026-01-01T00:00:00.000Z'));
    const { id } = store.save(sampleCase(), 'a');
    store.save(sampleCase(), 'a');
    expect(await store.check({ scope: 'new', actor })).toStrictEqual({
      intact: true,
      scope: 'whole',
      entries: 2,
      cases: 2,
    });
    store.save(sampleCase({ caseId: id, note: 'later' }), 'a');
    expect(await store.check({ scope: 'new', actor })).toStrictEqual({
      intact: true,
      scope: 'new',
      since: '2026-01-01T00:00:00.000Z',
      // The entry of the first verification, and the case that was saved.
      entries: 2,
      cases: 1,
    });
    expect(store.audit().entries.map(({ action }) => action)).toStrictEqual([
      'case.created',
      'case.created',
      'records.verified',
      'case.saved',
      'records.verified',
    ]);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test.each([
    ['a case that was saved since', `UPDATE cases SET note = 'x'`, /not as it was last saved/],
    [
      'an entry that was written since',
      `DROP TRIGGER audit_entries_are_never_changed; UPDATE audit_log SET actor = 'x' WHERE sequence = 3`,
      /Entry 3 was altered/,
    ],
    [
      'the end of the log',
      `DROP TRIGGER audit_entries_are_never_deleted; DELETE FROM audit_log WHERE sequence = 3`,
      /2 of 3 entries/,
    ],
    [
      'the entry that was verified last',
      `DROP TRIGGER audit_entries_are_never_changed; UPDATE audit_log SET hash = 'x' WHERE sequence = 1`,
      /Entry 1 is not the one that was verified last/,
    ],
    [
      'a secret that was made since',
      `DROP TRIGGER secrets_are_never_changed; UPDATE secrets SET created_at = 'x'`,
      /secret of b/,
    ],
  ])('finds that %s was altered, and keeps that it did', async (_what, sql, problem) => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = store.save(sampleCase(), 'a');
    await store.check({ scope: 'whole', actor });
    if (sql.includes('secrets')) store.secret('b');
    else store.save(sampleCase({ caseId: id, note: 'later' }), 'a');
    store.close();
    const db = rawDatabase(file);
    db.exec(sql);
    db.close();
    const again = openStore(file);
    const verdict = await again.check({ scope: 'new', actor });
    expect(verdict).toMatchObject({ intact: false, scope: 'new', problem: expect.stringMatching(problem) });
    expect(again.auditPage({ action: 'records.altered' }).entries).toMatchObject([{ actor }]);
    // What was altered is not taken for verified by the next one.
    expect(await again.check({ scope: 'new', actor })).toMatchObject({ intact: false });
  });

  test('takes a case that is saved meanwhile as it is then', async () => {
    const store = temporaryStore();
    const { id } = store.save(sampleCase(), 'a');
    const checking = store.check({
      scope: 'whole',
      actor,
      onStep: () => undefined,
    });
    store.save(sampleCase({ caseId: id, note: 'in the middle of it' }), 'a');
    expect(await checking).toMatchObject({ intact: true });
  });

  test('ends where it is told to, and keeps nothing of it', async () => {
    const store = temporaryStore();
    for (let number = 0; number < 40; number++) store.save(sampleCase(), 'a');
    const controller = new AbortController();
    const checking = store.check({
      scope: 'whole',
      actor,
      signal: controller.signal,
      onStep: () => controller.abort(new Error('enough')),
    });
    await expect(checking).rejects.toThrow('enough');
    expect(store.auditPage({ action: 'records.verified' }).entries).toStrictEqual([]);
  });
});
