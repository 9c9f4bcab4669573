import { appendFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AuditEvent } from '../../../../../src/main/cases/audit/audit-chain.ts';
import { WaitingEntries } from '../../../../../src/main/cases/audit/waiting-entries.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { temporaryStore } from '../temporary-store.ts';

const event = (action: string): AuditEvent => ({
  at: '2026-01-01T00:00:00.000Z',
  actor: 'a',
  action,
  caseId: null,
  detail: {},
});

const handedOver = (waiting: WaitingEntries): string[] => {
  const actions: string[] = [];
  waiting.handOver((events) => {
    actions.push(...events.map(({ action }) => action));
  });
  return actions;
};

test('what waits is handed over once, in order, by a later start too', () => {
  const folder = temporaryFolder();
  const first = new WaitingEntries(folder);
  first.add(event('one'));
  first.add(event('two'));
  const second = new WaitingEntries(folder);
  expect(handedOver(second)).toStrictEqual(['one', 'two']);
  expect(handedOver(second)).toStrictEqual([]);
});

test('what could not be kept goes on waiting', () => {
  const waiting = new WaitingEntries(temporaryFolder());
  waiting.add(event('one'));
  expect(() =>
    waiting.handOver(() => {
      throw new Error('the disk is full');
    }),
  ).toThrow('full');
  expect(handedOver(waiting)).toStrictEqual(['one']);
});

test('what finds no room on the disk is kept in memory', () => {
  const waiting = new WaitingEntries(join(temporaryFolder(), 'not there'));
  waiting.add(event('one'));
  expect(handedOver(waiting)).toStrictEqual(['one']);
});

test('a line that broke off takes no other with it, and is said to have been there', () => {
  const folder = temporaryFolder();
  const waiting = new WaitingEntries(folder);
  waiting.add(event('one'));
  const file = join(folder, 'audit-waiting.jsonl');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '{"at":"2026');
  expect(handedOver(waiting)).toStrictEqual(['one', 'audit.unreadable']);
  expect(existsSync(file)).toBe(false);
  rmSync(folder, { recursive: true });
});

test('what a log has already, as its file could not be removed, is not kept again; alike entries are as many as there were', () => {
  const store = temporaryStore();
  const detail = { by: 'passphrase' };
  const twins = [event('unlock-failed'), event('unlock-failed'), { ...event('unlock-failed'), detail }];
  const signedIn = { ...event('locked'), actor: { name: 'a', identity: 'user-1' } };
  store.takeOver([...twins, signedIn]);
  store.takeOver([...twins, signedIn, event('printed')]);
  expect(store.audit().entries.map(({ action }) => action)).toStrictEqual([
    'unlock-failed',
    'unlock-failed',
    'unlock-failed',
    'locked',
    'printed',
  ]);
});
