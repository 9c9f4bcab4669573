/** What the case page gives to the viewer and hears from it. The viewer knows no store and no host but the client. */
import type { Prediction } from '#shared/model/prediction.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { DrawnMark, Mark } from '#shared/study/mark.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { RelativeWindow, Window } from './paint/window-level.ts';
import type { DrawnLesion } from './space/annotations.ts';
import type { View } from './space/common-view.ts';

export interface PaneSpec {
  role: ModelRole;
  /** Undefined where no series plays the role: the pane says so. */
  series: ScannedSeries | undefined;
  confirmed: boolean;
  /** The series is here to be looked at, and not because it plays the role. */
  viewing?: boolean;
  /** What is shown, in place of a role: a difference, a section. */
  title?: string;
}

/** A slice with what is drawn over it, `longest` pixels on its longer side. */
export interface PanePicture {
  role: ModelRole;
  seriesId: string;
  /** Zero-based. */
  sliceIndex: number;
  withMap: boolean;
  /** It shows the position that was asked for, and not whichever slice its pane stood at. */
  isAtPosition: boolean;
  paint(longest: number): HTMLCanvasElement;
  /** The same without map. */
  paintPlain(longest: number): HTMLCanvasElement;
}

/** How one pane is looked at. */
export interface PaneLook {
  seriesId: string;
  slice: number;
  window: Window | undefined;
  /** Undefined where the pane was hidden behind an enlarged one. */
  view: View | undefined;
}

/** Rows × columns; `1+5`: one large pane and the others around it. */
export const layouts = ['2x3', '3x2', '1+5', '2x2', '1x2', '1x1'] as const;
export type Layout = (typeof layouts)[number];

/** How a reader likes to look at images, whoever the patient is. */
export interface ViewerHabits {
  layout: Layout;
  /** Windows chosen for a role, by the one that its series comes with: values of MR have no unit. */
  windows: Readonly<Partial<Record<ModelRole, RelativeWindow>>>;
  /** One window for the phases after contrast. */
  phasesTogether: boolean;
  /** Of the evidence map, 0–1. */
  mapOpacity: number;
  /** Cells of the evidence map with less than this share of its full colour are not drawn, 0–`MOST_THRESHOLD`. */
  mapThreshold: number;
}

/** At full colour nothing but the strongest cell would be left. */
export const MOST_THRESHOLD = 0.9;

/** Of whoever has chosen nothing yet, and of every picture that is kept. */
export const usualViewerHabits: ViewerHabits = {
  layout: '2x3',
  windows: {},
  phasesTogether: false,
  mapOpacity: 0.6,
  mapThreshold: 0,
};

/** How the images are looked at: no part of the case, and what somebody who comes back expects to find. */
export interface ViewerLook {
  panes: ReadonlyMap<ModelRole, PaneLook>;
  /** Patient position shown, mm LPS. */
  focus: Vec3 | undefined;
  active: ModelRole | undefined;
  enlarged: ModelRole | undefined;
  linked: boolean;
  /** Whole images are shown, whatever the size of the panes. */
  fitted: boolean;
  mapShown: boolean;
}

export interface ViewerProps {
  openId: string;
  panes: PaneSpec[];
  lesions: Lesion[];
  /** Marks that are no lesions. */
  marks?: readonly Mark[] | undefined;
  /** Series that were laid on the reference by hand. */
  shifts?: readonly SeriesShift[] | undefined;
  /** A series can be laid on the reference here. */
  moves?: boolean | undefined;
  /** The series that the others are laid on; undefined where there is none. */
  referenceId?: string | undefined;
  /** Of a lesion or a mark. */
  selectedId?: string | undefined;
  /** The evidence map and the crop it came from; absent before a prediction and after one is out of date. */
  map?: Prediction['map'] | undefined;
  sample?: Prediction['sample'] | undefined;
  hideIdentity: boolean;
  /** How it was looked at before; read once. */
  look?: ViewerLook | undefined;
  /** Of whoever reads; absent: six panes, every window as its series has it. */
  habits?: ViewerHabits | undefined;
  /** Lesions of another date, where they would lie now: drawn as outlines to measure against. */
  outlines?: readonly Lesion[] | undefined;
  /** Images to compare with: no toolbar, and nothing is drawn or changed on them. */
  companion?: boolean | undefined;
  /** Another viewer of the page holds what is drawn on the same images: here it is drawn with the tool in hand there, and told there. */
  mirror?: boolean | undefined;
  /** The keys are another viewer's at present. */
  deaf?: boolean | undefined;
  /** Every slice of the others is drawn where it crosses an image, not only that of the pane that was touched last. */
  allLines?: boolean | undefined;
  /** All panes show a millimetre as large, also those that are cut another way. */
  oneScale?: boolean | undefined;
  /** No prediction is made from these images: nothing of a map is offered. */
  mapless?: boolean | undefined;
  /** Other ways to see the study, that the page has: offered beside the layouts. */
  views?: readonly { id: string; name: string }[] | undefined;
  /** Panes in a row at most; 3 where it is not said. */
  columns?: number | undefined;
  /** Where the page has room for the toolbar; over the panes where it is not said. */
  toolbarTo?: HTMLElement | undefined;
}

export interface ViewerEmits {
  (event: 'lesion-drawn', lesion: DrawnLesion): void;
  (event: 'lesion-changed', lesion: Lesion): void;
  (event: 'mark-drawn', mark: DrawnMark): void;
  (event: 'mark-changed', mark: Mark): void;
  /** A lesion or a mark; undefined where nothing is selected any more. */
  (event: 'selected', id: string | undefined): void;
  /** A person takes a lesion or a mark away. */
  (event: 'removed', id: string): void;
  /** A person laid a series on the reference: by so much in all, mm LPS. */
  (event: 'series-shifted', seriesId: string, mm: Vec3): void;
  /** A person wants this picture to stay with the case. */
  (event: 'picture-kept', picture: PanePicture): void;
  /** A series was dropped on the pane of a role, to be seen there. */
  (event: 'series-dropped', role: ModelRole, seriesId: string): void;
  /** The pane of a role shows its series. */
  (event: 'pane-ready', role: ModelRole): void;
  /** Shows another patient position, mm LPS. */
  (event: 'position', position: Vec3): void;
  (event: 'map-shown', shown: boolean): void;
  /** Another way to see the study was chosen, by its id. */
  (event: 'view', id: string): void;
  (event: 'habits', habits: ViewerHabits): void;
  (event: 'error', error: unknown): void;
}

/** Exposed by ViewerGrid.vue with defineExpose. */
export interface ViewerCommands {
  /** The pane that was touched last. */
  activeRole(): ModelRole | undefined;
  /** Shows this patient position (mm LPS) in every pane. */
  goTo(position: Vec3): void;
  measure(): void;
  /** A lesion of these diameters (mm) around the position shown, on the active pane; undefined where that pane is not placed in the patient. */
  lesionAround(longMm: number, shortMm: number | undefined): DrawnLesion | undefined;
  toggleMap(): void;
  showMap(shown: boolean): void;
  resetView(): void;
  /** Every role's slice at this patient position (or where its pane is), with and without map; none of a slice that cannot be brought. */
  picturesAt(position: Vec3 | undefined): Promise<PanePicture[]>;
  look(): ViewerLook;
}
