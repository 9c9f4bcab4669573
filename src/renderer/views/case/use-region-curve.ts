/** The curve of one region over the phases of the open study, made when it is asked for and again when what it rests on changes. */
import { computed, shallowRef, watch } from 'vue';
import type { Client } from '#shared/api.ts';
import type { Mark } from '#shared/study/mark.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { movedMark, movedStack, type SeriesShift, shiftOf } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { type CurvePhase, curvePhases, type PhaseCurve, type PhaseReading } from '../../panels/lesions/phase-curve.ts';
import { sliceOfMark } from '../../viewer/space/marks.ts';
import { regionInPhase, regionPoints } from '../../viewer/space/region-over-phases.ts';
import { preContrastSeries } from './pre-contrast.ts';
import { seriesOfFrame } from './same-frame.ts';
import { type DerivedWork, useDerived } from './use-derived.ts';

export interface CurveOf {
  openId: string | undefined;
  series: readonly ScannedSeries[];
  roles: readonly RoleAssignment[];
  shifts: readonly SeriesShift[];
  marks: readonly Mark[];
}

/** Of the frame of reference in which the region was drawn: in another one its place means nothing. */
const seriesOfPhase = ({ series, roles }: CurveOf, ownId: string, phase: CurvePhase): ScannedSeries | undefined => {
  const placed = seriesOfFrame(
    series,
    series.find(({ id }) => id === ownId),
  );
  if (phase === 'pre-contrast') return preContrastSeries(placed);
  const seriesId = roles.find(({ role }) => role === phase)?.seriesId;
  return placed.find(({ id }) => id === seriesId);
};

const readCurve = async (
  of: CurveOf,
  mark: Extract<Mark, { tool: 'ellipse' }>,
  work: DerivedWork,
): Promise<PhaseCurve> => {
  const placed = async (seriesId: string) => {
    const { info, pixels } = await work.volume(seriesId);
    const geometry = info.geometry && movedStack(info.geometry, shiftOf(of.shifts, seriesId));
    return { info, volume: geometry && { shape: info.shape, data: pixels, geometry } };
  };
  const own = await placed(mark.seriesId);
  const { geometry: recorded } = own.info;
  const moved = movedMark(mark, shiftOf(of.shifts, mark.seriesId));
  const slice = recorded ? sliceOfMark(mark, recorded, own.info.sopInstanceUIDs) : 0;
  const region = own.volume && regionPoints(own.volume.geometry, slice, moved.points);
  const readings: PhaseReading[] = [];
  for (const [i, phase] of curvePhases.entries()) {
    work.onProgress(i / curvePhases.length);
    const series = seriesOfPhase(of, mark.seriesId, phase);
    const volume = series && region ? (await placed(series.id)).volume : undefined;
    const seconds = phase === 'pre-contrast' ? undefined : series?.secondsAfterContrast;
    const found = volume && region ? (regionInPhase(region, volume) ?? ('outside' as const)) : undefined;
    readings.push({ phase, seconds, found: series && !found ? 'outside' : found });
  }
  return { markId: mark.id, readings };
};

export const useRegionCurve = (client: Client, of: () => CurveOf) => {
  const wantedId = shallowRef<string>();
  const derived = useDerived<PhaseCurve>(client, () => of().openId ?? '');
  const wanted = computed(() => of().marks.find(({ id }) => id === wantedId.value));

  watch([wanted, () => of().shifts, () => of().roles, () => of().openId], () => {
    const mark = wanted.value;
    if (mark?.tool !== 'ellipse' || of().openId === undefined) {
      derived.cancel();
      return;
    }
    void derived.make((work) => readCurve(of(), mark, work));
  });

  return {
    markId: wantedId,
    curve: derived.result,
    progress: derived.progress,
    error: derived.error,
    /** Shows the curve of a region, or puts it away. */
    toggle(id: string) {
      wantedId.value = wantedId.value === id ? undefined : id;
    },
  };
};
