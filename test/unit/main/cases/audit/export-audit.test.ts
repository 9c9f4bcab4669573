import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportAudit } from '../../../../../src/main/cases/audit/export-audit.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../sample-case.ts';
import { temporaryStore } from '../temporary-store.ts';

const now = new Date('2026-05-04T03:02:01.000Z');

describe('the audit log as a file', () => {
  test('holds what the filter leaves, newest first, and runs nothing in a spreadsheet', async () => {
    const store = temporaryStore(() => now);
    const { id } = store.save(sampleCase(), '=HYPERLINK("http://a")');
    store.record({ action: 'records.locked', caseId: null, detail: {} }, '＝SUM(1)');
    const folder = join(temporaryFolder(), 'not there yet');
    const written = await exportAudit(store, {}, { folder, now });
    expect(written).toStrictEqual({ entries: 2, file: 'haicast-audit-2026-05-04T030201.csv' });
    const path = join(folder, written.file);
    const [header, newest, oldest] = readFileSync(path, 'utf8').split('\r\n');
    expect(header).toBe('\uFEFFsequence,at,actor,authenticated,action,case,facts');
    expect(newest).toBe(`2,2026-05-04T03:02:01.000Z,"'＝SUM(1)",no,records.locked,,`);
    expect(oldest).toContain(`1,2026-05-04T03:02:01.000Z,"'=HYPERLINK(""http://a"")",no,case.created,${id},`);
    expect(readFileSync(path, 'utf8')).not.toMatch(/Muster|P-0001|2\.25\./);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('leaves no file where it is cancelled, and none over another', async () => {
    const store = temporaryStore();
    store.save(sampleCase(), 'a');
    const folder = temporaryFolder();
    const cancelled = exportAudit(store, {}, { folder, now, signal: AbortSignal.abort(new Error('enough')) });
    await expect(cancelled).rejects.toThrow('enough');
    expect(readdirSync(folder)).toStrictEqual([]);
    await exportAudit(store, {}, { folder, now });
    await expect(exportAudit(store, {}, { folder, now })).rejects.toMatchObject({ code: 'audit-not-written' });
    expect(existsSync(join(folder, 'haicast-audit-2026-05-04T030201.csv'))).toBe(true);
  });
});
