/** What the `dicom` worker process does: everything that touches the bytes of untrusted files. */
import { AppError } from '#shared/errors.ts';
import type { DeidentificationPreview, ExportResult } from '#shared/study/deidentify.ts';
import { dicomdirIncomplete } from '#shared/study/messages/notes.ts';
import type { QualityNote, ScannedStudy } from '#shared/study/study.ts';
import type { Thumbnail } from '#shared/study/thumbnail.ts';
import type { MethodContext } from '../workers/server.ts';
import { openInput } from './archive/open-input.ts';
import { assembleStudies } from './assemble/assemble-studies.ts';
import type { InputFile, StudyInput } from './bytes/input.ts';
import { exportDeidentified } from './deidentify/export-study.ts';
import { previewDeidentified } from './deidentify/preview.ts';
import { subjectsAmong } from './deidentify/subject.ts';
import type { DecodedSlice, DecodedVolume, StackRecord } from './records.ts';
import type { StudyRemark } from './scan/copies.ts';
import { scanFiles } from './scan/scan-files.ts';
import { type ListedTags, listTags } from './tags/list-tags.ts';
import { bitsStoredNotes } from './volumes/bits-stored.ts';
import { decodeSlice, decodeVolume, noImage } from './volumes/decode-volume.ts';
import { middleOf, thumbnailOf } from './volumes/thumbnail.ts';
import {
  type ExportEndedParams,
  type OpenParams,
  type OpenResult,
  type PreviewParams,
  type ReferencesParams,
  type SeriesParams,
  type SliceParams,
  type StackReferences,
  type StartExportParams,
  type TagsParams,
  unknownHandle,
} from './worker-methods-contract.ts';

interface OpenedInput {
  input: StudyInput;
  stacks: Map<string, StackRecord>;
}

interface Remarks {
  ofInput: readonly QualityNote[];
  ofStudies: readonly StudyRemark[];
  /** By the id of the series. */
  ofSeries: ReadonlyMap<string, readonly QualityNote[]>;
}

const withNotes = (study: ScannedStudy, { ofInput, ofStudies, ofSeries }: Remarks): ScannedStudy => {
  const own = ofStudies.filter(({ studyInstanceUID }) => studyInstanceUID === study.studyInstanceUID);
  return {
    ...study,
    notes: [...ofInput, ...own.map(({ note }) => note), ...study.notes],
    series: study.series.map((one) => ({ ...one, notes: [...one.notes, ...(ofSeries.get(one.id) ?? [])] })),
  };
};

/** An empty list of studies would not say that the disc's folder may hold them all the same. */
const refuseEmptyDisc = (notes: readonly QualityNote[]): void => {
  const incomplete = notes.find(({ code }) => code === dicomdirIncomplete);
  if (incomplete) throw new AppError('dicomdir-incomplete', incomplete.text, { params: incomplete.params ?? {} });
};

