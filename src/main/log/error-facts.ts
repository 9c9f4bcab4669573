import { AppError } from '#shared/errors.ts';
import { programPlaces } from '#shared/program-places.ts';

/** Written by haicast itself: what a file, a person or a library says never comes here. */
export type LogFacts = Readonly<Record<string, string | number | undefined>>;

/** Codes of this program (`worker-died`) and of the system (`ENOSPC`, `ERR_ACCESS_DENIED`). */
const aCode = /^(?:[a-z][a-z0-9-]{1,60}|E[A-Z0-9_]{1,60})$/;
/** Names of classes of errors. */
const aKind = /^[A-Z][A-Za-z]{0,40}$/;

const codeOf = (error: object): string | undefined => {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && aCode.test(code) ? code : undefined;
};

const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return aKind.test(error.name) ? error.name : 'Error';
};

/** `src/main/a.ts:1:2,src/main/b.ts:3:4`, the innermost first. */
const placesOf = (error: object): string | undefined => {
  const known = error instanceof AppError ? error.at : undefined;
  const stack = 'stack' in error && typeof error.stack === 'string' ? error.stack : '';
  return (known ?? programPlaces(stack)).join(',') || undefined;
};

/** As the page says it; it is believed no more than a stack is. */
export const factsOfPage = (code: string, kind: string, at: readonly string[]): LogFacts => ({
  kind: aKind.test(kind) ? kind : 'Error',
  code: aCode.test(code) ? code : undefined,
  at: programPlaces(at.map((place) => `    at /${place}`).join('\n')).join(',') || undefined,
});

/** What may be kept of an error: nothing of it is text that came from a file, a person or the system. */
export const errorFacts = (error: unknown): LogFacts => {
  if (typeof error !== 'object' || error === null) return { kind: typeof error };
  const cause = error instanceof Error ? error.cause : undefined;
  return {
    kind: kindOf(error),
    code: codeOf(error),
    at: placesOf(error),
    ...(typeof cause === 'object' && cause !== null
      ? { causeKind: kindOf(cause), causeCode: codeOf(cause), causeAt: placesOf(cause) }
      : {}),
  };
};
