import { describe, expect, test } from 'vitest';
import { type Finding, sayFinding, selfCheckWords, worstOf } from '#shared/self-check.ts';
import {
  judgeBackup,
  judgeClock,
  judgeDisk,
  judgeModel,
  judgeProvider,
  judgeRecords,
  judgeVersions,
} from '../../../../src/main/support/judge.ts';

const backup = { folder: '', isOnSameDisk: false, backups: [], isMissed: false };
const made = [{ name: 'b', at: '2026-11-27T08:00:00.000Z', bytes: 1, cases: 3 }];
const now = new Date('2026-11-27T10:00:00.000Z');
const figures = [{ provider: 'cpu' as const, warmMs: 7.4 }];
const wrong = { provider: 'webgpu' as const, reason: 'computes another number', largestError: 2 };
const absent = { provider: 'cuda' as const, reason: 'not on this computer' };

const every: [what: string, found: Finding, state: Finding['state'], code: Finding['code']][] = [
  ['open', judgeRecords({ state: 'open', keeper: 'passphrase', cases: 3 }), 'good', 'records-open'],
  ['not begun', judgeRecords({ state: 'new', keeper: 'none' }), 'good', 'records-new'],
  ['locked', judgeRecords({ state: 'locked', keeper: 'passphrase' }), 'attention', 'records-locked'],
  ['damaged', judgeRecords({ state: 'open', keeper: 'none', code: 'records-damaged' }), 'bad', 'records-damaged'],
  ['unavailable', judgeRecords({ state: 'unavailable', keeper: 'none' }), 'bad', 'records-unavailable'],
  ['nothing to back up', judgeBackup(backup), 'good', 'backup-none'],
  ['backed up elsewhere', judgeBackup({ ...backup, backups: made }), 'good', 'backup-good'],
  ['backed up here', judgeBackup({ ...backup, backups: made, isOnSameDisk: true }), 'attention', 'backup-same-disk'],
  ['backup failed', judgeBackup({ ...backup, isMissed: true, problem: 'disk-full' }), 'bad', 'backup-failed'],
  ['no backup lately', judgeBackup({ ...backup, isMissed: true }), 'bad', 'backup-missed'],
  ['a model', judgeModel({ id: 'm', version: '1' }, 0), 'good', 'model-good'],
  ['a refused package beside it', judgeModel({ id: 'm', version: '1' }, 2), 'attention', 'model-rejected'],
  ['no model', judgeModel(undefined, 1), 'bad', 'model-none'],
  ['a provider', judgeProvider({ provider: 'cpu', figures }), 'good', 'provider-good'],
  ['one that is not there', judgeProvider({ provider: 'cpu', figures: [...figures, absent] }), 'good', 'provider-good'],
  ['one that errs', judgeProvider({ provider: 'cpu', figures: [...figures, wrong] }), 'attention', 'provider-refused'],
  ['no provider', judgeProvider('worker-died'), 'bad', 'provider-none'],
  ['room', judgeDisk(5e9), 'good', 'disk-good'],
  ['little room', judgeDisk(1e9), 'attention', 'disk-low'],
  ['no room', judgeDisk(1e8), 'bad', 'disk-full'],
  ['a read-only disk', judgeDisk('EROFS'), 'bad', 'disk-refused'],
  ['a clock that is right', judgeClock(now, '2026-11-27T10:00:30.000Z'), 'good', 'clock-good'],
  ['a clock that was set back', judgeClock(now, '2026-11-27T10:02:00.000Z'), 'bad', 'clock-behind'],
  ['a clock without a battery', judgeClock(new Date(0), undefined), 'bad', 'clock-unset'],
  ['versions', judgeVersions('1.0.0', 'linux', { node: '24.0.0' }), 'good', 'versions-known'],
];

describe('a finding of the self-check', () => {
  test.each(every)('%s', (_what, found, state, code) => {
    expect(found).toMatchObject({ state, code });
  });

  test('says everything with its numbers, and what to do wherever something is not good', () => {
    for (const [, found] of every) {
      const { says, remedy } = sayFinding(found);
      expect(says).not.toMatch(/[{}]|undefined/);
      if (found.state !== 'good') expect(remedy).not.toBe('');
    }
  });

  test('is tested for every word that there is', () => {
    expect(every.map(([, { code }]) => code)).toEqual(expect.arrayContaining(Object.keys(selfCheckWords)));
  });
});

test('the whole is as bad as its worst part', () => {
  expect(worstOf([])).toBe('good');
  expect(worstOf([{ state: 'attention' }, { state: 'good' }])).toBe('attention');
  expect(worstOf([{ state: 'attention' }, { state: 'bad' }, { state: 'good' }])).toBe('bad');
});
