/** One image by WADO-RS (PS3.18 10.4), from the network into a file. */
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { Dicer } from '@fastify/busboy';
import { networkError, pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import type { DicomwebService } from './service.ts';

/** Any transfer syntax: as it is kept there (PS3.18 8.7.3.5.2). */
const ACCEPT = 'multipart/related; type="application/dicom"; transfer-syntax=*';

const parameterOf = (contentType: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
};

/** The boundary of RFC 2046 5.1.1, longer than its 70 characters too (Orthanc has 73), or undefined where the answer is no multipart of DICOM objects. */
const boundaryOf = (contentType: string): string | undefined => {
  if (!/^\s*multipart\/related\s*(;|$)/i.test(contentType)) return undefined;
  const type = parameterOf(contentType, 'type');
  if (type !== undefined && !/^application\/dicom$/i.test(type)) return undefined;
  const boundary = parameterOf(contentType, 'boundary');
  return boundary !== undefined && /^[\w'()+,./:=? -]{1,200}$/.test(boundary) ? boundary : undefined;
};

const newFile = (file: string) => createWriteStream(file, { flags: 'wx', mode: 0o600 });

/**
 * The one part of a body; a second one, or none, is not what was asked for. Not by `pipeline`: the parser says itself when all parts
 * are read, and may leave its last write unanswered then.
 */
const onlyPart = async (body: Readable, boundary: string, file: string): Promise<void> => {
  const parser = new Dicer({ boundary });
  const failed = new AbortController();
  let writing: Promise<void> | undefined;
  const parsed = new Promise<void>((resolve, reject) => {
    const otherType = () => reject(pacsError('pacs-content-type'));
    parser.once('finish', resolve).once('error', reject);
    parser.on('part', (part) => {
      part.on('header', (header: Record<string, string[] | undefined>) => {
        const type = header['content-type']?.[0] ?? 'application/dicom';
        if (!/^application\/dicom\s*(;|$)/i.test(type)) otherType();
      });
      if (writing) {
        part.on('error', () => undefined).resume();
        otherType();
        return;
      }
      writing = pipeline(part, newFile(file), { signal: failed.signal });
      // Waited for below; until then its failure is that of everything.
      writing.catch(reject);
    });
    body.once('error', reject).pipe(parser);
  });
  try {
    await parsed;
    if (!writing) throw pacsError('pacs-content-type');
    await writing;
    // What follows the last boundary is nothing, and is read so that the connection can be used again.
    await finished(body.unpipe(parser).resume());
  } finally {
    failed.abort();
    parser.destroy();
    await writing?.catch(() => undefined);
  }
};

export interface InstanceRequest {
  study: string;
  series: string;
  instance: string;
  signal: AbortSignal;
}

/** Writes the object as it is sent into a new file. Throws any of `errors.ts`; the file may then hold a part. */
export const retrieveInstance = async (
  { service, limits }: { service: DicomwebService; limits: PacsLimits },
  { study, series, instance, signal }: InstanceRequest,
  file: string,
): Promise<void> => {
  const path = ['studies', study, 'series', series, 'instances', instance];
  const { contentType, body } = await service.ask({ path, accept: ACCEPT, mostBytes: limits.objectBytes, signal });
  const boundary = boundaryOf(contentType);
  try {
    if (boundary !== undefined) await onlyPart(body, boundary, file);
    // One object alone may come without a multipart around it (PS3.18 8.7.3.5.1).
    else if (/^\s*application\/dicom\s*(;|$)/i.test(contentType)) await pipeline(body, newFile(file));
    else throw pacsError('pacs-content-type');
  } catch (error) {
    body.destroy();
    signal.throwIfAborted();
    throw networkError(error);
  }
};
