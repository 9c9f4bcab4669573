/** `haicast courses …` as a process of its own, on a history of its own. */
import { spawn } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTableFile } from '#shared/tables/table-file.ts';
import { importCourses } from '../../../../../src/main/hosts/cli/commands/courses.ts';
import { PAST_PATIENTS, pastPatientsWorkbook, UNREADABLE } from '../../../../fixtures/tables/past-patients.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

const main = resolve(import.meta.dirname, '../../../../../src/main/hosts/cli/main.ts');
/** Several processes one after the other, on a computer that others work on. */
const LONG = { timeout: 300_000 };

const setUp = () => {
  const folder = temporaryFolder();
  const haicast = (...args: string[]) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
      const child = spawn(process.execPath, [main, ...args], {
        cwd: folder,
        env: {
          ...process.env,
          HAICAST_DATA: join(folder, 'data'),
          HAICAST_PASSPHRASE: 'correct horse battery staple',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk) => {
        said.stdout += String(chunk);
      });
      child.stderr.on('data', (chunk) => {
        said.stderr += String(chunk);
      });
      child.on('close', (code) => done({ code, ...said }));
    });
  return { haicast, file: (name: string) => join(folder, name) };
};

describe('courses on the command line', () => {
  test(
    'a spreadsheet of 200 past patients goes in, is listed, shown and written, and is taken back',
    LONG,
    async () => {
      const { haicast, file } = setUp();
      writeFileSync(file('past.xlsx'), pastPatientsWorkbook());
      const table = ['courses', 'import', 'past.xlsx', '--criterion', 'mrecist'];

      const kept = await haicast(...table, '--recovery-key-file', file('key.txt'), '--json');
      expect(kept.code).toBe(0);
      writeFileSync(file('import.json'), kept.stdout);
      const found = JSON.parse(kept.stdout);
      expect(found).toMatchObject({ dryRun: false, sheet: 'HAIC', existing: [] });
      expect(found.kept).toHaveLength(PAST_PATIENTS - UNREADABLE);
      expect(found.refused).toMatchObject([
        { line: 24, id: 'H00021', column: 'AFP (ng/mL)' },
        { line: 94, id: 'H00091', column: '疗效' },
        { line: 154, id: 'H00151', column: '检查日期' },
      ]);
      expect(found.columns).toMatchObject({ 'Total bilirubin (mg/dL)': 'bilirubin:mg/dL', 备注: null, 病案号: 'id' });

      const again = await haicast(...table, '--dry-run');
      expect(again.stdout).toContain('Would be kept: 0, refused: 3, there already: 197. Nothing was kept.');
      expect(again.code).toBe(3);
      expect(again.stderr).toContain('备注: not used');

      const listed = await haicast('courses', 'list', '--only', 'closed', '--search', '患者12', '--json');
      const [first] = JSON.parse(listed.stdout);
      expect(first).toMatchObject({ course: { state: 'closed' }, patientName: expect.stringContaining('患者12') });
      const shown = await haicast('courses', 'show', first.id, '--json');
      const opened = await haicast('records', 'audit', '--case', first.id, '--action', 'case.opened', '--json');
      expect(JSON.parse(opened.stdout)).toHaveLength(1);
      expect(JSON.parse(shown.stdout)).toMatchObject({
        simulated: false,
        patient: { patientId: first.patientId },
        course: { outcome: { best: { mrecist: { byHand: true } } } },
        responses: { mrecist: {}, 'recist-1.1': {} },
      });
      expect((await haicast('courses', 'show', first.id)).stdout).toMatch(
        /closed[\s\S]*Best response: \w\w, entered by hand/,
      );

      for (const name of ['cohort.csv', 'cohort.xlsx']) {
        const out = ['courses', 'export', '-o', name, '--criterion', 'mrecist'];
        expect(await haicast(...out)).toMatchObject({ code: 0, stdout: expect.stringContaining('197 closed courses') });
        expect(await haicast(...out)).toMatchObject({ code: 3, stderr: expect.stringContaining('is there already') });
      }
      const [csv, xlsx] = await Promise.all(
        ['cohort.csv', 'cohort.xlsx'].map(async (name) => (await readTableFile(readFileSync(file(name)))).table),
      );
      expect(csv?.lines).toHaveLength(197);
      expect(xlsx).toStrictEqual(csv);
      expect(readFileSync(file('cohort.csv'), 'utf8')).not.toMatch(/患者|H000/);

      expect(await haicast('courses', 'undo-import', 'import.json')).toMatchObject({
        code: 0,
        stdout: 'In the trash: 197 cases.\n',
      });
      const nothing = await haicast('courses', 'export', '-o', 'none.csv', '--criterion', 'mrecist');
      expect(nothing).toMatchObject({ code: 3, stderr: expect.stringContaining('No course is closed') });

      const audit = await haicast('records', 'audit', '--action', 'course.exported', '--json');
      expect(JSON.parse(audit.stdout)).toHaveLength(3);
    },
  );

  test('what the command line means is said: columns, sheets, criteria and files that are none', LONG, async () => {
    const { haicast, file } = setUp();
    writeFileSync(file('past.csv'), 'nr,day,b\n1,2024-03-14,1960-01-01\n2,14.03.2024,\n');
    const mapped = ['courses', 'import', 'past.csv', '--map', 'nr=id', '--map', 'day=date', '--map', 'b=birth_date'];
    const began = await haicast(...mapped, '--recovery-key-file', file('key.txt'));
    expect(began).toMatchObject({ code: 0, stdout: 'Kept: 1, refused: 1, there already: 0.\n' });
    expect(began.stderr).toContain('Line 3, column day');

    // Another birth date under an identifier that is kept: left out until it is said to be the same patient.
    writeFileSync(file('past.csv'), 'nr,day,b\n1,2025-03-14,1960-01-02\n');
    const doubtful = await haicast(...mapped);
    expect(doubtful.stdout).toBe('Kept: 0, refused: 0, there already: 0, in doubt: 1.\n');
    expect(doubtful.stderr).toContain('--same-person 2');
    expect((await haicast(...mapped, '--same-person', 'two')).code).toBe(2);
    expect((await haicast(...mapped, '--same-person', '2')).stdout).toContain('Kept: 1,');

    const unknown = await haicast('courses', 'import', 'past.csv', '--map', 'nowhere=id');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('nr, day, b') });
    expect((await haicast('courses', 'import', 'past.csv', '--map', 'nr=id')).code).toBe(3);
    expect((await haicast('courses', 'list', '--only', 'late')).code).toBe(2);
    expect((await haicast('courses', 'export', '-o', 'a.csv', '--criterion', 'choi')).code).toBe(2);
    writeFileSync(file('no.json'), '{"rows":[]}');
    expect((await haicast('courses', 'undo-import', 'no.json')).code).toBe(3);
    writeFileSync(file('old.xls'), Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    const old = await haicast('courses', 'import', 'old.xls', '--json');
    expect(old.code).toBe(3);
    expect(JSON.parse(old.stdout)).toMatchObject({ error: { code: 'workbook-old' } });
  });
});

test('a table of some gigabytes is refused by its size, and not read whole before', async () => {
  const huge = join(temporaryFolder(), 'huge.csv');
  writeFileSync(huge, '');
  truncateSync(huge, 3 * 1024 ** 3);
  const never = () => Promise.reject(new Error('asked the history'));
  await expect(importCourses(never, huge, { map: [] })).rejects.toMatchObject({ code: 'table-too-large' });
});
