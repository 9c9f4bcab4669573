import { describe, expect, it } from 'vitest';
import { createSSRApp, defineComponent } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { reportErrors } from '../../../src/renderer/report-errors.ts';

const failing = (message: string) =>
  defineComponent({
    setup: () => () => {
      throw new Error(message);
    },
  });

describe('what is caught nowhere', () => {
  it('is reported: of a component, of a promise, of the window', async () => {
    const seen: unknown[] = [];
    const target = new EventTarget();
    const app = createSSRApp(failing('in a component'));
    reportErrors(app, (error) => seen.push(error instanceof Error ? error.message : error), target as Window);
    await renderToString(app).catch(() => undefined);
    target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('in a promise') }));
    target.dispatchEvent(Object.assign(new Event('error'), { error: new Error('in the window') }));
    expect(seen).toEqual(['in a component', 'in a promise', 'in the window']);
  });

  it('leaves the notes of the browser alone, which come without an error', () => {
    const seen: unknown[] = [];
    const target = new EventTarget();
    reportErrors(createSSRApp({}), (error) => seen.push(error), target as Window);
    target.dispatchEvent(Object.assign(new Event('error'), { error: null }));
    expect(seen).toEqual([]);
  });
});
