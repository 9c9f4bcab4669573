import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase } from './sample-case.ts';
import { openStore, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const meetingOf = (caseIds: string[], date = '2024-05-02') => ({ id: 'm', date, name: '', covered: true, caseIds });

test('a list comes back in its order after a restart, and every order that it had stays in the records', () => {
  const file = join(temporaryFolder(), 'records.db');
  const first = new RecordsStore({ file, key: TEST_KEY });
  const ids = ['one', 'two'].map((name) => first.save(sampleCase({ note: name }), 'a').id);
  first.writeMeeting({ id: 'm', meeting: meetingOf(ids), base: null }, 'a');
  first.writeMeeting({ id: 'm', meeting: meetingOf(ids.toReversed()), base: first.meeting('m').base }, 'a');
  first.close();
  const store = openStore(file);
  expect(store.meeting('m').meeting.caseIds).toStrictEqual(ids.toReversed());
  expect(store.meetings()).toHaveLength(1);
  expect(store.verify()).toStrictEqual({ intact: true });
});

test('a list that another window has changed is not overwritten', () => {
  const store = temporaryStore();
  store.writeMeeting({ id: 'm', meeting: meetingOf([]), base: null }, 'a');
  const { base } = store.meeting('m');
  store.writeMeeting({ id: 'm', meeting: meetingOf([], '2024-05-09'), base }, 'theirs');
  const stale = () => store.writeMeeting({ id: 'm', meeting: meetingOf([], '2024-05-16'), base }, 'mine');
  expect(stale).toThrow(expect.objectContaining({ code: 'board-changed' }));
  expect(store.meeting('m').meeting.date).toBe('2024-05-09');
});

test('a meeting that was taken away is gone from the list, and what was asked at it stays with the case', () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase(), 'a');
  store.writeMeeting({ id: 'm', meeting: meetingOf([id]), base: null }, 'a');
  const body = { question: 'HAIC?', presenter: '' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body, base: null }, 'a');
  store.writeMeeting({ id: 'm', meeting: null, base: store.meeting('m').base }, 'a');
  expect(store.meetings()).toStrictEqual([]);
  expect(() => store.meeting('m')).toThrow(expect.objectContaining({ code: 'meeting-gone' }));
  expect(store.boardEntries('listing', { caseId: id })).toMatchObject([{ body }]);
  expect(store.verify()).toStrictEqual({ intact: true });
});

test('a case is found by what the board was asked about it, still after it is saved again, and keeps its place in the list', () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase(), 'a');
  const { id: later } = store.save(sampleCase(), 'a');
  const body = { question: 'Zürich protocol after TACE?', presenter: '' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body, base: null }, 'a');
  expect(store.list({ text: 'zurich' }).cases.map((one) => one.id)).toStrictEqual([id]);
  expect(store.list().cases.map((one) => one.id)).toStrictEqual([later, id]);
  store.save(sampleCase({ caseId: id, note: 'again' }), 'a');
  expect(store.list({ text: 'zurich' }).cases.map((one) => one.id)).toStrictEqual([id]);
});

test('an erased case leaves nothing of itself at the board', () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase(), 'a');
  const body = { question: 'HAIC?', presenter: '' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body, base: null }, 'a');
  store.trash(id, 'a');
  store.erase(id, 'request', 'a');
  expect(store.boardEntries('listing')).toStrictEqual([]);
  expect(store.verify()).toStrictEqual({ intact: true });
});

test('the audit log holds no word of what was asked', () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase(), 'a');
  const body = { question: 'SECRETWORD', presenter: 'NAMEDPERSON' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body, base: null }, 'a');
  expect(store.audit().entries.at(-1)?.action).toBe('board.asked');
  expect(JSON.stringify(store.audit())).not.toMatch(/SECRETWORD|NAMEDPERSON/);
});
