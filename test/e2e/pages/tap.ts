import type { Page } from '@playwright/test';

/**
 * A short press. `keyboard.press` lets go only after the page has answered the key's going down, which on a busy machine
 * is long after: a key that blinks while it is held would be held.
 */
export const tap = async (page: Page, key: string): Promise<void> => {
  await Promise.all([page.keyboard.down(key), page.keyboard.up(key)]);
};
