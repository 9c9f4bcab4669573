/** Why a file is left out. The scan lists it and goes on. */
import type { Message } from '#shared/study/messages/message.ts';
import { type RefusalReason, refusalSentence } from '#shared/study/messages/refusals.ts';
import type { SkippedFile } from '#shared/study/study.ts';
import { MalformedDataset } from './element-reader.ts';

export type RefusalCode =
  | 'empty'
  | 'unreadable'
  | 'not-dicom'
  | 'truncated'
  | 'malformed'
  | 'too-large'
  | 'not-an-image'
  | 'colour'
  | 'mosaic'
  | 'compressed-not-supported'
  | 'pixel-description'
  | 'duplicate'
  | 'missing-file'
  | 'unsafe-name'
  | 'link'
  | 'archive-entry'
  | 'picture-not-checked';

export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The reason by its own, finer code; a refusal to decode has the sentence alone. */
  readonly reason: Message | undefined;
  constructor(code: RefusalCode, reason: RefusalReason | string) {
    super(typeof reason === 'string' ? reason : reason.text);
    this.code = code;
    this.reason = typeof reason === 'string' ? undefined : { code: reason.code, params: reason.params };
  }
}

export const endsTooEarly = (need: number, has: number): Refusal =>
  new Refusal('truncated', refusalSentence('ends-early', { need, has }));

/** Errors of the reader and the file system as refusals; anything else is a bug, and still stops only this file. */
export const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedDataset) return new Refusal(error.kind, error.reason);
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM') {
    return new Refusal('unreadable', refusalSentence('not-permitted'));
  }
  if (code === 'ENOENT') return new Refusal('missing-file', refusalSentence('gone'));
  if (typeof code === 'string') {
    return new Refusal('unreadable', refusalSentence('system-error', { systemCode: code }));
  }
  return new Refusal('malformed', refusalSentence('not-understood'));
};

/** A file with the reason why it is left out, for the list that people see. */
export const skippedFile = (file: string, { code, message, reason }: Refusal): SkippedFile => ({
  file,
  code,
  reason: message,
  ...(reason ? { message: reason } : {}),
});
