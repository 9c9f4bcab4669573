import type { Page } from '@playwright/test';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../src/shared/api.ts';
import { expect } from './fixtures.ts';

export type Call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) => Promise<ProcedureOutput<N>>;

/** Calls of the contract as the page makes them, each of which has to succeed; `called`: which were made so far. */
export const callerOf = (page: Page): { call: Call; called: Set<ProcedureName> } => {
  const called = new Set<ProcedureName>();
  return {
    called,
    call: async (name, input) => {
      called.add(name);
      const reply = await page.evaluate<unknown>(
        `window.haicast.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`,
      );
      expect(reply, `${name}: ${JSON.stringify((reply as { error?: unknown }).error)}`).toMatchObject({ ok: true });
      return (reply as { value: never }).value;
    },
  };
};
