import { execFileSync, spawnSync } from 'node:child_process';
import { createDecipheriv, pbkdf2Sync, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditQuery } from '#shared/cases/audit.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { exportRecords } from '../../../../../src/main/cases/export/export-records.ts';
import type { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { courseImages } from '../course-images.ts';
import { sampleReading, sampleStudyOf } from '../readers/sample-study.ts';
import { sampleCase, samplePrediction } from '../sample-case.ts';
import { temporaryStore } from '../temporary-store.ts';

const facts = {
  at: new Date('2026-05-04T08:00:00.000Z'),
  actor: 'Dr Example',
  installation: 'here',
  appVersion: '0.0.0',
  passphrase: undefined,
};

/** One case with everything, one in the trash, one that was erased. */
const filled = () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase({ note: '=1+1\nand a second line', prediction: samplePrediction('one') }), 'a');
  const therapy = { id: 'tki', kind: 'TKI' as const, name: 'lenvatinib', start: '2026-03-24' };
  store.writeCourse(id, [{ kind: 'co-therapy', id: 'tki', body: therapy, base: null }], { actor: 'a' });
  const { write, pictures } = courseImages();
  store.writeCourse(id, [write], { actor: 'a', pictures });
  const meeting = { id: 'm', date: '2026-05-04', name: 'Liver board', covered: true, caseIds: [id] };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'a');
  const listing = { question: 'HAIC or TACE?', presenter: '' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body: listing, base: null }, 'a');
  const study = sampleStudyOf([id]);
  store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, 'a');
  const place = { studyId: study.id, caseId: id, reader: 'name:a' };
  store.lockReading({ ...place, kind: 'first', body: { ...sampleReading(0.625), comment: 'rim, washout' } }, 'a');
  const trashed = store.save(sampleCase(), 'a').id;
  store.trash(trashed, 'a');
  const erased = store.save(sampleCase(), 'a').id;
  store.erasePatient([erased], 'a');
  return { store, id, trashed, erased };
};

/** Each of the files of an archive against its sum, by Python's own `hashlib`. */
const sums = (file: string): string[] => {
  const script =
    'import hashlib,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); ' +
    'lines=[l.split("  ",1) for l in z.read("SHA256SUMS").decode().splitlines()]; ' +
    'assert {n for _,n in lines} == set(z.namelist()) - {"SHA256SUMS"}; ' +
    'print("\\n".join(n for s,n in lines if hashlib.sha256(z.read(n)).hexdigest() != s))';
  return execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }).split('\n').filter(Boolean);
};

/** The files of an archive, as Python's own `zipfile` reads them, which also checks each CRC. */
const unzipped = (file: string): Record<string, string> => {
  const script =
    'import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ' +
    'print(json.dumps({n: z.read(n).decode("utf-8-sig","replace") for n in z.namelist()}))';
  return JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 1 << 28 }));
};

const reread = (store: RecordsStore, id: string) =>
  JSON.parse(
    JSON.stringify({
      ...store.get(id),
      course: store.courseEntries(id),
      board: store.boardHistory(id),
      readings: store.readings(id),
    }),
  );

const noPython = spawnSync('python3', ['--version']).status === 0 ? '' : 'Python is not installed';

