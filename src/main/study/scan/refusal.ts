/** Why a file is left out. The scan lists it and goes on. */
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
  | 'archive-entry';

export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.code = code;
  }
}

export const endsTooEarly = (need: number, has: number): Refusal =>
  new Refusal(
    'truncated',
    `The file ends too early: ${need} bytes are needed, it has ${has}. Copy it again from its source.`,
  );

/** Errors of the reader and the file system as refusals; anything else is a bug, and still stops only this file. */
export const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedDataset) {
    return error.kind === 'truncated'
      ? new Refusal('truncated', `The file ends too early: ${error.message}. Copy it again from its source.`)
      : new Refusal('malformed', `The file breaks the rules of DICOM and cannot be read safely: ${error.message}.`);
  }
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM') {
    return new Refusal('unreadable', 'The file may not be read. Check its permissions.');
  }
  if (code === 'ENOENT') return new Refusal('missing-file', 'The file is not there (any more).');
  if (typeof code === 'string') {
    return new Refusal('unreadable', `The file could not be read (${code}). Check the disk or the network.`);
  }
  return new Refusal('malformed', 'The file could not be understood.');
};
