/** What the panes of one viewer share, and what each pane lets the others do with it. */
import type { RenderingEngine } from '@cornerstonejs/core';
import { type ComputedRef, type InjectionKey, inject, type Ref, type ShallowRef } from 'vue';
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { type DrawnMark, type Mark, markTools } from '#shared/study/mark.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { Wording } from '../locales/said.ts';
import type { PaneLook, PanePicture, ViewerHabits, ViewerProps } from './contract.ts';
import type { DrawingTurns } from './cornerstone/drawing-turns.ts';
import type { SeriesImages } from './cornerstone/volume-store.ts';
import type { RelativeWindow, WindowPreset } from './paint/window-level.ts';
import type { DrawnLesion } from './space/annotations.ts';
import type { View } from './space/common-view.ts';
import type { LinkDecision } from './space/linking.ts';

/** What a drag with the left button does. `window` is there before anything was chosen: a click picks, a press on a line moves it. */
export const leftTools = ['window', 'crosshair', 'measure', ...markTools, 'eraser', 'magnifier', 'move'] as const;
export type LeftTool = (typeof leftTools)[number];

/** Nothing is drawn on images to compare with, and marks only where the page keeps them. */
export const offersTool = (
  { companion, marks, moves }: Pick<ViewerProps, 'companion' | 'marks' | 'moves'>,
  tool: LeftTool,
): boolean => {
  if (tool === 'window' || tool === 'crosshair') return true;
  if (companion) return false;
  if (tool === 'move') return moves === true;
  return tool === 'magnifier' || tool === 'measure' || marks !== undefined;
};

/** What the viewer reports to the page. */
export interface ViewerListeners {
  drawn(lesion: DrawnLesion): void;
  changed(lesion: Lesion): void;
  markDrawn(mark: DrawnMark): void;
  markChanged(mark: Mark): void;
  selected(id: string | undefined): void;
  removed(id: string): void;
  failed(error: unknown): void;
  dropped(role: ModelRole, seriesId: string): void;
  shifted(seriesId: string, mm: Vec3): void;
  kept(picture: PanePicture): void;
  ready(role: ModelRole): void;
  moved(position: Vec3): void;
  habits(habits: ViewerHabits): void;
}

export interface PointedAt {
  role: ModelRole;
  /** mm LPS. */
  position: Vec3;
}

export interface PaneHandle {
  readonly role: ModelRole;
  readonly seriesId: string;
  readonly volume: SeriesImages;
  /** Where its file says that it lies: what is drawn on it is kept there. */
  readonly recorded: StackGeometry | undefined;
  /** Where it lies in the reference, moved by hand or not. Undefined where the stack is not placed in the patient. */
  readonly geometry: StackGeometry | undefined;
  readonly thicknessMm: number | undefined;
  readonly viewportId: string;
  readonly element: HTMLDivElement;
  slice(): number;
  /** `follows`: another pane is what the hand is on. */
  show(slice: number, follows?: boolean): void;
  redraw(): void;
  /** What was asked for while the pane was hidden is drawn. */
  catchUp(): void;
  fit(): void;
  view(): View;
  setView(view: View): void;
  setPreset(preset: WindowPreset): void;
  /** The series is here to be looked at, and not because it plays the role. */
  isViewing(): boolean;
  setRelativeWindow(window: RelativeWindow): void;
  /** Brings a slice, if it is not there: pictures are made of what is. Rejects where it cannot be brought. */
  bring(slice: number): Promise<void>;
  /** Of a slice that is there, or of the one that is shown; undefined where it is still on its way. */
  picture(slice: number | undefined, withMap: boolean): PanePicture | undefined;
  look(): PaneLook;
}

