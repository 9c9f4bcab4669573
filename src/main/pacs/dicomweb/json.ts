/** The DICOM JSON model (PS3.18 F): one value of an attribute, from an answer that may hold anything. */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { mostInstances } from '#shared/pacs/query.ts';
import type { Answer } from '../answer.ts';
import { networkError, pacsError } from '../errors.ts';
import type { ServiceAnswer } from './service.ts';

const attributeSchema = z.object({ vr: z.string().optional(), Value: z.array(z.unknown()).optional() });
const datasetSchema = z.record(z.string(), z.unknown());
export type JsonDataset = z.infer<typeof datasetSchema>;

/** Media types without their parameters. */
const mediaTypeOf = (contentType: string): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** Everything of a body; throws what its bounds say, or that it broke off. */
const wholeBody = async (body: Readable): Promise<Buffer> => {
  try {
    return await buffer(body);
  } catch (error) {
    throw networkError(error);
  }
};

/** One more than anything that is listed may have, so that whoever asked sees that there are too many. */
const MOST_DATASETS = mostInstances + 1;

/** Datasets of an answer, and none of those beyond the most that are looked at. Throws `pacs-content-type`, `pacs-answer`. */
export const jsonDatasets = async ({ status, contentType, body }: ServiceAnswer): Promise<JsonDataset[]> => {
  const type = mediaTypeOf(contentType);
  if (status !== 204 && !['application/dicom+json', 'application/json'].includes(type)) {
    body.destroy();
    throw pacsError('pacs-content-type');
  }
  const bytes = await wholeBody(body);
  if (status === 204 || bytes.length === 0) return [];
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return z.array(datasetSchema).parse(Array.isArray(parsed) ? parsed.slice(0, MOST_DATASETS) : [parsed]);
  } catch (error) {
    throw pacsError('pacs-answer', { cause: error });
  }
};

/** Values of an attribute by its tag (eight hexadecimal digits); none where it is absent or no attribute. */
export const valuesOf = (dataset: JsonDataset, tag: string): readonly unknown[] => {
  const attribute = attributeSchema.safeParse(dataset[tag]);
  return (attribute.success && attribute.data.Value) || [];
};

const nameSchema = z.object({
  Alphabetic: z.string().optional(),
  Ideographic: z.string().optional(),
  Phonetic: z.string().optional(),
});

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  const name = nameSchema.safeParse(value);
  if (!name.success) return '';
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = name.data;
  return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
};

export const jsonAnswer = (dataset: JsonDataset): Answer => ({
  texts: (tag) =>
    valuesOf(dataset, tag)
      .map(textOf)
      .filter((text) => text !== ''),
});
