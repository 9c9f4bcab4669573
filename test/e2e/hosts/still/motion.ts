/**
 * A script for a page, to be run before any of its own: nothing on it fades, turns or blinks. A sheet that is built, unlike one
 * that is written into the page, is nothing its content security policy forbids.
 */
export const HOLD_MOTION = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { animation: none !important; caret-color: transparent !important; transition: none !important; }');
  document.adoptedStyleSheets = [sheet];
`;
