import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { emptyListing } from '#shared/board/meeting.ts';
import { partKey } from '#shared/course/course.ts';
import { exportRecords } from '../../../../../src/main/cases/export/export-records.ts';
import { Findings } from '../../../../../src/main/cases/import/findings.ts';
import { importExport } from '../../../../../src/main/cases/import/import-export.ts';
import type { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { picturesNamed } from '../../../../../src/main/cases/rows/course-picture-rows.ts';
import { zipStream } from '../../../../../src/main/files/zip-stream.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { courseImages } from '../course-images.ts';
import { sampleReading, sampleStudyOf } from '../readers/sample-study.ts';
import { sampleCase, samplePictures, samplePrediction } from '../sample-case.ts';
import { temporaryStore } from '../temporary-store.ts';

const PASSPHRASE = 'a long enough passphrase';
const therapy = (start: string) => ({ id: 'tki', kind: 'TKI' as const, name: 'lenvatinib', start });

/** A case with superseded predictions, pictures and a course that was changed; one in the trash. */
const filled = () => {
  const store = temporaryStore(() => new Date('2026-05-01T08:00:00.000Z'));
  const { id } = store.save(sampleCase({ prediction: samplePrediction('one') }), 'a');
  const second = { modelId: 'another-model', comparison: samplePrediction('compared') };
  const inputs = { factors: { afp: { value: 500, unit: 'ng/mL' } }, prediction: samplePrediction('two') };
  store.save(sampleCase({ caseId: id, ...inputs, ...samplePictures(), ...second }), 'a');
  const write = (start: string, base: number | null) =>
    store.writeCourse(id, [{ kind: 'co-therapy', id: 'tki', body: therapy(start), base }], { actor: 'b' });
  write('2026-05-02', write('2026-05-01', null).revisions[partKey('co-therapy', 'tki')] ?? null);
  const { write: images, pictures } = courseImages();
  store.writeCourse(id, [images], { actor: 'b', pictures });
  const listing = { ...emptyListing, question: 'which treatment next?' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body: listing, base: null }, 'c');
  store.writeReaderStudy({ action: 'readerStudy.begun', study: sampleStudyOf([id]), base: null }, 'a');
  store.lockReading({ studyId: 'study', caseId: id, reader: 'name:a', kind: 'first', body: sampleReading(0.5) }, 'a');
  const trashed = store.save(sampleCase({ prediction: samplePrediction('three') }), 'a').id;
  store.trash(trashed, 'a');
  return { store, id, trashed };
};

const exported = async (store: RecordsStore, passphrase?: string) => {
  const folder = temporaryFolder();
  const at = new Date('2026-05-04T08:00:00.000Z');
  const facts = { folder, at, actor: 'Dr There', installation: 'there', appVersion: '0.0.0', passphrase };
  return join(folder, (await exportRecords(store, facts)).file);
};

const take = (
  store: RecordsStore,
  path: string,
  given: { passphrase?: string; dryRun?: boolean; only?: string[] } = {},
) => importExport(store, { path, passphrase: undefined, dryRun: false, actor: 'Dr Here', ...given });

/** All that is said of a case, without the numbers that a history gives its entries. */
const whole = (store: RecordsStore, id: string) => ({
  ...store.get(id),
  course: store.courseEntries(id).map(({ sequence: _sequence, ...entry }) => entry),
  board: store.boardHistory(id).map(({ sequence: _sequence, ...entry }) => entry),
  readings: store.readings(id).map(({ sequence: _sequence, ...reading }) => reading),
  pictures: [...store.get(id).keyImages, ...picturesNamed(store.courseEntries(id))].map((image) =>
    Buffer.from(store.picture(id, image.id).bytes).toString('hex'),
  ),
});

