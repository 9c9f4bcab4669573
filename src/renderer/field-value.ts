/** What a field says, read from an event of its own. */

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;

/** The text of a field, or the value chosen from a list; empty where the event is of neither. */
export const valueIn = ({ target }: Event): string => (isField(target) ? target.value : '');

/** Whether a box is ticked. */
export const isTicked = ({ target }: Event): boolean => target instanceof HTMLInputElement && target.checked;
