/** What is noted in a measured page, from a person's click on: when each pane was drawn first, and when nothing was missing. */

export interface Noted {
  /** From the click, ms, in their order. */
  drawn: number[];
  completeMs: number;
}

/**
 * Cornerstone tells every drawing at the element of its pane. `complete`, an expression, says whether every slice of every
 * series is in the page; it is asked in each frame once all panes are drawn. The click that counts is the last one before
 * anything is drawn: to the page a trial of Playwright's is a trusted click as well, which nobody else gets to see.
 */
export const watcher = (panes: number, complete: string): string => `(() => {
  const seen = new Set();
  const drawn = [];
  let clickedAt;
  addEventListener('click', (event) => { if (event.isTrusted && !seen.size) clickedAt = event.timeStamp; }, { capture: true });
  const look = () => {
    if (${complete}) globalThis.noted = { drawn, completeMs: performance.now() - clickedAt };
    else requestAnimationFrame(look);
  };
  addEventListener('CORNERSTONE_IMAGE_RENDERED', ({ target }) => {
    // What is drawn to be ready, on an element that nobody sees, is no pane.
    if (clickedAt === undefined || seen.has(target) || target.ariaHidden === 'true') return;
    seen.add(target);
    requestAnimationFrame(() => {
      drawn.push(performance.now() - clickedAt);
      if (drawn.length === ${panes}) look();
    });
  }, { capture: true });
})()`;