/** The export with other words, and with sums that fit them. */
const forged = async (path: string, change: (name: string, text: string) => string): Promise<string> => {
  const entries: { name: string; bytes: Buffer }[] = [];
  const zip = await openPromise(path, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === 'SHA256SUMS') continue;
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    const isText = entry.fileName.endsWith('.json');
    entries.push({ name: entry.fileName, bytes: isText ? Buffer.from(change(entry.fileName, `${bytes}`)) : bytes });
  }
  zip.close();
  const sums = entries.map(({ name, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  entries.push({ name: 'SHA256SUMS', bytes: Buffer.from(sums.join('')) });
  const parts: Uint8Array[] = [];
  for await (const part of zipStream(entries.map(({ name, bytes }) => ({ name, read: async () => bytes })))) {
    parts.push(part);
  }
  const file = join(temporaryFolder(), 'forged.zip');
  writeFileSync(file, Buffer.concat(parts));
  return file;
};

describe('an export that is taken over elsewhere', () => {
  test('is the same case by case, sealed anew, and says where it came from', async () => {
    const { store, id, trashed } = filled();
    const path = await exported(store, PASSPHRASE);
    const other = temporaryStore();
    other.save(sampleCase({ prediction: samplePrediction('four') }), 'a');
    const dry = await take(other, path, { passphrase: PASSPHRASE, dryRun: true });
    expect(dry).toMatchObject({ from: 'there', by: 'Dr There', exportedAt: '2026-05-04T08:00:00.000Z', kept: [] });
    expect(dry.counts).toStrictEqual({ new: 2, same: 0, different: 0, trashed: 0, erased: 0 });
    const { patient, studyDate } = store.get(id).study;
    expect(dry.cases).toStrictEqual([
      { id, state: 'new', studyKept: true, patient, studyDate },
      { id: trashed, state: 'new', studyKept: true, patient, studyDate },
    ]);
    expect(other.ids()).toHaveLength(1);

    const done = await take(other, path, { passphrase: PASSPHRASE });
    expect(done.kept).toStrictEqual([id, trashed]);
    for (const one of [id, trashed]) {
      // But for where the images lay there.
      const there = JSON.stringify(whole(store, one)).replaceAll('"path":"/images/one"', '"path":""');
      expect(whole(other, one)).toStrictEqual(JSON.parse(there));
    }
    expect(other.list({ trashed: true }).total).toBe(1);
    expect(other.list({ text: 'muster' }).total).toBe(2);
    expect(other.verify()).toStrictEqual({ intact: true });
    expect(await other.check({ scope: 'whole', actor: 'a' })).toMatchObject({ intact: true });
    const [entry] = other.auditPage({ caseId: id }).entries;
    expect([entry?.action, entry?.actor]).toStrictEqual(['case.imported', 'Dr Here']);
    expect(entry?.facts).toContainEqual({ name: 'from', value: 'there' });
    expect(entry?.facts).toContainEqual({ name: 'made', value: '2026-05-04T08:00:00.000Z' });
    // It goes on from there: the next save is the next revision.
    expect(
      other.save(sampleCase({ caseId: id, revision: 2, prediction: samplePrediction('five') }), 'a').revision,
    ).toBe(3);
  });

  test('never changes what is here: the same, another and an erased one are told and left', async () => {
    const { store, id, trashed } = filled();
    const path = await exported(store);
    const other = temporaryStore();
    await take(other, path);
    const again = await take(other, path);
    expect([again.cases.map(({ state }) => state), again.kept]).toStrictEqual([['same', 'same'], []]);

    other.save(sampleCase({ caseId: id, note: 'written here', prediction: samplePrediction('six') }), 'a');
    other.erase(trashed, 'request', 'a');
    const third = await take(other, path);
    expect([third.cases.map(({ state }) => state), third.kept]).toStrictEqual([['different', 'erased'], []]);
    expect(other.get(id).note).toBe('written here');
    expect(other.ids()).toStrictEqual([id]);
  });

  test('brings no place of another computer: neither the case nor a follow-up leads to a server that somebody wrote into it', async () => {
    const { store, id } = filled();
    const share = String.raw`\\server\share`;
    store.relink(id, { kind: 'path', path: share }, 'a');
    const study = { state: 'opened', studyInstanceUID: '1.2.3', kind: 'path', path: share } as const;
    const body = { id: 'later', date: '2026-05-01', study, measures: {}, factors: {} };
    store.writeCourse(id, [{ kind: 'time-point', id: 'later', body, base: null }], { actor: 'b' });
    const path = await exported(store);
    const other = temporaryStore();
    await take(other, path);
    expect(JSON.stringify([whole(other, id), other.course(id)])).not.toContain('server');
    expect(other.get(id).source).toStrictEqual({ kind: 'path', path: '' });

    // Linked here, it is still the case that the export holds.
    other.relink(id, { kind: 'path', path: '/images/here' }, 'a');
    expect((await take(other, path)).cases.map(({ state }) => state)).toStrictEqual(['same', 'same']);
    expect(other.get(id).source.path).toBe('/images/here');
  });

  test('is taken over in parts where cases are named', async () => {
    const { store, trashed } = filled();
    const other = temporaryStore();
    expect((await take(other, await exported(store), { only: [trashed] })).kept).toStrictEqual([trashed]);
    expect(other.ids()).toStrictEqual([trashed]);
  });

  test('that lies in the trash here is told as that, whatever it says', async () => {
    const { store, id } = filled();
    const path = await exported(store);
    const other = temporaryStore();
    await take(other, path);
    other.trash(id, 'a');
    expect((await take(other, path)).cases.map(({ state }) => state)).toStrictEqual(['trashed', 'same']);
    expect(other.get(id).trashedAt).not.toBeNull();
  });

  test('is found in the zip that a browser saved it in, encrypted or not', async () => {
    const { store, id, trashed } = filled();
    for (const passphrase of [undefined, PASSPHRASE]) {
      const path = await exported(store, passphrase);
      const names = readdirSync(dirname(path));
      const entries = names.map((name) => ({ name, read: async () => readFileSync(join(dirname(path), name)) }));
      const saved = join(temporaryFolder(), 'haicast-export.zip');
      writeFileSync(saved, await buffer(zipStream(entries)));
      const other = temporaryStore();
      const given = passphrase === undefined ? {} : { passphrase };
      expect((await take(other, saved, given)).kept).toStrictEqual([id, trashed]);
    }
  });

  test('that is large is taken over in steps, once the whole of it was looked at; what fails later leaves those before', async () => {
    const { store, id, trashed } = filled();
    const path = await exported(store);
    const options = { path, passphrase: undefined, dryRun: false, actor: 'Dr Here', atOnceBytes: 1 };
    const other = temporaryStore();
    expect((await importExport(other, options)).kept).toStrictEqual([id, trashed]);
    expect(other.auditPage({ action: 'records.imported' }).entries).toHaveLength(2);
    expect(other.verify()).toStrictEqual({ intact: true });

    const third = temporaryStore();
    let steps = 0;
    const onStep = () => {
      steps += 1;
      // Both were looked at, and the first is read again: it is written when the second was read.
      if (steps === 4)
        third.takeOverCases = () => {
          throw new Error('a full disk');
        };
    };
    await expect(importExport(third, { ...options, onStep })).rejects.toThrow('a full disk');
    expect(third.ids()).toStrictEqual([]);

    const fourth = temporaryStore();
    const real = fourth.takeOverCases.bind(fourth);
    fourth.takeOverCases = (...given) => {
      if (fourth.ids().length > 0) throw new Error('a full disk');
      return real(...given);
    };
    await expect(importExport(fourth, options)).rejects.toMatchObject({ code: 'import-stopped', params: { kept: 1 } });
    expect(fourth.ids()).toStrictEqual([id]);
  });

  test('is told in numbers, and by name no more than anybody reads: what needs a look before all else', () => {
    const findings = new Findings();
    const { patient } = sampleCase().study;
    for (let n = 0; n < 1_000; n++) findings.add({ id: `new ${n}`, state: 'new', studyKept: false, patient });
    for (const state of ['same', 'erased', 'different'] as const)
      findings.add({ id: state, state, studyKept: false, patient });
    expect(findings.counts).toStrictEqual({ new: 1_000, same: 1, different: 1, trashed: 0, erased: 1 });
    expect(findings.fresh).toHaveLength(1_000);
    const { named } = findings;
    expect([named.length, named.slice(0, 3).map(({ id }) => id)]).toStrictEqual([
      200,
      ['different', 'erased', 'new 0'],
    ]);
  });

  test('goes all or not at all', () => {
    const { store, id, trashed } = filled();
    const of = (one: string) => ({
      ...store.get(one),
      course: store.courseEntries(one),
      board: store.boardHistory(one),
      readings: store.readings(one),
    });
    const other = temporaryStore();
    // The picture of the second one is missing.
    const cases = [
      { one: of(trashed), pictures: {} },
      { one: of(id), pictures: {} },
    ];
    const origin = { from: 'there', made: 'then' };
    expect(() => other.takeOverCases(cases, origin, 'a')).toThrow(expect.objectContaining({ code: 'key-image-gone' }));
    expect([other.ids(), other.audit().entries]).toStrictEqual([[], []]);
  });
});

describe('what cannot be trusted is refused, and nothing is taken over', () => {
  const refused = async (path: string, given: { passphrase?: string } = {}) => {
    const other = temporaryStore();
    const code = await take(other, path, given).then(
      () => 'taken over',
      (error: { code: string }) => error.code,
    );
    expect(other.ids()).toStrictEqual([]);
    return code;
  };

  test('without the passphrase, or with another one, which says nothing more', async () => {
    const path = await exported(filled().store, PASSPHRASE);
    expect(await refused(path)).toBe('export-passphrase-needed');
    for (const passphrase of ['another passphrase', 'a long enough passphras', '']) {
      expect(await refused(path, { passphrase })).toBe('export-passphrase-wrong');
    }
  });

  test('a case that was changed, a file that is cut off, and what is no export', async () => {
    const path = await exported(filled().store);
    const bytes = readFileSync(path);
    const write = (changed: Uint8Array): string => {
      const file = join(temporaryFolder(), 'changed.zip');
      writeFileSync(file, changed);
      return file;
    };
    const altered = Buffer.from(bytes);
    altered.write('P-0009', altered.indexOf('"P-0001"') + 1);
    expect(await refused(write(altered))).toBe('export-unreadable');
    expect(await refused(write(bytes.subarray(0, bytes.length / 2)))).toBe('export-unreadable');
    expect(await refused(write(Buffer.from('a letter')))).toBe('export-unreadable');
    expect(await refused(join(temporaryFolder(), 'nothing.zip'))).toBe('export-unreadable');
  });

  test.each([
    ['free text in the place of an installation', '"installation": "there"', '"installation": "Muster Erika"'],
    ['a time that is none', '"updatedAt": "2026-05-01T08:00:00.000Z"', '"updatedAt": "yesterday"'],
    ['what a board was asked, in another form', '"question": "which treatment next?"', '"question": 7'],
    ['what was read, in another form', '"confidence": 3', '"confidence": "sure"'],
    ['a picture that is larger than it says', '"bytes": ', '"bytes": 1, "was": '],
    ['a picture that is smaller than it says', '"bytes": ', '"bytes": 9'],
    ['pictures that no case has room for', '"bytes": ', '"bytes": 999999'],
  ])('%s, although every sum fits', async (_what, from, to) => {
    const path = await exported(filled().store);
    let changes = 0;
    const change = (_name: string, text: string) => {
      if (text.includes(from)) changes += 1;
      return text.replaceAll(from, to);
    };
    expect(await refused(await forged(path, change))).toBe('export-unreadable');
    expect(changes).toBeGreaterThan(0);
  });

  test('an encrypted file of which one byte is wrong', async () => {
    const path = await exported(filled().store, PASSPHRASE);
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await refused(path, { passphrase: PASSPHRASE })).toBe('export-unreadable');
  });
});

test('cancelled, nothing is taken over', async () => {
  const path = await exported(filled().store);
  const other = temporaryStore();
  const stop = new AbortController();
  const options = { path, passphrase: undefined, dryRun: false, actor: 'a', signal: stop.signal };
  await expect(importExport(other, { ...options, onStep: () => stop.abort() })).rejects.toThrow();
  expect(other.ids()).toStrictEqual([]);
});
