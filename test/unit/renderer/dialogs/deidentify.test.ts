import { afterEach, describe, expect, it } from 'vitest';
import { type DiffLine, deidentifyActions, kindOf } from '#shared/study/deidentify.ts';
import {
  deidentifyReason,
  deidentifyReasonTemplates,
  deidentifyWarning,
  deidentifyWarningTemplates,
} from '#shared/study/messages/deidentify.ts';
import { countsOf, matchingLines } from '../../../../src/renderer/dialogs/deidentify/diff-filter.ts';
import { methodText, reasonText, warningText } from '../../../../src/renderer/dialogs/deidentify/sentences.ts';
import { imageOf, seriesRows } from '../../../../src/renderer/dialogs/deidentify/series-rows.ts';
import { setLanguage } from '../../../../src/renderer/locales/index.ts';
import type { ScannedSeries } from '../../../../src/shared/study/study.ts';
import zhCN from '../../../../src/shared/words/zh-CN/deidentify.ts';

afterEach(() => setLanguage('en'));

const line = (change: Partial<DiffLine>): DiffLine => ({
  tag: '(0010,0020)',
  keyword: 'PatientID',
  depth: 0,
  action: 'pseudonym',
  before: 'PLANT4711',
  after: 'HC-1',
  reason: deidentifyReason('profile-pseudonym'),
  ...change,
});

describe('the lines of a copy', () => {
  it.each([
    ['goes', line({ action: 'remove' }), 'removed'],
    ['is replaced', line({}), 'changed'],
    ['is a UID that DICOM defines', line({ action: 'uid', before: '1.2', after: '1.2' }), 'kept'],
    ['was empty before', line({ action: 'empty', before: '', after: '' }), 'kept'],
    [
      'is cut for the screen, so that the rest may differ',
      line({ action: 'clean', before: 'a…', after: 'a…' }),
      'changed',
    ],
    ['is written by haicast', line({ action: 'declare', before: 'YES', after: 'YES' }), 'changed'],
  ])('count an element that %s as they should', (_what, given, kind) => {
    expect(kindOf(given)).toBe(kind);
    expect(countsOf([given])).toMatchObject({ all: 1, [kind]: 1 });
  });

  it('are found by old and new values, but not by old ones that are hidden', () => {
    expect(matchingLines([line({})], 'all', 'plant', false)).toHaveLength(1);
    expect(matchingLines([line({})], 'all', 'plant', true)).toHaveLength(0);
    expect(matchingLines([line({})], 'all', 'hc-1', true)).toHaveLength(1);
    expect(matchingLines([line({})], 'removed', '', false)).toHaveLength(0);
  });
});

describe('the series of a copy', () => {
  const stack = (id: string, seriesInstanceUID: string, instances: number) =>
    ({ id, seriesInstanceUID, instances, description: 'd' }) as ScannedSeries;

  it('are whole series, since two stacks may lie in one file', () => {
    const rows = seriesRows([stack('a#1', 'a', 2), stack('b', 'b', 5), stack('a#2', 'a', 3)]);
    expect(rows.map(({ uid, images }) => [uid, images])).toEqual([
      ['a', 5],
      ['b', 5],
    ]);
    const [first] = rows;
    if (!first) throw new Error('no row');
    expect([1, 2, 4, 5].map((index) => imageOf(first, index))).toEqual([
      { seriesId: 'a#1', index: 1 },
      { seriesId: 'a#2', index: 0 },
      { seriesId: 'a#2', index: 2 },
      undefined,
    ]);
  });
});

describe('its words', () => {
  it('are there in Chinese for every reason, warning and action', () => {
    expect(Object.keys(zhCN.reasons).sort()).toEqual(Object.keys(deidentifyReasonTemplates).sort());
    expect(Object.keys(zhCN.warnings).sort()).toEqual(Object.keys(deidentifyWarningTemplates).sort());
    expect(Object.keys(zhCN.actions).sort()).toEqual([...deidentifyActions].sort());
    const left = [...Object.values(zhCN.reasons), ...Object.values(zhCN.warnings)].filter(
      (text) => !/\p{Script=Han}/u.test(text),
    );
    expect(left).toEqual([]);
  });

  it('carry the rule, and fall back to English', () => {
    setLanguage('zh-CN');
    expect(reasonText(deidentifyReason('profile', { action: 'X/Z' }))).toBe('PS3.15 表 E.1-1：X/Z');
    expect(warningText(deidentifyWarning('burned-in'))).toBe('文件头注明图像上印有文字。');
    expect(reasonText({ code: 'newer', params: {}, text: 'English.' })).toBe('English.');
    expect(methodText({ value: '113100', meaning: 'English' })).toBe('基本应用级保密规范');
    expect(methodText({ value: '1', meaning: 'English' })).toBe('English');
  });
});
