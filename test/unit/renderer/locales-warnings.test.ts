import { afterEach, describe, expect, it } from 'vitest';
import { type Component, createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import withholding from '../../../src/main/inference/withholding.ts?raw';
import { i18n, setLanguage } from '../../../src/renderer/locales/index.ts';
import factorProblem from '../../../src/shared/clinical/factor-problem.ts?raw';
import type { PredictionWarning } from '../../../src/shared/model/prediction.ts';
import en from '../../../src/shared/words/en/result.ts';
import zhCN from '../../../src/shared/words/zh-CN/result.ts';

const captures = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const warningSources = Object.values(
  import.meta.glob<string>(['../../../src/main/inference/**/*.ts', '../../../src/main/study/sample/**/*.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n');
const withheldCodes = captures(withholding, /code: '([\w-]+)',\s*text/g);
const codes = [
  ...captures(warningSources, /code: '([\w-]+)',\s*severity:/g),
  // A code that is chosen between two.
  ...captures(warningSources, /code = [^;]*\? '([\w-]+)' : '[\w-]+';/g),
  ...captures(warningSources, /code = [^;]*\? '[\w-]+' : '([\w-]+)';/g),
  // Said by the code of the remark that it carries: locales-study.test.ts holds those.
].filter((code) => code !== 'image-quality');
/** Remarks of the factor form that do not make a factor count as missing. */
const noGap = [
  'unusual',
  'censored',
  'ng-per-iu-unused',
  'missing',
  'diameter-measured',
  'number-measured',
  'age-study',
  'sex-study',
  'date-future',
  'date-study',
  'hbv-contradicts',
  'thrombus-contradicts',
];
const problems = captures(factorProblem.split('export const')[0] ?? '', /\| '([\w-]+)'/g);

const components = import.meta.glob<Component>('../../../src/renderer/panels/result/WarningList.vue', {
  import: 'default',
  eager: true,
});
const render = (props: { warnings: PredictionWarning[]; silent?: boolean }): Promise<string> => {
  const [WarningList] = Object.values(components);
  if (!WarningList) throw new Error('WarningList.vue has moved');
  return renderToString(createSSRApp(WarningList, props).use(i18n));
};
const shown = (...warnings: PredictionWarning[]) => render({ warnings });
const warning = (code: string, params: PredictionWarning['params'] = {}): PredictionWarning => ({
  code,
  severity: 'serious',
  text: `English of ${code}`,
  params,
});

describe('every warning about a prediction', () => {
  it('is collected from the sources', () => {
    expect(codes).toEqual(
      expect.arrayContaining(['research-model', 'hold-flag', 'clamped', 'unplaced-series', 'unusable-factor']),
    );
    expect(problems).toContain('unit-unknown');
    expect(withheldCodes).toEqual(expect.arrayContaining(['not-mr', 'unlike-training', 'lesion-small', 'bclc-d']));
  });

  it.each([
    ['English', en],
    ['Chinese', zhCN],
  ])('has a sentence in %s, and so has the reason why a factor cannot be used', (_name, messages) => {
    expect(codes.filter((code) => !(code in messages.warnings))).toEqual([]);
    expect(problems.filter((code) => !noGap.includes(code) && !(code in messages.unusable))).toEqual([]);
    expect(Object.keys(messages.withheld.reasons).sort()).toEqual([...new Set(withheldCodes)].sort());
    expect(Object.keys(messages.withheld.short).sort()).toEqual([...new Set(withheldCodes)].sort());
  });

  it('has no sentence left over from a code that is gone', () => {
    expect(Object.keys(en.warnings).filter((code) => !codes.includes(code))).toEqual([]);
    expect(
      Object.keys(en.unusable).filter(
        (code) => !problems.includes(code) && !['transform', 'unseen-category'].includes(code),
      ),
    ).toEqual([]);
  });

  it('calls response 缓解 and log-odds 对数几率 in Chinese, as RECIST and statistics do', () => {
    expect(JSON.stringify(zhCN)).not.toMatch(/响应|应答|反应率|对数优势/);
  });
});

describe('WarningList', () => {
  afterEach(() => setLanguage('en'));

  it('names roles, factors and reasons in the language that is set', async () => {
    const warnings = [
      warning('roles-unconfirmed', { roles: 'arterial, in-phase' }),
      warning('unusable-factor', { factor: 'afp', reason: 'unit-unknown' }),
      warning('unplaced-series', { role: 't2' }),
    ];
    const english = await shown(...warnings);
    expect(english).toContain('Arterial, In phase');
    expect(english).toContain('AFP cannot be used: its unit is not known.');
    setLanguage('zh-CN');
    const chinese = await shown(...warnings);
    expect(chinese).toContain('动脉期、同相位');
    expect(chinese).toContain('甲胎蛋白无法使用：单位无法识别');
    expect(chinese).not.toMatch(/arterial|unit-unknown|English of/);
  });

  it('says a contradiction as the form does, with the name of the factor', async () => {
    const params = { factor: 'largestDiameter', problem: 'diameter-measured', typed: 3, measured: 86.8 };
    expect(await shown(warning('contradiction', params))).toContain(
      'Largest diameter: Entered as 3 mm; the largest measured lesion has 86.8 mm.',
    );
    setLanguage('zh-CN');
    expect(await shown(warning('contradiction', params))).toContain('填写为 3 mm；测得的最大病灶为 86.8 mm。');
  });

  it('shows the sentence that came with a code it does not know', async () => {
    expect(await shown(warning('something-new'))).toContain('English of something-new');
  });

  it('puts the most serious first and leaves the simulated model to the banner', async () => {
    const info: PredictionWarning = { code: 'b', severity: 'info', text: 'Second.' };
    const html = await shown(info, { code: 'a', severity: 'serious', text: 'First.' }, warning('simulated-model'));
    expect(html.indexOf('First.')).toBeLessThan(html.indexOf('Second.'));
    expect(html).not.toContain('simulated');
  });

  it('says how far the result could move, and nothing of it where the number is withheld', async () => {
    const move = { couldMoveTo: { low: 0.123, high: 0.87 } };
    const warnings = [
      { ...warning('missing-factor', { factor: 'afp' }), ...move },
      { ...warning('clamped', { factor: 'afp', counted: 5, wouldGive: 91.2 }), ...move },
    ];
    expect(await render({ warnings })).toMatch(/could move to 12%–87%.*would have given 91\.2%/s);
    expect(await render({ warnings, silent: true })).not.toMatch(/12%|87%|91\.2/);
  });

  it('says a value that is known by a limit only, in both languages', async () => {
    const censored = warning('censored', { factor: 'afp', sign: '>', value: 60_500, unit: 'ng/mL' });
    expect(await shown(censored)).toContain('AFP is only known to be &gt; 60500 ng/mL');
    setLanguage('zh-CN');
    expect(await shown(censored)).toContain('甲胎蛋白仅知 &gt; 60500 ng/mL');
  });

  it('takes one line for each of two groups, however many warnings there are', async () => {
    const many = Array.from({ length: 17 }, (_, i) => ({ ...warning(`w${i}`), severity: 'warning' as const }));
    const html = await shown(...many, warning('a serious one'));
    expect(html.match(/<summary/g)).toHaveLength(2);
    expect(html).toContain('Serious (1)');
    expect(html).toContain('May move the result (17)');
    expect(html).not.toMatch(/<details[^>]* open/);
  });

  it('says a rule with a limit of 1, and a circumstance that is there, as a person would', async () => {
    const flag = (name: string, rule: string, value: number) => ({
      ...warning('hold-flag', { flag: name, kind: 'caution', value, rule }),
      rule,
      source: 'somewhere',
    });
    expect(await shown(flag('ecog', '> 1', 4))).toContain('rule &gt; 1.');
    const infection = await shown(flag('infection', 'present', 1));
    expect(infection).toContain('infection');
    expect(infection).not.toMatch(/present|infection 1/);
  });

  it('says a rule that the patient meets in the language that is set, with what was corrected in its source', async () => {
    const params = { flag: 'bilirubin', kind: 'hold', value: 180, rule: '> 30 µmol/L' };
    const flag = { ...warning('hold-flag', params), rule: params.rule, source: 'English source' };
    expect(await shown(flag)).toMatch(/Total bilirubin 180: rule &gt; 30 µmol\/L\..*printed there as mmol\/L/s);
    setLanguage('zh-CN');
    expect(await shown(flag)).toMatch(/总胆红素 180：规则 &gt; 30 µmol\/L。.*原文印作 mmol\/L/s);
  });
});
