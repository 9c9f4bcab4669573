/** Where viewers of the same images find what is drawn on them: one holds it, the others draw with it. */
import { type InjectionKey, inject, onScopeDispose, provide, type ShallowRef, shallowRef } from 'vue';
import type { Drawing } from './use-drawing.ts';

const sharedDrawing: InjectionKey<ShallowRef<Drawing | undefined>> = Symbol('shared drawing');

/** By the page, for the viewers in it. */
export const shareDrawing = (): void => provide(sharedDrawing, shallowRef());

/** What another viewer of the page holds. */
export const drawingOfAnother = (): Drawing | undefined => inject(sharedDrawing, undefined)?.value;

/** Others may draw with it as long as this viewer is there. */
export const offerDrawing = (drawing: Drawing): void => {
  const shared = inject(sharedDrawing, undefined);
  if (!shared) return;
  shared.value = drawing;
  onScopeDispose(() => {
    if (shared.value === drawing) shared.value = undefined;
  });
};
