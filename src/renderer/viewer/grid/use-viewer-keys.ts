/** Keys of the viewer, whatever has the focus; `use-keydown.ts` says which keys a control keeps for itself. */
import { useBlinkKey } from '../../keys/use-blink-key.ts';
import { useKeydown } from '../../keys/use-keydown.ts';
import type { LeftTool } from '../viewer-context.ts';

export interface ViewerKeyActions {
  scroll(slices: number): void;
  /** False where the key scrolls as always. */
  moveByKey(key: string, isFar: boolean): boolean;
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
  changeThreshold(by: number): void;
  enlarge(paneNumber: number): void;
  /** Leaves what is under way; false where there was nothing to leave. */
  escape(): boolean;
}

export interface UseViewerKeysOptions {
  target?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  /** Whether the keys are another viewer's at present. */
  deaf?: () => boolean;
}

export const useViewerKeys = (actions: ViewerKeyActions, options: UseViewerKeysOptions = {}): void => {
  const { target = window, deaf = () => false } = options;

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
    v: () => actions.useTool('move'),
    Delete: actions.remove,
    Backspace: actions.remove,
    l: () => actions.toggleLinked(),
    '[': () => actions.changeOpacity(-0.1),
    ']': () => actions.changeOpacity(0.1),
    ',': () => actions.changeThreshold(-0.05),
    '.': () => actions.changeThreshold(0.05),
  };

  const down = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || deaf()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'Escape') {
      if (actions.escape()) event.preventDefault();
      return;
    }
    if (actions.moveByKey(key, event.shiftKey)) {
      event.preventDefault();
      return;
    }
    const action = /^[1-6]$/.test(key) ? () => actions.enlarge(Number(key)) : keys[key];
    // Scrolling and what the sliders do may repeat while held; a switch must not flicker.
    if (!action || (event.repeat && !/^(Arrow|Page|[[\],.])/.test(key))) return;
    event.preventDefault();
    action();
  };

  useKeydown(down, { target });
  useBlinkKey('c', actions.toggleMap, { target, deaf });
};
