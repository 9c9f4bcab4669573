/** Colours drawn on a canvas. Panes are black in both themes, so they are those of the dark one (tokens.css). */
export const PANE_COLOURS = {
  accent: '#35c2b0',
  text: '#e7ecf1',
  muted: '#9aa6b4',
  /** A lesion that is not selected: above muted, below text. */
  line: '#c6d0da',
  warning: '#f4d35e',
  shade: 'rgba(0, 0, 0, 0.6)',
} as const;

const FAMILY = '"Inter Variable", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';

/** Pixels of one rem: a canvas does not follow the size of the text by itself. */
export const remPixels = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

export const paneFont = (rem: number): string => `${0.71875 * rem}px ${FAMILY}`;
