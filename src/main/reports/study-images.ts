/** What the study of a case adds to its objects, where it is at hand: read once, and closed again. */
import type { SavedCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import type { StudySource } from '../study/records.ts';
import type { StudyService } from '../study/service.ts';
import type { CallOptions } from '../workers/client.ts';
import type { StudyHeader, StudyImages } from './reported-case.ts';

const headerOf = (tags: readonly { keyword: string; value: string; depth: number }[]): StudyHeader => {
  const value = (keyword: string): string =>
    tags.find((tag) => tag.depth === 0 && tag.keyword === keyword)?.value ?? '';
  return {
    patientName: value('PatientName'),
    studyId: value('StudyID'),
    studyTime: value('StudyTime'),
    referringPhysician: value('ReferringPhysicianName'),
    accessionNumber: value('AccessionNumber'),
  };
};

/** Undefined where the study is no longer there, or another one is; throws only where it was cancelled. */
export const studyImages = async (
  studies: StudyService,
  source: StudySource | undefined,
  { saved, options }: { saved: SavedCase; options: Required<CallOptions> },
): Promise<StudyImages | undefined> => {
  if (!source) return undefined;
  let openId: string | undefined;
  try {
    const opened = await studies.open(source, options);
    openId = opened.openId;
    const study = opened.studies.find((one) => one.studyInstanceUID === saved.study.studyInstanceUID);
    const known = new Set(saved.study.series.map(({ id }) => id));
    const seriesIds = (study?.series ?? []).map(({ id }) => id).filter((id) => known.has(id));
    const [first] = seriesIds;
    if (first === undefined) return undefined;
    const references = await studies.references({ openId, seriesIds });
    const { tags } = await studies.tags(openId, first, 0);
    return {
      header: headerOf(tags),
      stacks: new Map(references.map(({ seriesId, images }) => [seriesId, images])),
    };
  } catch (error) {
    if (options.signal.aborted || !(error instanceof AppError)) throw error;
    return undefined;
  } finally {
    if (openId !== undefined) await studies.close(openId);
  }
};
