/** The viewer alone on a page, with the page's part (keeping lesions) played here. */
import '../../../../src/renderer/tokens.css';
import '../../../../src/renderer/base.css';
import { createApp, defineComponent, h, type Ref, reactive, ref, type ShallowRef, shallowRef } from 'vue';
import { createI18n } from 'vue-i18n';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { DrawnMark, Mark } from '#shared/study/mark.ts';
import { modelRoles } from '#shared/study/roles.ts';
import type { PaneSpec, ViewerCommands } from '../../../../src/renderer/viewer/contract.ts';
import { heldBytes, setImageBudget } from '../../../../src/renderer/viewer/cornerstone/volume-store.ts';
import ViewerGrid from '../../../../src/renderer/viewer/grid/ViewerGrid.vue';
import en from '../../../../src/shared/words/en/viewer.ts';
import zhCN from '../../../../src/shared/words/zh-CN/viewer.ts';
import { asked, cancelled, letGo, scene, seriesId } from './client.ts';
import { stackOf } from './phantom.ts';

const budget = new URLSearchParams(location.search).get('budget');
if (budget) setImageBudget(Number(budget));

const language = new URLSearchParams(location.search).get('language') ?? 'en';
interface State {
  drawn: number;
  changed: number;
  errors: string[];
  selected: string | undefined;
}
const state: State = reactive({ drawn: 0, changed: 0, errors: [], selected: 'one' });
const lesions = shallowRef<Lesion[]>(scene?.lesions ?? []);
const marks = shallowRef<Mark[]>([]);
const mapOn = ref(true);
const commands = shallowRef<ViewerCommands>();

const panes: PaneSpec[] = modelRoles.map((role) => {
  const series = scene?.series.find((candidate) => candidate.role === role);
  if (!series) return { role, series: undefined, confirmed: false };
  return {
    role,
    confirmed: series.confirmed ?? false,
    series: {
      id: seriesId(series),
      seriesInstanceUID: seriesId(series),
      description: series.description,
      modality: 'MR',
      instances: series.spec.slices,
      rows: series.spec.rows,
      columns: series.spec.columns,
      ...(series.unplaced ? { unplaced: series.unplaced } : { geometry: stackOf(series.spec) }),
      ...(series.secondsAfterContrast === undefined ? {} : { secondsAfterContrast: series.secondsAfterContrast }),
      facts: series.facts ?? {},
      suggestion: { role, confidence: 1, reasons: [] },
      notes: [],
    },
  };
});

const crop = scene?.crop;
const samplePart: Prediction['sample'] | undefined = crop && {
  grid: crop,
  centerMm: crop.center,
  diameterMm: 60,
  channels: [],
};

const Page = defineComponent(
  () => () =>
    h(ViewerGrid, {
      ref: (instance: unknown) => {
        commands.value = (instance as ViewerCommands | null) ?? undefined;
      },
      style: 'height: 100vh',
      openId: 'open-1',
      panes,
      lesions: lesions.value,
      marks: marks.value,
      selectedId: state.selected,
      map: mapOn.value ? scene?.map : undefined,
      sample: mapOn.value ? samplePart : undefined,
      hideIdentity: false,
      onLesionDrawn(drawn: Omit<Lesion, 'id' | 'label' | 'kind'>) {
        state.drawn += 1;
        const id = `drawn-${state.drawn}`;
        lesions.value = [...lesions.value, { ...drawn, id, label: `T${lesions.value.length + 1}`, kind: 'target' }];
        state.selected = id;
      },
      onLesionChanged(changed: Lesion) {
        state.changed += 1;
        lesions.value = lesions.value.map((lesion) => (lesion.id === changed.id ? changed : lesion));
      },
      onMarkDrawn(drawn: DrawnMark) {
        marks.value = [
          ...marks.value,
          { ...drawn, id: `mark-${marks.value.length + 1}`, label: `M${marks.value.length + 1}` },
        ];
      },
      onMarkChanged(changed: Mark) {
        marks.value = marks.value.map((mark) => (mark.id === changed.id ? changed : mark));
      },
      onRemoved(id: string) {
        marks.value = marks.value.filter((mark) => mark.id !== id);
        lesions.value = lesions.value.filter((lesion) => lesion.id !== id);
      },
      onSelected(id: string | undefined) {
        state.selected = id;
      },
      onError(error: unknown) {
        state.errors.push(error instanceof Error ? error.message : String(error));
      },
    }),
);

const app = createApp(Page);
app.use(
  createI18n({
    legacy: false,
    locale: language,
    messages: { en: { viewer: en }, 'zh-CN': { viewer: zhCN } },
  }),
);
app.mount('#app');

/** What the tests reach by `harness` in the page. */
interface Harness {
  state: State;
  lesions: ShallowRef<Lesion[]>;
  marks: ShallowRef<Mark[]>;
  mapOn: Ref<boolean>;
  commands: ShallowRef<ViewerCommands | undefined>;
  cancelled: string[];
  asked: string[];
  letGo: typeof letGo;
  heldBytes: typeof heldBytes;
  unmount: () => void;
}
declare global {
  interface Window {
    harness: Harness;
  }
}
window.harness = {
  state,
  lesions,
  marks,
  mapOn,
  commands,
  cancelled,
  asked,
  letGo,
  heldBytes,
  unmount: () => app.unmount(),
};