test.skipIf(noPython !== '')(
  `a plain export is read by Python's own tools: each case as it is, its tables, the log, and no name in a file's name${noPython && ` (left out: ${noPython})`}`,
  async () => {
    const { store, id, trashed, erased } = filled();
    const folder = temporaryFolder();
    const done = await exportRecords(store, { ...facts, folder });
    expect(done).toMatchObject({ cases: 2, unreadable: [], file: 'haicast-export-2026-05-04T080000Z.zip' });
    expect(sums(join(folder, done.file))).toStrictEqual([]);
    const files = unzipped(join(folder, done.file));
    expect(Object.keys(files).join(' ')).not.toMatch(/Muster|P-0001|Erika/);
    for (const one of [id, trashed]) {
      expect(JSON.parse(files[`cases/${one}/case.json`] ?? '')).toStrictEqual(reread(store, one));
    }
    expect(Object.keys(files)).not.toContain(`cases/${erased}/case.json`);
    expect(files['erased.csv']).toContain(erased);
    expect(files['cases.csv']?.split('\r\n').slice(1, -1)).toHaveLength(2);
    // What a spreadsheet would run is text.
    expect(files['cases.csv']).toContain("'=1+1");
    expect(files['course-entries.csv']).toContain('lenvatinib');
    const [, pictureLine = ''] = files['course-images.csv']?.split('\r\n') ?? [];
    expect(pictureLine).toContain('baseline,L1,arterial');
    expect(Object.keys(files)).toContain(pictureLine.split(',')[2]);
    expect(files['board-entries.csv']).toContain('HAIC or TACE?');
    expect(JSON.parse(files['meetings.json'] ?? '')).toMatchObject([{ name: 'Liver board', caseIds: [id] }]);
    expect(files['readings.csv']).toContain('study,name:a,first');
    expect(files['readings.csv']).toContain('0.625,3,"rim, washout"');
    expect(JSON.parse(files['reader-studies.json'] ?? '')).toMatchObject([{ name: 'Readers and model' }]);
    expect(files['audit.csv']).toContain('case.created');
    expect(JSON.parse(files['manifest.json'] ?? '')).toMatchObject({
      format: 'haicast-export',
      version: 2,
      exportedAt: '2026-05-04T08:00:00.000Z',
      cases: 2,
    });
    expect(files['README.txt']).toContain('THIS ARCHIVE NAMES PATIENTS');
    for (const name of Object.keys(files).filter((one) => one.endsWith('.csv')))
      expect(files['README.txt']).toContain(name);
  },
);

test('a withheld number stands in no table', async () => {
  const store = temporaryStore();
  const withheld = { ...samplePrediction('one'), probability: 0.123456, decision: 'withheld' as const };
  store.save(sampleCase({ prediction: withheld }), 'a');
  const folder = temporaryFolder();
  const { file } = await exportRecords(store, { ...facts, folder });
  const bytes = readFileSync(join(folder, file)).toString('latin1');
  const table = bytes.slice(bytes.indexOf('predictions.csv'), bytes.indexOf('factors.csv'));
  expect(table).toContain('withheld');
  expect(table).not.toContain('0.123456');
});

/** As openssl opens it: key and IV are one PBKDF2 output (`EVP_BytesToKey` is only without `-pbkdf2`). */
const opened = (bytes: Buffer, passphrase: string): Buffer => {
  const derived = pbkdf2Sync(passphrase, bytes.subarray(8, 16), 600_000, 48, 'sha256');
  const decipher = createDecipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
};

