import { afterEach, describe, expect, it } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Prediction } from '#shared/model/prediction.ts';
import { i18n, setLanguage } from '../../../../../src/renderer/locales/index.ts';
import ProbabilityBlock from '../../../../../src/renderer/panels/result/ProbabilityBlock.vue';

const shown = (prediction: Partial<Prediction>, manifest?: object, stale = false): Promise<string> =>
  renderToString(
    createSSRApp(ProbabilityBlock, {
      manifest,
      stale,
      prediction: {
        probability: 0.41,
        threshold: 0.5,
        decision: 'below-threshold',
        interval: { level: 0.9, low: 0.32, high: 0.48 },
        clinicalContributions: [],
        model: { criterion: 'mRECIST' },
        ...prediction,
      },
    }).use(i18n),
  );

describe('ProbabilityBlock', () => {
  afterEach(() => setLanguage('en'));

  it('gives the probability with event, criterion, interval and threshold', async () => {
    const html = await shown({}, { event: { positive: ['CR', 'PR'] } });
    for (const part of ['41%', 'CR/PR', 'mRECIST', '32%–48%', 'threshold 50%']) expect(html).toContain(part);
  });

  it('says what the interval is, and how often it held the truth with as much missing as here', async () => {
    const coverage = [
      { cohort: 'external', n: 600, missing: 0, share: 0.688 },
      { cohort: 'external', n: 600, missing: 3, share: 0.8 },
    ];
    const manifest = {
      event: { positive: ['CR'] },
      interval: { method: 'refits and the error of the log-odds in cross-validation', coverage },
      translations: { 'zh-CN': { intervalMethod: '交叉验证中对数几率的误差', cohorts: { external: '外部队列' } } },
    };
    const missing = { factor: 'afp', value: null, unit: 'ng/mL', contribution: 0 };
    const interval = { level: 0.9, low: 0.3, high: 0.5, widened: true };
    expect(await shown({}, manifest)).toContain('69% of 600 patients (cohort: external; factors missing: 0)');
    const four = await shown({ clinicalContributions: [missing, missing, missing, missing], interval }, manifest);
    expect(four).toContain('80% of 600 patients (cohort: external; factors missing: 3)');
    expect(four).toContain('90% interval 30%–50%, widened by what is missing');
    expect(four).toContain('error of the log-odds in cross-validation');
    setLanguage('zh-CN');
    expect(await shown({}, manifest)).toMatch(/交叉验证中对数几率的误差.*队列：外部队列/s);
    expect(await shown({ interval: null }, manifest)).toContain('未说明缺失图像的影响');
  });

  it('gives a withheld number without a verdict, struck through and marked as not to be used', async () => {
    const html = await shown({ decision: 'withheld', probability: 0.92 });
    expect(html).toContain('Not to be used');
    expect(html).not.toMatch(/above|below|threshold/i);
  });

  it('gives no verdict for what is no longer entered', async () => {
    expect(await shown({ decision: 'above-threshold' })).toContain('Above the threshold');
    expect(await shown({ decision: 'above-threshold' }, undefined, true)).not.toContain('Above');
  });

  it('invents no event where the model is gone', async () => {
    const html = await shown({});
    expect(html).not.toContain('CR');
    expect(html).toContain('probability of response (mRECIST)');
  });

  it('shows on which side of the threshold it lies, also where both round to the same figure', async () => {
    const html = await shown({ probability: 0.4066, threshold: 0.4137 });
    expect(html).toContain('40.7%');
    expect(html).toContain('threshold 41.4%');
  });
});
