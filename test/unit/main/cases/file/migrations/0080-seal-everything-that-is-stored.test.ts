import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readAudit } from '../../../../../../src/main/cases/audit/audit-chain.ts';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder.ts';
import { fixtureDatabase, recordFixtures } from '../../record-fixtures.ts';

const atSeventyFive = async () => {
  const [fixture] = recordFixtures();
  if (!fixture) throw new Error('the fixture of schema 60 is missing');
  const file = join(temporaryFolder(), 'records.db');
  copyFileSync(join(fixture.folder, 'records.db'), file);
  const db = await fixtureDatabase(fixture.folder, file);
  onTestFinished(() => {
    db.close();
  });
  migrate(db, 75);
  return db;
};

test('0080 seals every case and secret anew that is as it was sealed before', async () => {
  const db = await atSeventyFive();
  migrate(db, 80);
  const sealed = readAudit(db).filter(({ action }) => action === 'case.sealed');
  expect(sealed.map(({ caseId }) => caseId).sort()).toStrictEqual(
    db.prepare('SELECT id FROM cases ORDER BY id').pluck().all(),
  );
  expect(readAudit(db).filter(({ action }) => action === 'secret.sealed')).toHaveLength(1);
});

test('0080 leaves a case that was altered before with the seal that finds it', async () => {
  const db = await atSeventyFive();
  const altered = db.prepare('SELECT id FROM cases ORDER BY number LIMIT 1').pluck().get();
  db.prepare(`UPDATE cases SET note = 'altered' WHERE id = ?`).run(altered);
  migrate(db, 80);
  const sealed = readAudit(db).filter(({ action }) => action === 'case.sealed');
  expect(sealed.map(({ caseId }) => caseId)).not.toContain(altered);
  expect(sealed.length).toBeGreaterThan(0);
});
