import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { factorIdSchema } from '#shared/clinical/factor-values.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import { modelInputIds, modelInputUnit } from '#shared/clinical/model-inputs.ts';
import type { CohortOutcome } from '#shared/cohort/outcome-cells.ts';
import { AppError, toErrorShape } from '#shared/errors.ts';
import type { ChannelUsed, PredictionWarning } from '#shared/model/prediction.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { cohortSampleContract, type SampleContract } from '../study/sample/crop-contract.ts';
import type { CallOptions } from '../workers/client.ts';
import { type RefusedPatient, readCohort } from './cohort-csv.ts';
import type { CohortRow } from './cohort-row.ts';
import { NpyWriter } from './npy-writer.ts';
import { type CohortStudies, type PreparedPatient, preparePatient } from './prepare-patient.ts';

/** What went into row `index` of the arrays, and what is known of the patient's outcome. */
export interface PreparedRecord extends CohortOutcome {
  index: number;
  line: number;
  id: string;
  study: string;
  centerMm: Vec3;
  diameterMm: number;
  fovMm: number;
  roles: RoleAssignment[];
  channels: ChannelUsed[];
  warnings: PredictionWarning[];
  factorWarnings: string[];
  extra: Record<string, string>;
}

/** `manifest.json` of a prepared cohort. Nothing in it depends on when or where it was made. */
export interface CohortManifest {
  schema: 1;
  appVersion: string;
  contract: SampleContract;
  /** [patients, channels, size, size], little-endian float32. */
  images: { file: string; shape: number[] };
  /** [patients, inputs], float64 in `unit`, NaN where missing. */
  /** `categories`: of a choice, the ids of the options that its patients have, sorted. */
  clinical: { file: string; shape: number[]; inputs: { id: string; unit: string; categories?: string[] }[] };
  patients: PreparedRecord[];
  failed: RefusedPatient[];
}

export interface PrepareCohortOptions extends CallOptions {
  /** Path of `cohort.csv`, or of the folder that holds it. */
  cohort: string;
  /** Folder for `images.npy`, `clinical.npy` and `manifest.json`; made where it is missing. */
  out: string;
  studies: CohortStudies;
  appVersion: string;
  /** Patients worked on at once; memory grows with it. Default 2: one decodes while another is resampled. */
  concurrency?: number;
}

const record = (index: number, row: CohortRow, { sample, roles }: PreparedPatient): PreparedRecord => ({
  index,
  line: row.line,
  id: row.id,
  study: row.study,
  centerMm: sample.centerMm,
  diameterMm: row.diameterMm,
  fovMm: sample.grid.spacing * sample.grid.columns,
  roles,
  channels: sample.channels,
  warnings: sample.warnings,
  factorWarnings: row.factorWarnings,
  ...row.outcome,
  extra: row.extra,
});

const refused = (row: CohortRow, error: unknown): RefusedPatient => {
  const { code, message, params, detail } = toErrorShape(error);
  const role = params?.role === undefined ? '' : ` (${params.role})`;
  const cause = code === 'internal' && detail ? ` ${detail}` : '';
  return { line: row.line, id: row.id, code, reason: `${message}${role}${cause}` };
};

const readTable = async (path: string): Promise<{ text: string; folder: string }> => {
  const candidates = path.toLowerCase().endsWith('.csv') ? [path] : [join(path, 'cohort.csv')];
  for (const candidate of candidates) {
    const text = await readFile(candidate, 'utf8').catch(() => undefined);
    if (text !== undefined) return { text, folder: dirname(candidate) };
  }
  throw new AppError('cohort-missing', `There is no cohort table at ${candidates[0]}.`);
};

/** The options of a choice among the prepared patients; undefined for what is no choice, or nobody has. */
const categoriesOf = (id: string, rows: readonly CohortRow[]): string[] | undefined => {
  const factorId = factorIdSchema.safeParse(id);
  if (!factorId.success || factorDefinition(factorId.data).kind !== 'choice') return undefined;
  const options = rows.flatMap(({ factors }) => factors[factorId.data]?.value ?? []).map(String);
  return options.length === 0 ? undefined : [...new Set(options)].sort();
};

