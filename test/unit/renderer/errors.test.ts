import { afterEach, describe, expect, it } from 'vitest';
import { errorSentence, recordsRemark, translateError } from '../../../src/renderer/locales/errors.ts';
import { setLanguage } from '../../../src/renderer/locales/index.ts';
import { AppError } from '../../../src/shared/errors.ts';
import en from '../../../src/shared/words/en/errors.ts';
import zhCN from '../../../src/shared/words/zh-CN/errors.ts';
import { thrownCodes } from './thrown-codes.ts';

const sources = Object.entries(
  import.meta.glob<string>('../../../src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true }),
).map(([path, text]) => ({ file: path.replace('../../../src/', ''), text }));
const textOf = (file: string): string => {
  const found = sources.find((source) => source.file === file);
  if (!found) throw new Error(`${file} has moved: the codes it throws are no longer collected`);
  return found.text;
};
const captures = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Codes that no screen shows, and why. */
const neverShown: Record<string, string> = {
  cancelled: 'a person cancelled; the notices say nothing of it',
  'unknown-handle': 'between main process and worker: the study is opened again under its handle',
  'needs-its-folder': 'between main process and worker: the DICOMDIR is opened with its folder',
  'model-not-loaded': 'between main process and worker: the session is loaded again',
  'provider-failed': 'becomes the reason beside a refused provider, or of `no-provider` and `model-refused`',
  'not-estimable': 'its reason stands in the place of the figure',
  usage: 'ends the start in the terminal',
  'port-in-use': 'ends the start in the terminal',
  'port-refused': 'ends the start in the terminal',
  'records-unavailable': 'ends the start in the terminal',
  'body-refused': 'the page sends JSON only',
  'not-found': 'the page asks for no such address',
  'wrong-host': 'the page is not served under another name',
  'wrong-method': 'the page uses GET and POST only',
  'wrong-address': 'the page makes no such address',
  'wrong-origin': 'answers another page',
};

/** The command line speaks English and has no screen; the cohort is prepared from there only. */
const isCommandLine = (file: string): boolean => file.startsWith('main/hosts/cli/') || file.startsWith('main/cohort/');

const thrown = thrownCodes(sources.filter(({ file }) => !isCommandLine(file)));
const answered = [
  ...captures(textOf('main/hosts/loopback/request-guard.ts'), /refuse\(\d{3}, '([\w-]+)'/g),
  ...captures(textOf('main/hosts/loopback/server.ts'), /code: '([\w-]+)'/g),
];
const codes = [...new Set([...thrown.codes, ...answered, 'internal'])];
const refusals = captures(textOf('main/study/scan/refusal.ts').split('export class')[0] ?? '', /\| '([\w-]+)'/g);

describe('every error that can reach a person', () => {
  it('is collected from the sources', () => {
    expect(thrown.unknown).toEqual([]);
    // One code of each way: written there, one of two, by a name, an argument, a key of a table, a class of its own, answered.
    const ways = ['no-lesion', 'port-in-use', 'unknown-handle', 'workbook-old', 'passphrase-wrong', 'records-corrupt'];
    expect(codes).toEqual(expect.arrayContaining([...ways, 'not-estimable', 'wrong-token', 'too-many-windows']));
    expect(refusals).toContain('truncated');
  });

  it('is named by its place where its code cannot be followed', () => {
    const text = "export const fail = (code: string) => new AppError(code, '');\nthrow new AppError(codeFor('x'), '');";
    const { codes, unknown } = thrownCodes([{ file: 'one.ts', text }]);
    expect({ codes, unknown }).toEqual({ codes: [], unknown: ['one.ts: code', "one.ts: codeFor('x')"] });
  });

  it.each([
    ['English', en],
    ['Chinese', zhCN],
  ])('has a sentence in %s', (_name, messages) => {
    expect(codes.filter((code) => !(code in messages) && !(code in neverShown))).toEqual([]);
    expect(refusals.filter((code) => !(code in messages.files))).toEqual([]);
  });

  it('is listed as never shown only while it is thrown and has no sentence', () => {
    expect(Object.keys(neverShown).filter((code) => code in en || !codes.includes(code))).toEqual([]);
  });

  it('has no sentence left over from a code that is gone', () => {
    expect(Object.keys(en).filter((code) => code !== 'files' && !codes.includes(code))).toEqual([]);
    expect(Object.keys(en.files).filter((code) => !refusals.includes(code))).toEqual([]);
  });

  it('is a whole sentence', () => {
    const { files: english, ...rest } = en;
    const { files: chinese, ...others } = zhCN;
    expect(Object.values({ ...rest, ...english }).filter((text) => !/[.}]$/.test(text))).toEqual([]);
    expect(Object.values({ ...others, ...chinese }).filter((text) => !/[。}]$/.test(text))).toEqual([]);
  });
});

describe('translateError', () => {
  afterEach(() => setLanguage('en'));

  it('names a role and the reason of a refused file in the language that is set', () => {
    const role = new AppError('required-role-missing', 'The model needs a portal-venous series.', {
      params: { role: 'portal-venous' },
    });
    const image = new AppError('cannot-decode', 'Image 3 …', { params: { reason: 'truncated', image: 3 } });
    expect(translateError(role)).toContain('Portal venous');
    expect(translateError(image)).toBe(
      'Image 3 of this series cannot be shown. The file ends too early. Copy it again from its source.',
    );
    setLanguage('zh-CN');
    expect(translateError(role)).toContain('门静脉期');
    expect(translateError(image)).toBe('该序列的第 3 幅图像无法显示。文件不完整。请从来源处重新复制。');
  });

  it('keeps reasons that have no code: a refused model package', () => {
    const message = 'The model package does not fit: weights.onnx has 2 inputs, not 3.';
    setLanguage('zh-CN');
    expect(translateError(new AppError('model-refused', message))).toContain('weights.onnx has 2 inputs, not 3');
  });

  it('shows the sentence that came with an unknown code, and no words of a foreign error', () => {
    expect(translateError(new AppError('not-known-here', 'What happened. What to do.'))).toBe(
      'What happened. What to do.',
    );
    expect(translateError(new TypeError('x is undefined'))).toBe(en.internal);
  });

  it('leaves a reason without words as it is', () => {
    expect(errorSentence({ code: 'cannot-decode', message: '', params: { reason: 'new-reason', image: 1 } })).toContain(
      'new-reason',
    );
  });
});

describe('recordsRemark', () => {
  afterEach(() => setLanguage('en'));

  it('translates what the records say by its code', () => {
    setLanguage('zh-CN');
    expect(recordsRemark({ state: 'locked', keeper: 'passphrase', code: 'keys-damaged', message: 'keys.json …' })).toBe(
      zhCN['keys-damaged'],
    );
  });

  it('says nothing where there is nothing to say, and the sentence itself where it has no code', () => {
    expect(recordsRemark({ state: 'open', keeper: 'keychain' })).toBeUndefined();
    expect(recordsRemark({ state: 'locked', keeper: 'none', message: 'Locked.' })).toBe('Locked.');
  });
});
