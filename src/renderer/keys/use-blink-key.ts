/** A key that switches something when it is tapped and, held, only for as long as it is held. */
import { onScopeDispose } from 'vue';
import { useKeydown } from './use-keydown.ts';

export interface UseBlinkKeyOptions {
  target?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  /** Whether the key is somebody else's at present. */
  deaf?: () => boolean;
}

/**
 * Held longer than this, the key was meant to blink: letting go takes back what it did. Counted from when the key moved
 * (`timeStamp`), not from when the page came to hear of it: on a busy computer a tap would be a hold.
 */
const BLINK_MS = 300;

/** @param key in lower case */
export const useBlinkKey = (key: string, toggle: () => void, options: UseBlinkKeyOptions = {}): void => {
  const { target = window, deaf = () => false } = options;
  let pressedAt: number | undefined;

  const release = ({ timeStamp }: Event): void => {
    if (pressedAt === undefined) return;
    const held = timeStamp - pressedAt;
    pressedAt = undefined;
    if (held > BLINK_MS) toggle();
  };
  const up = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === key) release(event);
  };

  useKeydown(
    (event) => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.repeat || deaf()) return;
      pressedAt = event.timeStamp;
      toggle();
    },
    { target },
  );
  target.addEventListener('keyup', up as EventListener);
  // A window that is left while the key is down never hears of its release.
  target.addEventListener('blur', release);
  onScopeDispose(() => {
    target.removeEventListener('keyup', up as EventListener);
    target.removeEventListener('blur', release);
  });
};
