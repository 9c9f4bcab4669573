import { paneFont } from './pane-colours.ts';

/**
 * Resolves once what is written on a canvas is written in the product's own letters, or in others for good: a canvas keeps
 * those that were at hand when it was drawn.
 */
export const paneLetters = async (): Promise<void> => {
  await document.fonts.load(paneFont(1)).catch(() => []);
};