/** Runs `work` on `items`, `width` at a time, and yields the outcomes in the items' order. */
async function* inOrder<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<PromiseSettledResult<R>> {
  const started: Promise<PromiseSettledResult<R>>[] = [];
  const start = (item: T) => started.push(Promise.allSettled([work(item)]).then(([one]) => one));
  for (const [i, item] of items.entries()) {
    start(item);
    const head = i - width + 1;
    const ready = started[head];
    if (ready) {
      yield await ready;
      delete started[head];
    }
  }
  for (const rest of started) if (rest) yield await rest;
}

/**
 * `haicast prepare`: the tensors that training reads, made by the very code that makes a prediction's sample. Patients
 * come out in the table's order; one that fails is listed in `failed` with the reason and stops nobody else. Memory is
 * bounded by `concurrency` studies. Throws `AppError` where the table itself does not fit or no patient could be prepared.
 */
export const prepareCohort = async (options: PrepareCohortOptions): Promise<CohortManifest> => {
  const { out, studies, appVersion, signal, onProgress } = options;
  const { text, folder } = await readTable(options.cohort);
  const { rows, refused: unreadable } = readCohort(text);
  await mkdir(out, { recursive: true, mode: 0o700 });
  await rm(join(out, 'manifest.json'), { force: true });

  const { channels, crop } = cohortSampleContract;
  const images = await NpyWriter.create(join(out, 'images.npy'), '<f4', [channels.length, crop.size, crop.size]);
  const clinical = await NpyWriter.create(join(out, 'clinical.npy'), '<f8', [modelInputIds.length]);
  const patients: PreparedRecord[] = [];
  const prepared: CohortRow[] = [];
  const failed = [...unreadable];
  try {
    const callOptions = signal ? { signal } : {};
    const prepare = async (row: CohortRow): Promise<PreparedPatient> => {
      signal?.throwIfAborted();
      const path = resolve(folder, row.study);
      try {
        return await preparePatient(studies, path, row, callOptions);
      } catch (error) {
        // A neighbour's study may have taken the worker down: only a second death is this patient's own.
        if (!(error instanceof AppError && error.code === 'worker-died')) throw error;
        return await preparePatient(studies, path, row, callOptions);
      }
    };
    let done = 0;
    for await (const result of inOrder(rows, options.concurrency ?? 2, prepare)) {
      signal?.throwIfAborted();
      const row = rows[done++];
      if (!row) break;
      if (result.status === 'rejected') failed.push(refused(row, result.reason));
      else {
        await images.append(result.value.sample.image);
        await clinical.append(result.value.clinical);
        patients.push(record(patients.length, row, result.value));
        prepared.push(row);
      }
      onProgress?.('prepare', done, rows.length);
    }
    if (patients.length === 0) {
      throw new AppError('no-patient', `No patient could be prepared. First reason: ${failed[0]?.reason ?? 'none'}`);
    }
  } catch (error) {
    await Promise.all([images.abandon(), clinical.abandon()]);
    throw error;
  }
  failed.sort((a, b) => a.line - b.line);
  const manifest: CohortManifest = {
    schema: 1,
    appVersion,
    contract: cohortSampleContract,
    images: { file: 'images.npy', shape: images.shape },
    clinical: {
      file: 'clinical.npy',
      shape: clinical.shape,
      inputs: modelInputIds.map((id) => {
        const categories = categoriesOf(id, prepared);
        return { id, unit: modelInputUnit(id) ?? '1', ...(categories ? { categories } : {}) };
      }),
    },
    patients,
    failed,
  };
  await images.finish();
  await clinical.finish();
  // The manifest comes last: where it is, the arrays are whole.
  await writeFile(join(out, 'manifest.json.part'), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
  await rename(join(out, 'manifest.json.part'), join(out, 'manifest.json'));
  return manifest;
};
