/** Objects to an archive by STOW-RS (PS3.18 10.5), one request for each, so that one refusal is not everybody's. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { countAt, textAt } from '../answer.ts';
import type { Outgoing, Stored } from '../archive.ts';
import type { PacsLimits } from '../limits.ts';
import { type JsonDataset, jsonAnswer, jsonDatasets, valuesOf } from './json.ts';
import type { DicomwebService } from './service.ts';

const itemsSchema = z.array(z.record(z.string(), z.unknown()));

const itemsOf = (dataset: JsonDataset | undefined, tag: string): JsonDataset[] => {
  const items = itemsSchema.safeParse(dataset ? valuesOf(dataset, tag) : []);
  return items.success ? items.data : [];
};

const FAILED_SOP_SEQUENCE = '00081198';
const REFERENCED_SOP_SEQUENCE = '00081199';
const REFERENCED_SOP_INSTANCE_UID = '00081155';
const FAILURE_REASON = '00081197';
/** Processing failure (PS3.18 I.2.2): the archive did not say that it has the object. */
const UNSAID = 0x0110;

const isAbout = (uid: string) => (item: JsonDataset) => textAt(jsonAnswer(item), REFERENCED_SOP_INSTANCE_UID) === uid;

/** What an answer says of one object. Pure. */
export const storedAs = (answer: JsonDataset | undefined, sopInstanceUID: string): Stored => {
  const failed = itemsOf(answer, FAILED_SOP_SEQUENCE).find(isAbout(sopInstanceUID));
  if (failed) return { sopInstanceUID, failure: countAt(jsonAnswer(failed), FAILURE_REASON) || UNSAID };
  const kept = itemsOf(answer, REFERENCED_SOP_SEQUENCE).some(isAbout(sopInstanceUID));
  return kept ? { sopInstanceUID } : { sopInstanceUID, failure: UNSAID };
};

async function* multipart(boundary: string, file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  yield* createReadStream(file) as AsyncIterable<Buffer>;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Sends one object. Throws where the archive is not reached, or refuses the request as a whole. */
export const storeInstance = async (
  { service, limits, signal }: { service: DicomwebService; limits: PacsLimits; signal: AbortSignal },
  { sopInstanceUID, file }: Outgoing,
): Promise<Stored> => {
  const boundary = randomUUID();
  const answer = await service.ask({
    path: ['studies'],
    accept: 'application/dicom+json',
    body: {
      type: `multipart/related; type="application/dicom"; boundary=${boundary}`,
      stream: Readable.from(multipart(boundary, file), { objectMode: false }),
    },
    // 409: refused, and said of each object why (PS3.18 10.5.3.1).
    also: [409],
    mostBytes: limits.listBytes,
    signal,
  });
  const [dataset] = await jsonDatasets(answer);
  return storedAs(dataset, sopInstanceUID);
};
