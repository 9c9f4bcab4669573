import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { z } from 'zod';
import { modelRoles } from '#shared/study/roles.ts';
import { layouts, MOST_THRESHOLD, usualViewerHabits, type ViewerHabits } from '../viewer/contract.ts';
import { useAppStore } from './app.ts';

/** Pixels of the text's own size (rem), so that it grows with the letters. */
export const PANEL_REM = { least: 19, usual: 25, most: 45 } as const;

const relativeWindowSchema = z.object({ width: z.number().positive(), shift: z.number() });
const habitsSchema = z.object({
  layout: z.enum(layouts),
  /** Of the images on another screen. */
  secondLayout: z.enum(layouts).default(usualViewerHabits.layout),
  windows: z.partialRecord(z.enum(modelRoles), relativeWindowSchema),
  phasesTogether: z.boolean(),
  mapOpacity: z.number().min(0).max(1).default(usualViewerHabits.mapOpacity),
  mapThreshold: z.number().min(0).max(MOST_THRESHOLD).default(usualViewerHabits.mapThreshold),
  panelRem: z.number().min(PANEL_REM.least).max(PANEL_REM.most),
  panelHidden: z.boolean(),
});
export type ReadingHabits = z.infer<typeof habitsSchema>;

export const usualHabits: ReadingHabits = {
  ...usualViewerHabits,
  secondLayout: usualViewerHabits.layout,
  panelRem: PANEL_REM.usual,
  panelHidden: false,
};

/** What was kept, or the usual where nothing was, or what nobody can read. */
export const habitsFrom = (text: string | null): ReadingHabits => {
  try {
    return habitsSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return usualHabits;
  }
};

/** Storage may be denied (private window, policy): habits then last as long as the page. */
const quietly = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** How a user likes to read, on this computer: nothing of it is a patient's. */
export const useReadingHabitsStore = defineStore('reading-habits', () => {
  const app = useAppStore();
  const key = computed(() => `haicast.reading.${app.identity.user?.id ?? ''}`);
  const habits = shallowRef(usualHabits);
  watch(
    key,
    (now) => {
      habits.value = habitsFrom(quietly(() => globalThis.localStorage.getItem(now)) ?? null);
    },
    { immediate: true },
  );

  const keep = (next: Partial<ReadingHabits>): void => {
    habits.value = { ...habits.value, ...next };
    quietly(() => globalThis.localStorage.setItem(key.value, JSON.stringify(habits.value)));
  };

  return {
    habits,
    keepViewer: (viewer: ViewerHabits) => keep(viewer),
    /** On another screen, whose layout is its own. */
    keepSecond: ({ layout, ...viewer }: ViewerHabits) => keep({ ...viewer, secondLayout: layout }),
    setPanelRem: (rem: number) =>
      keep({ panelRem: Math.min(PANEL_REM.most, Math.max(PANEL_REM.least, rem)), panelHidden: false }),
    togglePanel: () => keep({ panelHidden: !habits.value.panelHidden }),
  };
});
