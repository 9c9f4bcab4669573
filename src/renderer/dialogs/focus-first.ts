/** Gives the focus to the field that a dialog, or a form that has just come up in one, is about. */
export const focusFirst = (within: HTMLElement | null): void =>
  within?.querySelector<HTMLElement>('[data-focus-first]')?.focus();
