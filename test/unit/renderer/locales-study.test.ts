import { afterEach, describe, expect, it } from 'vitest';
import { i18n, setLanguage } from '../../../src/renderer/locales/index.ts';
import {
  noteSentence,
  partName,
  reasonSentence,
  skippedSentence,
  unplacedSentence,
} from '../../../src/renderer/locales/study.ts';
import { englishWords } from '../../../src/shared/study/messages/english.ts';
import { noteTemplates } from '../../../src/shared/study/messages/notes.ts';
import { refusalSentence, refusalTemplates } from '../../../src/shared/study/messages/refusals.ts';
import { because, roleReasonTemplates } from '../../../src/shared/study/messages/role-reasons.ts';
import { partLabel, partTemplates, unplaced, unplacedTemplates } from '../../../src/shared/study/messages/stacks.ts';
import { sayings } from '../../../src/shared/study/messages/words.ts';
import { seriesRoles } from '../../../src/shared/study/roles.ts';
import en from '../../../src/shared/words/en/study.ts';
import zhCN from '../../../src/shared/words/zh-CN/study.ts';

type Texts = Readonly<Record<string, string>>;
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** Everything that may be emitted: a sentence can only be made from these tables. */
const tables: [name: string, templates: Texts, english: Texts, chinese: Texts][] = [
  ['role reasons', roleReasonTemplates, en.reasons, zhCN.reasons],
  ['quality notes', noteTemplates, en.notes, zhCN.notes],
  ['files left out', refusalTemplates, en.files, zhCN.files],
  ['parts of series', partTemplates, en.parts, zhCN.parts],
  ['stacks without a place', unplacedTemplates, en.unplaced, zhCN.unplaced],
];

afterEach(() => setLanguage('en'));

describe.each(tables)('%s', (_name, templates, english, chinese) => {
  it('have a message for every code in both languages, and none left over', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(templates).sort());
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(templates).sort());
  });

  it.each(Object.keys(templates))('%s takes the same values in both languages', (code) => {
    const wanted = placeholders(templates[code] ?? '');
    expect(placeholders(english[code] ?? '')).toEqual(wanted);
    expect(placeholders(chinese[code] ?? '')).toEqual(wanted);
  });

  it('have a unit behind numbers alone: a time, a role or a count is said with its own', () => {
    const withUnit = /\{(\w+)\}\s*(?:mm|ms|cm|MB|T|Hz|s|°|毫米|秒)(?![\w-])/g;
    const named = [...Object.values(english), ...Object.values(chinese)].flatMap((text) =>
      [...text.matchAll(withUnit)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => name in sayings)).toEqual([]);
  });

  it('are Chinese in Chinese: no English sentence was left', () => {
    // ImageType and part labels of one placeholder are values alone.
    const bare = Object.entries(chinese).filter(([, text]) => text.replace(/\{\w+\}/g, '').trim().length > 3);
    expect(bare.filter(([, text]) => !/\p{Script=Han}|s\/mm²|ImageType/u.test(text)).map(([code]) => code)).toEqual([]);
  });
});

describe('words in messages', () => {
  it('are there for every group and every word that a message may hold', () => {
    const words: Readonly<Record<string, Texts>> = zhCN.words;
    const english: Readonly<Record<string, Texts>> = en.words;
    for (const [group, entries] of Object.entries(englishWords)) {
      expect(Object.keys(words[group] ?? {})).toEqual(expect.arrayContaining(Object.keys(entries)));
      expect(Object.keys(english[group] ?? {})).toEqual(expect.arrayContaining(Object.keys(entries)));
    }
    const groups = Object.values(sayings).flatMap((saying) => ('group' in saying ? [saying.group] : []));
    expect(groups.filter((group) => !(group in words))).toEqual([]);
    expect(seriesRoles.filter((role) => !(role in zhCN.words.role))).toEqual([]);
  });
});

const reason = (sentence: ReturnType<typeof because>) => reasonSentence({ rule: 'test', outcome: 'for', ...sentence });

describe('sentences', () => {
  it('say roles, times and DICOM values as a radiologist writes them', () => {
    const timed = because('time-after', { after: 32.4, keyword: 'AcquisitionTime', role: 'arterial' });
    const late = because('name-phase-delay', { description: 'VIBE 3min', role: 'portal-venous', delay: 200 });
    const torn = because('name-against-time', { claimed: 'arterial,delayed', fitting: 'none' });
    expect(reason(late)).toBe('“VIBE 3min” names portal venous (3 min 20 s).');
    setLanguage('zh-CN');
    expect(reason(timed)).toBe(
      '对比剂注射开始后 32 秒采集（AcquisitionTime 与 ContrastBolusStartTime 之差）：动脉期。',
    );
    expect(reason(late)).toBe('“VIBE 3min”的名称表明为门静脉期（3 分 20 秒）。');
    expect(reason(torn)).toBe('名称提示动脉期或延迟期，注射后时间提示无对应期相。');
  });

  it('join the parts of a divided series and say why a stack has no place', () => {
    const labels = [
      partLabel('orientation', { index: 1, total: 2, plane: 'axial' }),
      partLabel('further-images', { images: 1 }),
    ];
    const part = { part: labels.map(({ text }) => text).join(', '), partMessages: labels };
    const spacing = unplaced('bad-spacing', { rowSpacing: 0, columnSpacing: 0 });
    const lost = { unplaced: spacing.text, unplacedMessage: spacing };
    expect(partName(part)).toBe('orientation 1 of 2 (axial), 1 further image at a position that is already taken');
    expect(unplacedSentence(lost)).toBe('PixelSpacing is 0 \\ 0 mm, which is no distance.');
    setLanguage('zh-CN');
    expect(partName(part)).toBe('方位 1/2（轴位）、同一位置的其余图像：1 幅');
    expect(unplacedSentence(lost)).toBe('像素间距（PixelSpacing）为 0 \\ 0 mm，不是有效距离。');
  });

  it('say a file left out with its values, and by its kind where it has no code of its own', () => {
    const { code, params, text } = refusalSentence('other-object', { object: 'report' });
    const known = { file: 'a', code: 'not-an-image', reason: text, message: { code, params } };
    setLanguage('zh-CN');
    expect(skippedSentence(known)).toBe('文件内容为结构化报告，不是图像。');
    const { t } = i18n.global;
    expect(skippedSentence({ file: 'a', code: 'truncated', reason: 'English.' })).toBe(t('errors.files.truncated'));
    expect(skippedSentence({ file: 'a', code: 'new-code', reason: 'English.' })).toBe('English.');
  });

  it('fall back to the English text that came with a reason or note of an older record', () => {
    setLanguage('zh-CN');
    expect(reasonSentence({ rule: 'plane', outcome: 'note', text: 'Older.' })).toBe('Older.');
    expect(noteSentence({ code: 'slice-gap', severity: 'info', text: 'Older.' })).toBe('Older.');
  });
});