/** The methods, with the inputs that are open in this process. */
export const dicomWorkerMethods = () => {
  const opened = new Map<string, OpenedInput>();
  const exporting = new Map<string, Promise<ExportResult>>();

  const stackOf = ({ openId, seriesId }: SeriesParams): { open: OpenedInput; stack: StackRecord } => {
    const open = opened.get(openId);
    if (!open) throw new AppError(unknownHandle, 'The study is not open in this process.');
    const stack = open.stacks.get(seriesId);
    if (!stack)
      throw new AppError('no-series', 'This series is not part of the study that is open. Open the study again.');
    return { open, stack };
  };

  const fileOf = (params: TagsParams): InputFile => {
    const { open, stack } = stackOf(params);
    const image = stack.images[params.index];
    const file = image ? open.input.files[image.source] : undefined;
    if (!file) throw noImage();
    return file;
  };

  const subjectOfImage = (params: TagsParams): string | undefined => {
    const { open, stack } = stackOf(params);
    const image = stack.images[params.index];
    return image && subjectsAmong([...open.stacks.values()].flatMap(({ images }) => images))(image);
  };

  const open = async ({ openId, path }: OpenParams, context: MethodContext): Promise<OpenResult> => {
    const input = await openInput(path, context.signal);
    try {
      const { images, skipped, remarks } = await scanFiles(input.files, context);
      const { studies, stacks } = assembleStudies(images);
      if (studies.length === 0) refuseEmptyDisc(input.notes);
      const ofSeries = new Map<string, QualityNote[]>();
      for (const stack of stacks) ofSeries.set(stack.id, await bitsStoredNotes(stack, input.files, context.signal));
      context.signal.throwIfAborted();
      opened.set(openId, {
        input,
        stacks: new Map(stacks.map((stack) => [stack.id, stack])),
      });
      return {
        studies: studies.map((study) => withNotes(study, { ofInput: input.notes, ofStudies: remarks, ofSeries })),
        skipped: [...input.skipped, ...skipped],
        files: input.files.length + input.skipped.length,
      };
    } catch (error) {
      await input.close();
      throw context.signal.aborted ? new AppError('cancelled', 'Cancelled.') : error;
    }
  };

  return {
    open,

    /**
     * For a handle of an earlier process. A call that was refused before another one's reopening was done asks for
     * nothing: opening twice would close the input under what reads it.
     */
    reopen: async (params: OpenParams, context: MethodContext): Promise<void> => {
      if (!opened.has(params.openId)) await open(params, context);
    },

    decode: async (params: SeriesParams, context: MethodContext): Promise<DecodedVolume> => {
      const { open, stack } = stackOf(params);
      return await decodeVolume(params.openId, stack, open.input.files, context);
    },

    slice: async (params: SliceParams, context: MethodContext): Promise<DecodedSlice> => {
      const { open, stack } = stackOf(params);
      return await decodeSlice(params.openId, stack, params.slice, open.input.files, context);
    },

    thumbnail: async (params: SeriesParams, context: MethodContext): Promise<Thumbnail> => {
      const { open, stack } = stackOf(params);
      return thumbnailOf(await decodeVolume(params.openId, middleOf(stack), open.input.files, context));
    },

    tags: async (params: TagsParams): Promise<ListedTags> => await listTags(fileOf(params)),

    references: async ({ openId, seriesIds }: ReferencesParams): Promise<StackReferences[]> =>
      seriesIds.map((seriesId) => {
        const { images } = stackOf({ openId, seriesId }).stack;
        const frames = Map.groupBy(images, ({ sopInstanceUID }) => sopInstanceUID);
        return {
          seriesId,
          images: images.map(({ sopClassUID, sopInstanceUID, frame }) => ({
            sopClassUID,
            sopInstanceUID,
            ...(frame > 0 || (frames.get(sopInstanceUID)?.length ?? 0) > 1 ? { frame: frame + 1 } : {}),
          })),
        };
      }),

    previewDeidentified: async (params: PreviewParams): Promise<DeidentificationPreview> =>
      await previewDeidentified(fileOf(params), params.key, params.options, subjectOfImage(params)),

    exportDeidentified: async (params: StartExportParams, context: MethodContext): Promise<ExportResult> => {
      const { exportId, openId, seriesIds, checkedSeriesIds, folder, key, options } = params;
      const chosen = seriesIds.map((seriesId) => stackOf({ openId, seriesId }));
      const files = chosen[0]?.open.input.files ?? [];
      const stacks = chosen.map(({ stack }) => stack);
      const allStacks = [...(chosen[0]?.open.stacks.values() ?? [])];
      const request = { stacks, allStacks, checkedSeriesIds, files, folder, key, options };
      const result = exportDeidentified(request, context);
      exporting.set(exportId, result);
      try {
        return await result;
      } finally {
        exporting.delete(exportId);
      }
    },

    /** Returns once the export has ended, well or not, and nothing more of it is written or removed. */
    exportEnded: async ({ exportId }: ExportEndedParams): Promise<void> => {
      await exporting.get(exportId)?.catch(() => undefined);
    },
  };
};
