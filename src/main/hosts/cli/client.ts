import type { Client, ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import type { ComposedApplication } from '../../application.ts';

/** The contract's calls, typed: input and output were checked by the application's own schemas. */
export type Call = Client['call'];

export const callsOf =
  (application: ComposedApplication): Call =>
  async <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
    (await application.call(name, input)) as ProcedureOutput<N>;
