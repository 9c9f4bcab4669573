/** Stands in for the application: answers `study.volume` from the scene, pixels behind a blob URL. */
import type { Client, ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { alwaysThere, type HostConnection } from '../../../../src/renderer/client/connection.ts';
import { sample, stackOf } from './phantom.ts';
import { type SceneSeries, scenes } from './scenes.ts';

export const scene = (scenes[new URLSearchParams(location.search).get('scene') ?? 'liver'] ?? scenes.liver)?.();
export const cancelled: string[] = [];

export const seriesId = (series: Pick<SceneSeries, 'role'>): string => `series/${series.role}#1`;

const volume = async (input: { openId: string; seriesId: string }): Promise<VolumeInfo> => {
  const series = scene?.series.find((candidate) => seriesId(candidate) === input.seriesId);
  if (!series) throw new AppError('not-open', 'This study is no longer open. Open it again.');
  if (series.trouble === 'never') return new Promise(() => undefined);
  const { spec } = series;
  const pixels = sample(spec, series.intensity);
  const damaged = series.trouble === 'damaged';
  return {
    ...input,
    shape: [spec.slices, spec.rows, spec.columns],
    dtype: 'int16',
    ...(series.unplaced ? { unplaced: series.unplaced } : { geometry: stackOf(spec) }),
    sopInstanceUIDs: Array.from({ length: spec.slices }, (_, k) => `${series.role}.${k}`),
    window: series.window,
    range: { min: 0, max: 1023 },
    invert: false,
    url: URL.createObjectURL(new Blob([damaged ? pixels.slice(7) : pixels])),
    bytes: pixels.byteLength,
  };
};

const client: Client = {
  async call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> {
    if (name === 'study.volume') return (await volume(input as ProcedureInput<'study.volume'>)) as ProcedureOutput<N>;
    if (name === 'job.cancel') cancelled.push((input as ProcedureInput<'job.cancel'>).jobId);
    return { ok: true } as ProcedureOutput<N>;
  },
  on: () => undefined,
};

export const useClient = (): Client => client;
export const useHost = (): { connection: HostConnection } => ({ connection: alwaysThere() });
