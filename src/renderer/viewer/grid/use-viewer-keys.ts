/** Keys of the viewer, whatever has the focus; `use-keydown.ts` says which keys a control keeps for itself. */
import { onScopeDispose } from 'vue';
import { useKeydown } from '../../keys/use-keydown.ts';
import type { LeftTool } from '../viewer-context.ts';

export interface ViewerKeyActions {
  scroll(slices: number): void;
  /** False where the key scrolls as always. */
  moveCrosshair(key: string, isFar: boolean): boolean;
  toggleCine(): void;
  measure(): void;
  /** Takes a tool for the left button, or gives it back. */
  useTool(tool: LeftTool): void;
  /** Takes what is selected away. */
  remove(): void;
  keepImage(): void;
  toggleLinked(): void;
  toggleMap(): void;
  changeOpacity(by: number): void;
  enlarge(paneNumber: number): void;
  /** Leaves what is under way; false where there was nothing to leave. */
  escape(): boolean;
}

export interface UseViewerKeysOptions {
  target?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  /** Whether the keys are another viewer's at present. */
  deaf?: () => boolean;
}

/**
 * Held longer than this, `C` was meant to blink: letting go takes the map back to what it was. Counted from when the keys
 * moved (`timeStamp`), not from when the page came to hear of it: on a busy computer a tap would be a hold.
 */
const BLINK_MS = 300;

export const useViewerKeys = (actions: ViewerKeyActions, options: UseViewerKeysOptions = {}): void => {
  const { target = window, deaf = () => false } = options;
  let mapPressedAt: number | undefined;

  const keys: Record<string, () => unknown> = {
    ArrowUp: () => actions.scroll(-1),
    ArrowDown: () => actions.scroll(1),
    PageUp: () => actions.scroll(-5),
    PageDown: () => actions.scroll(5),
    ' ': () => actions.toggleCine(),
    m: () => actions.measure(),
    k: () => actions.keepImage(),
    x: () => actions.useTool('crosshair'),
    d: () => actions.useTool('length'),
    a: () => actions.useTool('angle'),
    e: () => actions.useTool('ellipse'),
    n: () => actions.useTool('arrow'),
    g: () => actions.useTool('magnifier'),
    Delete: actions.remove,
    Backspace: actions.remove,
    l: () => actions.toggleLinked(),
    '[': () => actions.changeOpacity(-0.1),
    ']': () => actions.changeOpacity(0.1),
  };

  const down = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || deaf()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'Escape') {
      if (actions.escape()) event.preventDefault();
      return;
    }
    if (key === 'c') {
      if (!event.repeat) {
        mapPressedAt = event.timeStamp;
        actions.toggleMap();
      }
      return;
    }
    if (actions.moveCrosshair(key, event.shiftKey)) {
      event.preventDefault();
      return;
    }
    const action = /^[1-6]$/.test(key) ? () => actions.enlarge(Number(key)) : keys[key];
    // Scrolling and opacity may repeat while held; a switch must not flicker.
    if (!action || (event.repeat && !/^(Arrow|Page|\[|\])/.test(key))) return;
    event.preventDefault();
    action();
  };

  const up = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'c' || mapPressedAt === undefined) return;
    const held = event.timeStamp - mapPressedAt;
    mapPressedAt = undefined;
    if (held > BLINK_MS) actions.toggleMap();
  };

  useKeydown(down, { target });
  target.addEventListener('keyup', up as EventListener);
  onScopeDispose(() => {
    target.removeEventListener('keyup', up as EventListener);
  });
};
