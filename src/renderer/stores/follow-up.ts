import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { useClient } from '../client/index.ts';
import { useCaseStore } from './case.ts';

/** The images of the time points of the course on screen that are open, and which of them is measured. They go with the case. */
export const useFollowUpStore = defineStore('follow-up', () => {
  const client = useClient();
  const current = useCaseStore();
  const opened = shallowRef<ReadonlyMap<string, OpenedStudies>>(new Map());
  const shownId = shallowRef<string>();

  const close = ({ openId }: OpenedStudies) => client.call('study.close', { openId }).catch(() => undefined);

  watch(
    () => current.savedCase?.id,
    (now, before) => {
      if (now === before || before === undefined) return;
      const left = [...opened.value.values()];
      opened.value = new Map();
      shownId.value = undefined;
      for (const one of left) void close(one);
    },
  );

  return {
    shownId,
    opened: computed(() => opened.value),
    /** Images that were open for the time point before are let go of. */
    put(timePointId: string, images: OpenedStudies): void {
      const before = opened.value.get(timePointId);
      opened.value = new Map([...opened.value, [timePointId, images]]);
      if (before && before.openId !== images.openId) void close(before);
    },
    /** The study of a time point among what is open for it. */
    studyOf(timePointId: string, studyInstanceUID: string): ScannedStudy | undefined {
      return opened.value.get(timePointId)?.studies.find((one) => one.studyInstanceUID === studyInstanceUID);
    },
    close,
  };
});
