import type { ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';

/** One function per procedure; inputs are already checked by their schema. */
export type Handlers<N extends ProcedureName = ProcedureName> = {
  [K in N]: (input: ProcedureInput<K>) => ProcedureOutput<K> | Promise<ProcedureOutput<K>>;
};

/** The procedures of one area, by the prefix of their name. */
export type HandlersOf<Area extends string> = Handlers<Extract<ProcedureName, `${Area}.${string}`>>;