test('an encrypted export shows nothing, and says beside itself how it is opened', async () => {
  const { store } = filled();
  const folder = temporaryFolder();
  const passphrase = 'a long enough passphrase';
  const { file } = await exportRecords(store, { ...facts, folder, passphrase });
  const bytes = readFileSync(join(folder, file));
  expect(bytes.subarray(0, 8).toString()).toBe('Salted__');
  expect(bytes.toString('latin1')).not.toMatch(/Muster|README|cases\.csv/);
  expect(opened(bytes, passphrase).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  const [hint] = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const command = readFileSync(join(folder, hint ?? ''), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('openssl enc'));
  expect(command).toContain(`-in ${file}`);
});

test('cancelled, or with too short a passphrase, nothing is left', async () => {
  const { store } = filled();
  const folder = temporaryFolder();
  const stop = new AbortController();
  const options = { ...facts, folder, signal: stop.signal, onStep: () => stop.abort() };
  await expect(exportRecords(store, options)).rejects.toThrow();
  await expect(exportRecords(store, { ...facts, folder, passphrase: 'short' })).rejects.toMatchObject({
    code: 'passphrase-too-short-export',
  });
  expect(readdirSync(folder)).toStrictEqual([]);
});

describe('a case that is erased while the export is written', () => {
  test('is not in it where it was not read yet', async () => {
    const { store, trashed } = filled();
    const folder = temporaryFolder();
    const onStep = ({ done }: { done: number }) => {
      if (done === 1) store.erase(trashed, 'request', 'a');
    };
    const { file, cases } = await exportRecords(store, { ...facts, folder, onStep });
    expect(cases).toBe(1);
    expect(readFileSync(join(folder, file)).includes(`cases/${trashed}/`)).toBe(false);
  });

  test.each([
    ['while others are read', 'onStep'],
    ['after the last one was', 'auditPage'],
  ])('ends it, and nothing of it is left, %s', async (_when, at) => {
    const { store, id } = filled();
    const folder = temporaryFolder();
    let times = 0;
    // The first of both cases is written when the second is read.
    const erase = () => {
      times += 1;
      if (times === (at === 'onStep' ? 2 : 1)) store.erasePatient([id], 'a');
    };
    const auditPage = (query: AuditQuery) => {
      if (at === 'auditPage') erase();
      return store.auditPage(query);
    };
    const asked = new Proxy(store, {
      get: (target, name) => (name === 'auditPage' ? auditPage : bound(target, name)),
    });
    const options = { ...facts, folder, passphrase: 'a long enough passphrase' };
    const onStep = at === 'onStep' ? erase : () => undefined;
    await expect(exportRecords(asked, { ...options, onStep })).rejects.toMatchObject({ code: 'export-erased' });
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('ends it soon where there are many', async () => {
    const { store, id } = filled();
    const ids = () => [id, ...Array.from({ length: 250 }, () => randomUUID())];
    const many = new Proxy(store, { get: (target, name) => (name === 'ids' ? ids : bound(target, name)) });
    const steps: number[] = [];
    const onStep = ({ done }: { done: number }) => {
      steps.push(done);
      if (done === 1) store.erasePatient([id], 'a');
    };
    const writing = exportRecords(many, { ...facts, folder: temporaryFolder(), onStep });
    await expect(writing).rejects.toMatchObject({ code: 'export-erased' });
    expect(steps.at(-1)).toBe(100);
  });
});

test('it has its name once it is whole: what is cut off before is not taken for it', async () => {
  const { store } = filled();
  const folder = temporaryFolder();
  const meanwhile = new Set<string>();
  const onStep = () => {
    for (const name of readdirSync(folder)) meanwhile.add(name);
  };
  const { file } = await exportRecords(store, { ...facts, folder, onStep });
  expect([...meanwhile]).toStrictEqual([`${file}.unfinished`]);
  expect(readdirSync(folder)).toStrictEqual([file]);
});

test('where it cannot be written it says so, and a file that is there stays', async () => {
  const { store } = filled();
  const folder = temporaryFolder();
  const { file } = await exportRecords(store, { ...facts, folder });
  const before = readFileSync(join(folder, file));
  await expect(exportRecords(store, { ...facts, folder })).rejects.toMatchObject({ code: 'export-not-written' });
  expect(existsSync(join(folder, file))).toBe(true);
  expect(readFileSync(join(folder, file))).toStrictEqual(before);
});

test('a case that cannot be read is named, and takes nothing else with it', async () => {
  const { store, id, trashed } = filled();
  const get = (one: string): SavedCase => {
    if (one === id) throw new Error('damaged');
    return store.get(one);
  };
  const folder = temporaryFolder();
  const broken = new Proxy(store, { get: (target, name) => (name === 'get' ? get : bound(target, name)) });
  expect(await exportRecords(broken, { ...facts, folder })).toMatchObject({ cases: 1, unreadable: [id] });
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? '')).includes(trashed)).toBe(true);
});

const bound = (target: RecordsStore, name: string | symbol): unknown => {
  const value = Reflect.get(target, name, target) as unknown;
  return typeof value === 'function' ? value.bind(target) : value;
};
