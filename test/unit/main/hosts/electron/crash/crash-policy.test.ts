import { expect, it } from 'vitest';
import { afterCrash } from '../../../../../../src/main/hosts/electron/crash/crash-policy.ts';

it('reloads after a crash', () => {
  expect(afterCrash('crashed', [], 1000)).toEqual({ action: 'reload', recent: [1000] });
});

it('asks after the third within a minute', () => {
  expect(afterCrash('oom', [1000, 20_000], 30_000).action).toBe('ask');
});

it('forgets what lies more than a minute back', () => {
  expect(afterCrash('crashed', [1000, 20_000], 79_999)).toEqual({ action: 'reload', recent: [20_000, 79_999] });
});

it('does nothing when a page ended as it should', () => {
  expect(afterCrash('clean-exit', [], 1000)).toEqual({ action: 'nothing', recent: [] });
});
