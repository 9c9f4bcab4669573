import type { Page } from '@playwright/test';

/** Why screens are not compared, for whoever reads what a run left out (.ci/may-skip). */
export const OTHER_LETTERS = 'letters are this machine’s own';

/**
 * Whether the browser has the product's letters alone (fonts.conf): whatever family is asked for then answers with the same.
 * Only Linux lets a browser be told, and not one in a box of its own (a snap).
 */
export const lettersAreOurs = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('this browser measures no letters');
    const widths = ['serif', 'sans-serif', 'monospace'].map((family) => {
      context.font = `40px ${family}`;
      return context.measureText('WAVE iljt 0123').width;
    });
    return new Set(widths).size === 1;
  });
