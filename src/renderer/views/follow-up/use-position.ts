/** How the patient lies at the date that is measured against the one that is compared: found from the liver, or set by hand. */
import { computed, watch } from 'vue';
import { canonicalJson } from '#shared/canonical-json.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { add, subtract, type Vec3 } from '#shared/study/geometry.ts';
import { shiftOf } from '#shared/study/series-shift.ts';
import { useClient } from '../../client/index.ts';
import { i18n } from '../../locales/index.ts';
import { useJobsStore } from '../../stores/jobs.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { alignDates } from './align-dates.ts';
import { type DateColumn, seriesToAlign } from './date-columns.ts';
import type { usePlaces } from './use-places.ts';

export interface PositionOptions {
  measured: () => DateColumn | undefined;
  prior: () => DateColumn | undefined;
  places: ReturnType<typeof usePlaces>;
}

export const usePosition = ({ measured, prior, places }: PositionOptions) => {
  const client = useClient();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const { t } = i18n.global;

  const pair = computed(() => {
    const [a, b] = [measured()?.images, prior()?.images];
    const series = a && b && seriesToAlign(a, b);
    return (
      series && {
        present: { openId: a.openId, seriesId: series[0].id },
        earlier: { openId: b.openId, seriesId: series[1].id },
        /** How much farther apart the two lie where hands laid them than their files say. */
        byHand: subtract(shiftOf(a.shifts, series[0].id), shiftOf(b.shifts, series[1].id)),
      }
    );
  });
  const moved = computed<Vec3>(() => {
    const [present, earlier] = [measured(), prior()];
    return present && earlier
      ? subtract(places.placeOf(present.point.id), places.placeOf(earlier.point.id))
      : [0, 0, 0];
  });

  /** What is known of where both lie, to tell whether somebody set it meanwhile: where they lay before, too, once it is said by hand. */
  const knownOf = (id: string, earlierId: string): string =>
    canonicalJson([id, earlierId].map((one) => places.knownOf(one) ?? null));

  /** It is found for both dates that were asked for, whatever is on screen by then; what was set meanwhile stays. */
  const find = async (): Promise<void> => {
    const [asked, id, earlierId] = [pair.value, measured()?.point.id, prior()?.point.id];
    if (!asked || id === undefined || earlierId === undefined) return;
    const before = knownOf(id, earlierId);
    try {
      const found = await jobs.run('align', (_jobId, report, signal) =>
        alignDates(asked.present, asked.earlier, { client, signal, report }),
      );
      const isShown = measured()?.point.id === id;
      if (knownOf(id, earlierId) !== before) {
        if (isShown) notices.show({ kind: 'info', text: () => t('followUp.position.setMeanwhile') });
        return;
      }
      if (found === 'mirrored') notices.show({ kind: 'warning', text: () => t('followUp.position.mirrored') });
      else if (found) places.place(id, earlierId, add(found.movedMm, asked.byHand), 'found');
      else if (isShown) notices.show({ kind: 'warning', text: () => t('followUp.position.notFound') });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) notices.showError(error);
    }
  };

  /** Once, where nobody has said yet how the patient lies. */
  watch(
    () => pair.value && `${pair.value.present.openId} ${pair.value.earlier.openId}`,
    (key) => {
      const present = measured();
      if (key && present && present.point.id !== BASELINE && !places.positionOf(present.point)) void find();
    },
    { immediate: true },
  );

  return {
    moved,
    canFind: computed(() => pair.value !== undefined),
    find,
    setByHand: (movedMm: Vec3): void => {
      const [id, earlierId] = [measured()?.point.id, prior()?.point.id];
      if (id !== undefined && earlierId !== undefined) places.place(id, earlierId, movedMm, 'hand');
    },
  };
};
