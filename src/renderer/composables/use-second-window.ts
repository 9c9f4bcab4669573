/**
 * A window of this page's own on another screen. It has no application, no address and no draft: this page draws into it, so
 * that it is a view of the same case and of no other, and is gone with this page.
 */
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import { AppError } from '#shared/errors.ts';
import { SECOND_WINDOW } from '#shared/second-window.ts';
import { keepsKey } from '../keys/use-keydown.ts';

/** What tells that somebody is here: heard by whatever locks this page when nobody is. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'wheel'] as const;

export interface SecondWindow {
  /** Where to draw; undefined while there is no window. */
  body: Readonly<ShallowRef<HTMLElement | undefined>>;
  /** Opens it, or closes it. Throws `window-blocked` where the browser lets none be opened. */
  toggle(): Promise<void>;
  close(): void;
}

/** The styles of this page, there before anything is drawn with them. */
const takeStyles = (from: Document, to: Document): Promise<unknown> =>
  Promise.all(
    [...from.head.querySelectorAll('link[rel="stylesheet"], style')].map((sheet) => {
      const copy = to.importNode(sheet, true);
      // An address that is relative to this page is relative to nothing there.
      if (sheet instanceof HTMLLinkElement) copy.setAttribute('href', sheet.href);
      const loaded = new Promise((resolve) => {
        copy.addEventListener('load', resolve);
        copy.addEventListener('error', resolve);
      });
      to.head.append(copy);
      return sheet instanceof HTMLLinkElement ? loaded : undefined;
    }),
  );

/** Language, theme and size of the text are the page's, now and when they are changed. Answers how to leave off. */
const dressLike = (from: HTMLElement, to: HTMLElement): (() => void) => {
  const dress = (): void => {
    for (const { name, value } of from.attributes)
      if (name === 'lang' || name === 'style' || name.startsWith('data-')) to.setAttribute(name, value);
  };
  dress();
  const changes = new MutationObserver(dress);
  changes.observe(from, { attributes: true });
  return () => changes.disconnect();
};

/** Keys are the page's, whichever of its windows they are pressed in, unless what has the focus there needs them. */
const passKeyOn = (event: KeyboardEvent): void => {
  if (event.target instanceof Element && keepsKey(event.target, event)) return;
  const { type, key, code, ctrlKey, metaKey, shiftKey, altKey, repeat } = event;
  const same = { key, code, ctrlKey, metaKey, shiftKey, altKey, repeat, cancelable: true };
  const passed = new KeyboardEvent(type, same);
  // When the key moved, by this page's clock: counted from now, a tap would be a hold on a busy computer.
  const begun = event.view?.performance.timeOrigin ?? performance.timeOrigin;
  Object.defineProperty(passed, 'timeStamp', { value: event.timeStamp + begun - performance.timeOrigin });
  if (!window.dispatchEvent(passed)) event.preventDefault();
};
/** A hand that draws is the page's, too: the library that draws listens to the page's own document while a button is down. */
const passHandOn = (event: MouseEvent): void => {
  const { type, clientX, clientY, screenX, screenY, button, buttons, ctrlKey, metaKey, shiftKey, altKey } = event;
  const same = { clientX, clientY, screenX, screenY, button, buttons, ctrlKey, metaKey, shiftKey, altKey };
  document.dispatchEvent(new MouseEvent(type, { ...same, bubbles: true, cancelable: true }));
};
const tellOfLife = (): void => {
  window.dispatchEvent(new Event('pointermove'));
};

export const useSecondWindow = (): SecondWindow => {
  const body = shallowRef<HTMLElement>();
  let opened: Window | null = null;
  let leaveOff = (): void => undefined;

  const gone = (): void => {
    leaveOff();
    body.value = undefined;
    opened = null;
  };
  const close = (): void => {
    const other = opened;
    // What is drawn there is taken away while there is something to take it from.
    gone();
    other?.close();
  };

  const open = async (): Promise<void> => {
    const other = window.open('about:blank', SECOND_WINDOW, 'popup,width=1280,height=900');
    if (!other)
      throw new AppError(
        'window-blocked',
        'The browser did not let a second window be opened. Allow pop-up windows for this page, then try again.',
      );
    opened = other;
    const { document: there } = other;
    // A fixed title: no patient's name reaches the task bar.
    there.title = 'haicast';
    leaveOff = dressLike(document.documentElement, there.documentElement);
    await takeStyles(document, there);
    if (opened !== other) return;
    there.addEventListener('keydown', passKeyOn);
    there.addEventListener('keyup', passKeyOn);
    there.addEventListener('mousemove', passHandOn);
    there.addEventListener('mouseup', passHandOn);
    for (const sign of SIGNS_OF_LIFE) there.addEventListener(sign, tellOfLife, { capture: true, passive: true });
    other.addEventListener('pagehide', gone);
    body.value = there.body;
  };

  window.addEventListener('pagehide', close);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', close);
    close();
  });

  return { body, close, toggle: async () => (opened && !opened.closed ? close() : open()) };
};
