/** What the panes of one viewer share, and what each pane lets the others do with it. */
import type { RenderingEngine } from '@cornerstonejs/core';
import { type ComputedRef, type InjectionKey, inject, type Ref, type ShallowRef } from 'vue';
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { PaneLook, PanePicture, ViewerProps } from './contract.ts';
import type { LoadedVolume } from './cornerstone/volume-store.ts';
import type { WindowPreset } from './paint/window-level.ts';
import type { DrawnLesion } from './space/annotations.ts';
import type { View } from './space/common-view.ts';
import type { LinkDecision } from './space/linking.ts';

/** What the left button does. `select` picks and edits lesions. */
export type LeftTool = 'select' | 'window' | 'crosshair' | 'measure';

/** What the viewer reports to the page. */
export interface ViewerListeners {
  drawn(lesion: DrawnLesion): void;
  changed(lesion: Lesion): void;
  selected(id: string | undefined): void;
  failed(error: unknown): void;
  dropped(role: ModelRole, seriesId: string): void;
  kept(picture: PanePicture): void;
  ready(role: ModelRole): void;
  moved(position: Vec3): void;
}

export interface PaneHandle {
  readonly role: ModelRole;
  readonly seriesId: string;
  readonly volume: LoadedVolume;
  /** Undefined where the stack is not placed in the patient. */
  readonly geometry: StackGeometry | undefined;
  readonly thicknessMm: number | undefined;
  readonly viewportId: string;
  readonly element: HTMLDivElement;
  slice(): number;
  show(slice: number): void;
  redraw(): void;
  fit(): void;
  view(): View;
  setView(view: View): void;
  setPreset(preset: WindowPreset): void;
  /** Of a slice, or of the one that is shown. */
  picture(slice: number | undefined, withMap: boolean): PanePicture;
  look(): PaneLook;
}

export interface ViewerContext {
  readonly engine: RenderingEngine;
  readonly props: Readonly<ViewerProps>;
  /** Position shown, mm LPS; undefined until the first placed stack is there. */
  readonly focus: Readonly<ShallowRef<Vec3 | undefined>>;
  readonly tool: Ref<LeftTool>;
  readonly linked: Ref<boolean>;
  readonly mapShown: Ref<boolean>;
  readonly mapOpacity: Ref<number>;
  /** Present while the crosshair is wanted. */
  readonly crosshair: ComputedRef<Vec3 | undefined>;
  readonly active: Ref<ModelRole | undefined>;
  readonly enlarged: Ref<ModelRole | undefined>;
  /** The page's lesions, with the one that is being dragged as it is now. */
  readonly lesions: ComputedRef<readonly Lesion[]>;
  readonly mapPicture: ComputedRef<HTMLCanvasElement | undefined>;
  linkOf(role: ModelRole): LinkDecision;
  /** False where the position shown lies outside this pane's stack. */
  isCovered(role: ModelRole): boolean;
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
  setShift(held: boolean): void;
  selectLesion(id: string | undefined): void;
  toggleEnlarged(role: ModelRole): void;
  dropSeries(role: ModelRole, seriesId: string): void;
  refuseMeasuring(role: ModelRole, reason: string): void;
  fail(error: unknown): void;
}

export const viewerKey: InjectionKey<ViewerContext> = Symbol('viewer');

export const useViewer = (): ViewerContext => {
  const context = inject(viewerKey);
  if (!context) throw new Error('a pane was used outside a ViewerGrid');
  return context;
};
