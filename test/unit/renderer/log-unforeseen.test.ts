import { createPinia, setActivePinia } from 'pinia';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { logUnforeseen } from '../../../src/renderer/log-unforeseen.ts';
import { useNoticesStore } from '../../../src/renderer/stores/notices.ts';

describe('a failure that nobody foresaw', () => {
  it('is sent to the log by kind and place, without its sentence, and the application’s own failures are not', () => {
    setActivePinia(createPinia());
    const call = vi.fn(async () => ({ ok: true as const }));
    const notices = useNoticesStore();
    logUnforeseen(notices, { call } as never);
    notices.showError(new AppError('not-open', 'Not open.'));
    expect(call).not.toHaveBeenCalled();
    const error = new TypeError('of ZHANG^SAN');
    error.stack = 'TypeError: of ZHANG^SAN\n    at f (app://haicast/assets/index-a.js:1:2)';
    notices.showError(error);
    expect(call.mock.calls).toEqual([
      ['app.pageFailed', { code: 'page', kind: 'TypeError', at: ['assets/index-a.js:1:2'] }],
    ]);
    expect(notices.notices).toHaveLength(2);
  });
});
