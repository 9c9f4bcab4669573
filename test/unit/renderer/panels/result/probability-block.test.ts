import { afterEach, describe, expect, it } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Prediction } from '#shared/model/prediction.ts';
import { i18n, setLanguage } from '../../../../../src/renderer/locales/index.ts';
import ProbabilityBlock from '../../../../../src/renderer/panels/result/ProbabilityBlock.vue';

const shown = (prediction: Partial<Prediction>, event?: string[]): Promise<string> =>
  renderToString(
    createSSRApp(ProbabilityBlock, {
      event,
      prediction: {
        probability: 0.41,
        threshold: 0.5,
        decision: 'below-threshold',
        interval: { level: 0.9, low: 0.32, high: 0.48 },
        model: { criterion: 'mRECIST' },
        ...prediction,
      },
    }).use(i18n),
  );

describe('ProbabilityBlock', () => {
  afterEach(() => setLanguage('en'));

  it('gives the probability with event, criterion, interval and threshold', async () => {
    const html = await shown({}, ['CR', 'PR']);
    for (const part of ['41%', 'CR / PR', 'mRECIST', '32%–48%', 'threshold 50%']) expect(html).toContain(part);
  });

  it('says whose interval it is: that of the model, not of the patient', async () => {
    expect(await shown({})).toContain('range of the model ensemble');
    setLanguage('zh-CN');
    expect(await shown({})).toContain('模型集成的 90% 区间');
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
