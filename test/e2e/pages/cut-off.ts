/** Words that their field is too short for. */
import type { Locator } from '@playwright/test';

/** By how many pixels what is chosen is longer than its field; 0 where it can be read. */
export const cutOff = (choice: Locator): Promise<number> =>
  choice.evaluate((field: HTMLSelectElement) => {
    const words = document.createElement('span');
    Object.assign(words.style, { font: getComputedStyle(field).font, position: 'absolute', whiteSpace: 'nowrap' });
    words.textContent = field.selectedOptions[0]?.text ?? '';
    document.body.append(words);
    const { width } = words.getBoundingClientRect();
    words.remove();
    return Math.max(0, Math.ceil(width - field.clientWidth));
  });
