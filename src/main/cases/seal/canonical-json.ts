import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/canonical-json.ts';

/** SHA-256 of the canonical text, lower-case hex. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
