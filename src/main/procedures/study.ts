import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { factorValuesSchema } from '#shared/clinical/factor-values.ts';
import { lesionSchema } from '#shared/study/lesion.ts';
import type { StudySource } from '../study/records.ts';
import type { StudyService } from '../study/service.ts';
import { type DecodeShown, decodeOnly } from './decode-shown.ts';
import type { DeidentifyProcedure } from './deidentify.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

const demoCase = z.object({ factors: factorValuesSchema, lesions: z.array(lesionSchema) });

export interface StudyHandlerOptions {
  studies: StudyService;
  jobs: Jobs;
  resourcesFolder: string;
  /** A host may give paths of its own a meaning, e.g. `upload:<id>` for files chosen in a browser. */
  resolveSource: (path: string) => StudySource;
  decodeShown: DecodeShown;
  /** Called each time that no volume is being decoded any more, once the page has had time to draw. */
  allDecoded: () => void;
}

/** What was answered is fetched and drawn first. */
const DRAWN_AFTER_MS = 1_500;

/** The handler, and `then` a while after the last of what was asked of it has been answered, where nothing more was. */
const afterLast = <I, O>(handler: (input: I) => Promise<O>, then: () => void) => {
  let underWay = 0;
  let soon: NodeJS.Timeout | undefined;
  return async (input: I): Promise<O> => {
    clearTimeout(soon);
    underWay += 1;
    try {
      return await handler(input);
    } finally {
      underWay -= 1;
      if (underWay === 0) soon = setTimeout(then, DRAWN_AFTER_MS).unref();
    }
  };
};

/** Which of its own studies a path is, so that it is found where the application is then; empty for the baseline. */
export const demoFollowUpOf = (path: string): number | undefined => {
  const number = /follow-up-(\d+)/.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
};

/** Of the baseline, or of a follow-up by its number. */
export const demoSource = (resourcesFolder: string, followUp?: number): StudySource => ({
  kind: 'demo',
  path: join(resourcesFolder, 'demo', ...(followUp === undefined ? [] : [`follow-up-${followUp}`]), 'study'),
});

export const studyHandlers = ({
  studies,
  jobs,
  resourcesFolder,
  resolveSource,
  decodeShown,
  allDecoded,
}: StudyHandlerOptions): Omit<HandlersOf<'study'>, DeidentifyProcedure> => ({
  'study.open': ({ path, jobId }) =>
    jobs.run(jobId, async (options) => {
      const opened = await studies.open(resolveSource(path), options);
      decodeOnly(decodeShown, opened);
      return opened;
    }),

  'study.openDemo': ({ jobId, followUp }) =>
    jobs.run(jobId, async (options) => {
      const opened = await studies.open(demoSource(resourcesFolder, followUp), options);
      decodeOnly(decodeShown, opened);
      const form = followUp === undefined ? ['factors.json'] : [`follow-up-${followUp}`, 'visit.json'];
      const text = await readFile(join(resourcesFolder, 'demo', ...form), 'utf8');
      return { opened, ...demoCase.parse(JSON.parse(text)) };
    }),

  'study.close': async ({ openId }) => {
    await studies.close(openId);
    return { ok: true };
  },

  'study.volume': afterLast(
    ({ openId, seriesId, jobId }) =>
      jobs.run(jobId, async (options) => (await studies.volume(openId, seriesId, options)).info),
    allDecoded,
  ),

  'study.slice': ({ openId, seriesId, slice: wanted, jobId }) =>
    jobs.run(jobId, async (options) => {
      const { info, slice } = await studies.slice(openId, seriesId, wanted, options);
      return { info, slice };
    }),

  'study.thumbnail': ({ openId, seriesId, jobId }) =>
    jobs.run(jobId, (options) => studies.thumbnail(openId, seriesId, options)),

  'study.tags': ({ openId, seriesId, index }) => studies.tags(openId, seriesId, index),
});

/** The name of a series is escaped, so that a slash can only be what stands before a slice. */
const VOLUME_PATH = /^\/volumes\/([\w-]+)\/([^/]+)(?:\/(\d{1,9}))?$/;

/** The study that a path of a volume belongs to; undefined where the path names no volume. */
export const openIdOfVolume = (path: string): string | undefined => VOLUME_PATH.exec(path)?.[1];

/** The bytes behind `VolumeInfo.url`, or behind one slice of it; undefined where the path names neither. */
export const volumeBytes = async (studies: StudyService, path: string): Promise<Uint8Array | undefined> => {
  const [, openId, series, slice] = VOLUME_PATH.exec(path) ?? [];
  if (!openId || !series) return undefined;
  const seriesId = decodeURIComponent(series);
  const { data } =
    slice === undefined ? await studies.volume(openId, seriesId) : await studies.slice(openId, seriesId, Number(slice));
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
};
