/** The one place that decides whether a key is the window's, or belongs to what has the focus. */
import { onScopeDispose } from 'vue';

/** Where characters are entered, every key is the field's, its own undo included. */
const TEXT_ENTRY = [
  'textarea',
  '[contenteditable=""]',
  '[contenteditable="true"]',
  'input:not([type="radio"], [type="checkbox"], [type="range"], [type="button"], [type="submit"], [type="reset"], [type="file"], [type="color"])',
].join(', ');

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const STEPS = [...ARROWS, 'PageUp', 'PageDown', 'Home', 'End'];

/** What other controls need to be worked by keyboard; whatever they do not need acts as if they had no focus. */
const NEEDED: readonly (readonly [selector: string, keys: readonly string[]])[] = [
  ['button, summary, [role="button"], [role="tab"]', [' ', 'Enter']],
  ['a[href]', ['Enter']],
  ['input[type="checkbox"]', [' ']],
  ['input[type="radio"]', [' ', ...ARROWS]],
  ['input[type="range"], [role="slider"], [role="tablist"]', [...STEPS, 'Enter']],
  ['select, [role="listbox"], [role="menu"]', [' ', 'Enter', 'Escape', ...STEPS]],
];
const DIALOG = 'dialog, [role="dialog"]';

/** The part of an element that is asked; a test brings its own. */
type Focus = Pick<Element, 'closest'>;

/** Does what has the focus keep this key for itself? A control key's combination is kept by text entry alone. */
export const keepsKey = (
  focus: Focus,
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
): boolean => {
  const combined = ctrlKey || metaKey;
  // Save and open are nobody else's; undo, redo and the clipboard inside a text field are that field's.
  if (focus.closest(TEXT_ENTRY)) return !combined || /^[acvxyz]$/i.test(key);
  if (combined) return false;
  return NEEDED.some(([selector, keys]) => keys.includes(key) && focus.closest(selector) !== null);
};

export interface UseKeydownOptions {
  target?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}

/**
 * Hears keys of the whole window that are nobody's: not of a text entry or another control that needs them, not of an input
 * method in the midst of a word, not already acted on. Over a dialog only combinations with a control key are heard.
 */
export const useKeydown = (act: (event: KeyboardEvent) => void, { target = window }: UseKeydownOptions = {}): void => {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const plain = !(event.ctrlKey || event.metaKey);
    if (plain && document.querySelector('dialog[open]')) return;
    if (event.target instanceof Element) {
      if (plain && event.target.closest(DIALOG)) return;
      if (keepsKey(event.target, event)) return;
    }
    act(event);
  };
  target.addEventListener('keydown', listener as EventListener);
  onScopeDispose(() => target.removeEventListener('keydown', listener as EventListener));
};