export interface ViewerContext {
  readonly engine: RenderingEngine;
  readonly turns: DrawingTurns;
  readonly props: Readonly<ViewerProps>;
  /** Position shown, mm LPS; undefined until the first placed stack is there. */
  readonly focus: Readonly<ShallowRef<Vec3 | undefined>>;
  readonly tool: Ref<LeftTool>;
  readonly linked: Ref<boolean>;
  readonly mapShown: Ref<boolean>;
  readonly mapOpacity: Ref<number>;
  /** Cells with less than this share of full colour are not drawn. */
  readonly mapThreshold: Ref<number>;
  /** What the mouse is over. */
  readonly pointed: Readonly<ShallowRef<PointedAt | undefined>>;
  /** Present while the crosshair is wanted. */
  readonly crosshair: ComputedRef<Vec3 | undefined>;
  readonly active: Ref<ModelRole | undefined>;
  readonly enlarged: Ref<ModelRole | undefined>;
  /** The page's lesions where they lie in the reference, with the one that is being dragged as it is now. */
  readonly lesions: ComputedRef<readonly Lesion[]>;
  readonly marks: ComputedRef<readonly Mark[]>;
  /** Every cell, for pictures that are kept: opacity and threshold are a way of looking. */
  readonly mapPicture: ComputedRef<HTMLCanvasElement | undefined>;
  /** Without the cells below the threshold. */
  readonly seenMapPicture: ComputedRef<HTMLCanvasElement | undefined>;
  linkOf(role: ModelRole): LinkDecision;
  /** How far a series is moved by hand now, mm LPS. */
  shiftOf(seriesId: string): Vec3;
  /** The series of a pane was moved: it shows its slice at the position shown. */
  seriesMoved(role: ModelRole): void;
  /** Moves the series of a pane under the pointer, by so much in the patient; `dropMoved` keeps it. */
  dragSeries(role: ModelRole, by: Vec3): void;
  dropMoved(): void;
  /** Where slices of other panes cross the one of this pane, mm LPS. */
  linesOn(role: ModelRole): [Vec3, Vec3][];
  /** False where the position shown lies outside this pane's stack. */
  isCovered(role: ModelRole): boolean;
  /** The slice that a series is going to be shown at, as far as is known before it is there. */
  expected(role: ModelRole, geometry: StackGeometry | undefined): number | undefined;
  /** How a series was looked at in a pane before; told once. */
  recall(role: ModelRole, seriesId: string): PaneLook | undefined;
  /** `isRecalled`: it shows its own slice already. */
  join(handle: PaneHandle, isRecalled: boolean): void;
  leave(role: ModelRole): void;
  /** The user zoomed or panned this pane. */
  viewMoved(role: ModelRole): void;
  scrollTo(role: ModelRole, slice: number): void;
  scrollBy(role: ModelRole, slices: number): void;
  /** Brings every stack of the common frame to a patient position. */
  goTo(position: Vec3): void;
  /** By a key on the active pane, one step or ten, what the tool in hand moves: the crosshair or the series; false where it moves nothing. */
  moveByKey(key: string, isFar: boolean): boolean;
  setShift(held: boolean): void;
  /** The mouse is over this patient position (mm LPS) of a pane, or over none. */
  pointAt(pointed: PointedAt | undefined): void;
  select(id: string | undefined): void;
  remove(id: string): void;
  /** The mouse is pressed in this pane. */
  press(role: ModelRole): void;
  /** Something drawn that a press at this point takes hold of: a mark by its id, a lesion without. */
  hold(role: ModelRole, point: readonly [number, number]): { markId: string | undefined } | undefined;
  toggleEnlarged(role: ModelRole): void;
  /** How a reader likes the window of a role; undefined: as its series has it. */
  windowFor(role: ModelRole): RelativeWindow | undefined;
  /** A hand is on the window: panes that share it follow, and nothing is kept yet. */
  windowDragged(role: ModelRole, window: RelativeWindow): void;
  /** Somebody chose a window by hand. */
  windowChosen(role: ModelRole, window: RelativeWindow): void;
  dropSeries(role: ModelRole, seriesId: string): void;
  refuseMeasuring(role: ModelRole, reason: Wording): void;
  fail(error: unknown): void;
}

export const viewerKey: InjectionKey<ViewerContext> = Symbol('viewer');

export const useViewer = (): ViewerContext => {
  const context = inject(viewerKey);
  if (!context) throw new Error('a pane was used outside a ViewerGrid');
  return context;
};
