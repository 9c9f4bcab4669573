/** Starts Cornerstone3D once: image loader, the tools, and how annotations look. */
import { getConfiguration, init as initCore } from '@cornerstonejs/core';
import { addTool, annotation, init as initTools } from '@cornerstonejs/tools';
import { PANE_COLOURS } from '../paint/pane-colours.ts';
import { registerImageLoader } from './image-loader.ts';
import { DRAWING_TOOLS } from './measure-tool.ts';

let started = false;

/** A style that the library reads and its types leave out: else a length has an empty box, and a line that leads to it. */
const noTextBox = { textBoxVisibility: false };

/** Lines only: the labels are drawn on our own canvas, because the tool's carry inline style, which the page forbids. */
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
      ...noTextBox,
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
  for (const tool of DRAWING_TOOLS) addTool(tool);
  registerImageLoader();
  setStyle();
};
