import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { DeidentifyOptions, Linking } from '#shared/study/deidentify.ts';
import type { StudyService } from '../study/service.ts';
import type { Handlers } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export type DeidentifyProcedure = 'study.previewDeidentified' | 'study.exportDeidentified';

/** The folder that the user chose, by what the host gave out for it. Throws `destination-unknown`. */
export type DestinationResolver = (destination: string) => string;

export const destinationUnknown = (): AppError =>
  new AppError('destination-unknown', 'The folder for the copy is no longer chosen. Choose it again.');

export const noDestination: DestinationResolver = () => {
  throw destinationUnknown();
};

export interface DeidentifyHandlerOptions {
  studies: StudyService;
  jobs: Jobs;
  /** The site's secret; throws where the records that hold it are not open. */
  secret: () => Uint8Array;
  resolveDestination: DestinationResolver;
  /** Keeps in the audit log that a copy has left, where there is one. */
  recordExport: (detail: ExportDetail) => void;
}

/** Counts and choices: the log outlives the study and may be handed to an auditor. */
export interface ExportDetail {
  series: number;
  written: number;
  leftOut: number;
  linking: Linking;
  options: DeidentifyOptions;
  /** Codes of warnings, each with its number of images. */
  warnings: Record<string, number>;
}

/**
 * Keys of pseudonyms. A key of one export is made with its first preview, so that the preview shows what will leave, and
 * forgotten once the copy is written: nothing links two copies then, on this machine either.
 */
class ExportKeys {
  readonly #secret: () => Uint8Array;
  readonly #fresh = new Map<string, Uint8Array>();

  constructor(secret: () => Uint8Array) {
    this.#secret = secret;
  }

  keyFor(openId: string, linking: Linking): Uint8Array {
    if (linking === 'site') return this.#secret();
    const key = this.#fresh.get(openId) ?? randomBytes(32);
    this.#fresh.set(openId, key);
    return key;
  }

  forget(openId: string): void {
    this.#fresh.delete(openId);
  }
}

export const deidentifyHandlers = ({
  studies,
  jobs,
  secret,
  resolveDestination,
  recordExport,
}: DeidentifyHandlerOptions): Handlers<DeidentifyProcedure> => {
  const keys = new ExportKeys(secret);
  return {
    'study.previewDeidentified': ({ linking, ...params }) =>
      studies.previewDeidentified({ ...params, key: keys.keyFor(params.openId, linking) }),

    'study.exportDeidentified': ({ jobId, linking, destination, ...params }) =>
      jobs.run(jobId, async (callOptions) => {
        // The key first: a folder that was chosen is used once, and not spent on what cannot begin.
        const key = keys.keyFor(params.openId, linking);
        const folder = resolveDestination(destination);
        const result = await studies.exportDeidentified({ ...params, key, folder }, callOptions);
        keys.forget(params.openId);
        recordExport({
          series: params.seriesIds.length,
          written: result.written,
          leftOut: result.skipped.length,
          linking,
          options: params.options,
          warnings: Object.fromEntries(result.warnings.map(({ code, images }) => [code, images])),
        });
        return result;
      }),
  };
};
