/** Starts Cornerstone3D once: image loader, the one drawing tool, and how its annotations look. */
import { getConfiguration, init as initCore } from '@cornerstonejs/core';
import { addTool, annotation, BidirectionalTool, init as initTools } from '@cornerstonejs/tools';
import { registerImageLoader } from './image-loader.ts';
import { PANE_COLOURS } from './pane-colours.ts';

let started = false;

const setStyle = (): void => {
  const style = annotation.config.style;
  const { accent, text, line } = PANE_COLOURS;
  style.setDefaultToolStyles({
    ...style.getDefaultToolStyles(),
    global: {
      ...style.getDefaultToolStyles().global,
      color: line,
      colorHighlighted: text,
      colorSelected: accent,
      lineWidth: '1.5',
      shadow: true,
      textBoxFontFamily: 'Inter Variable, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif',
      textBoxFontSize: '11.5px',
      textBoxColor: text,
      textBoxColorHighlighted: text,
      textBoxColorSelected: accent,
      textBoxBackground: PANE_COLOURS.shade,
      textBoxBorderRadius: 3,
      textBoxMargin: 2,
      textBoxLinkLineWidth: '0.75',
    },
  });
};

/**
 * Safe to call again. One WebGL context draws all panes in turn: browsers allow a page about sixteen, and a context for
 * each pane costs memory and start-up without drawing any faster.
 */
export const startCornerstone = (): void => {
  if (started) return;
  started = true;
  const configuration = getConfiguration();
  initCore({ ...configuration, rendering: { ...configuration.rendering, webGlContextCount: 1 } });
  initTools();
  addTool(BidirectionalTool);
  registerImageLoader();
  setStyle();
};
