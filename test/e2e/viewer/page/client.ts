/** Stands in for the application: answers for volumes and slices from the scene, pixels behind a scheme of its own. */
import type { Client, ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { alwaysThere, type HostConnection } from '../../../../src/renderer/client/connection.ts';
import { sample, stackOf } from './phantom.ts';
import { type SceneSeries, scenes } from './scenes.ts';

export const scene = (scenes[new URLSearchParams(location.search).get('scene') ?? 'liver'] ?? scenes.liver)?.();
export const cancelled: string[] = [];
/** Bytes that were asked for, `<series>` or `<series>/<slice>`, in order. */
export const asked: string[] = [];

/** What `?hold=whole` or `?hold=whole,slices` keeps back until it is let go: all slices but the first of each series. */
type Held = 'whole' | 'slices';
const gates: Record<Held, PromiseWithResolvers<void>> = {
  whole: Promise.withResolvers(),
  slices: Promise.withResolvers(),
};
const statuses: Record<Held, number> = { whole: 200, slices: 200 };
/** What is kept back, and what is asked for from now on, is answered, or with another status refused. */
export const letGo = (held: Held, status = 200): void => {
  statuses[held] = status;
  gates[held].resolve();
};
const holding = (new URLSearchParams(location.search).get('hold') ?? '').split(',');
for (const held of ['whole', 'slices'] as const) if (!holding.includes(held)) letGo(held);

export const seriesId = (series: Pick<SceneSeries, 'role'>): string => `series/${series.role}#1`;

const seriesOf = (id: string): SceneSeries => {
  const series = scene?.series.find((candidate) => seriesId(candidate) === id);
  if (!series) throw new AppError('not-open', 'This study is no longer open. Open it again.');
  return series;
};

const infoOf = (series: SceneSeries, openId: string): VolumeInfo => {
  const { spec } = series;
  return {
    openId,
    seriesId: seriesId(series),
    shape: [spec.slices, spec.rows, spec.columns],
    dtype: 'int16',
    ...(series.unplaced ? { unplaced: series.unplaced } : { geometry: stackOf(spec) }),
    sopInstanceUIDs: Array.from({ length: spec.slices }, (_, k) => `${series.role}.${k}`),
    window: series.window,
    range: { min: 0, max: 1023 },
    invert: false,
    url: `phantom:${series.role}`,
    bytes: spec.slices * spec.rows * spec.columns * Int16Array.BYTES_PER_ELEMENT,
  };
};

/** Sampled once: the panes ask for slices and for all of them. */
const sampled = new Map<string, Int16Array<ArrayBuffer>>();
const pixelsOf = (series: SceneSeries): Int16Array<ArrayBuffer> => {
  const pixels = sampled.get(series.role) ?? sample(series.spec, series.intensity);
  sampled.set(series.role, pixels);
  return pixels;
};

const { fetch: realFetch } = globalThis;
const answer = async (name: string): Promise<Response> => {
  const isFirst = !asked.some((other) => other.startsWith(name.replace(/\d+$/, '')));
  asked.push(name);
  const [role = '', slice] = name.split('/');
  const series = scene?.series.find((candidate) => candidate.role === role);
  if (!series) return new Response(undefined, { status: 404 });
  const held = slice === undefined ? 'whole' : isFirst ? undefined : 'slices';
  if (held) await gates[held].promise;
  const status = held ? statuses[held] : 200;
  if (status !== 200) return new Response(undefined, { status });
  const size = series.spec.rows * series.spec.columns;
  const all = pixelsOf(series);
  const pixels = slice === undefined ? all : all.slice(Number(slice) * size, (Number(slice) + 1) * size);
  return new Response(series.trouble === 'damaged' ? pixels.slice(7) : pixels);
};
globalThis.fetch = (input, init) => {
  const name = String(input).match(/^phantom:(.*)$/)?.[1];
  return name === undefined ? realFetch(input, init) : answer(name);
};

const volume = async (input: { openId: string; seriesId: string }): Promise<VolumeInfo> => {
  const series = seriesOf(input.seriesId);
  return series.trouble === 'never' ? new Promise(() => undefined) : infoOf(series, input.openId);
};

const slice = async (input: ProcedureInput<'study.slice'>): Promise<ProcedureOutput<'study.slice'>> => {
  const info = await volume(input);
  return { info, slice: input.slice ?? Math.floor(info.shape[0] / 2) };
};

const client: Client = {
  async call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> {
    if (name === 'study.volume') return (await volume(input as ProcedureInput<'study.volume'>)) as ProcedureOutput<N>;
    if (name === 'study.slice') return (await slice(input as ProcedureInput<'study.slice'>)) as ProcedureOutput<N>;
    if (name === 'job.cancel') cancelled.push((input as ProcedureInput<'job.cancel'>).jobId);
    return { ok: true } as ProcedureOutput<N>;
  },
  on: () => undefined,
};

export const useClient = (): Client => client;
export const useHost = (): { connection: HostConnection } => ({ connection: alwaysThere() });
