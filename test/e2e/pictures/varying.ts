/** What every run shows anew, and why it cannot be held still: it is masked wherever it is on screen. */
import type { Page } from '@playwright/test';
import type { Rectangle } from '../../runtime/pictures/reduce.ts';

const CHANCE = 'drawn by chance';
const MACHINE = 'this machine: its versions, folders, ports and how fast it computed';

const VARYING: Record<string, string> = {
  '[data-testid="recovery-key"]': CHANCE,
  // New names and numbers of who is de-identified, and what comes after a name of another length.
  '[data-testid="diff"]': CHANCE,
  'header:has(> [data-testid="reading-alias"])': CHANCE,
  '[data-testid="locked-reading"]': CHANCE,
  '[data-testid="results-table"]': CHANCE,
  '[data-testid="reading-place"]': CHANCE,
  '[data-testid="audit"] .id': CHANCE,
  '[data-testid="report-foot"]': CHANCE,
  '[data-testid="findings"] td': MACHINE,
  '[data-testid="bundle-text"]': MACHINE,
  '[data-testid="provider-figures"]': MACHINE,
  '[data-testid="pacs-url"]': MACHINE,
  '[data-testid="pacs-ca"]': MACHINE,
  '[data-testid="pacs-port"]': MACHINE,
  'p:has(> [data-testid="model-card-link"])': MACHINE,
  'dialog footer > .state': MACHINE,
};

/** Pixels from the upper left of the window. */
export const varying = (page: Page): Promise<Rectangle[]> =>
  page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x, y, width, height };
      }),
    Object.keys(VARYING).join(', '),
  );
