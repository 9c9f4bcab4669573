/**
 * Cornerstone's drawing tools and its magnifier on the panes of one viewer whose stack is placed in the patient; others are
 * never added to them.
 */
import {
  AngleTool,
  ArrowAnnotateTool,
  BidirectionalTool,
  cancelActiveManipulations,
  EllipticalROITool,
  Enums,
  LengthTool,
  MagnifyTool,
  ToolGroupManager,
  utilities,
} from '@cornerstonejs/tools';

/** What is drawn with the left button: by the name of the tool. `edit` moves handles of what is there, `show` leaves them alone. */
export type MeasureMode = { draw: string } | 'edit' | 'show';

export interface MeasureTool {
  add(viewportId: string, engineId: string): void;
  remove(viewportId: string, engineId: string): void;
  setMode(mode: MeasureMode): void;
  /** Stops a drawing under way in this element; true if there was one. */
  cancel(element: HTMLDivElement): boolean;
  /** UID of what is drawn within reach of a point of the pane: what a press there would take hold of. */
  near(element: HTMLDivElement, point: readonly [number, number]): string | undefined;
  dispose(): void;
}

const DRAWING = [BidirectionalTool, LengthTool, AngleTool, EllipticalROITool, ArrowAnnotateTool];
export const DRAWING_TOOLS = [...DRAWING, MagnifyTool];

const noText = { getTextLines: () => [] };
/** The tool asks for a text in a box of the browser; what is written beside an arrow is written in the list of marks. */
const unasked = {
  getTextCallback: (done: (text: string) => void) => done('→'),
  changeTextCallback: () => undefined,
};
const configurationOf = (name: string): object => {
  if (name === ArrowAnnotateTool.toolName) return unasked;
  return name === MagnifyTool.toolName ? { magnifySize: 3, magnifyWidth: 220, magnifyHeight: 220 } : noText;
};

/** Pixels within which Cornerstone takes hold of something. */
const REACH = 6;

let groups = 0;

export const createMeasureTool = (): MeasureTool => {
  const groupId = `haicast-measure-${++groups}`;
  const group = ToolGroupManager.createToolGroup(groupId);
  if (!group) throw new Error('the measuring tools could not be set up');
  for (const { toolName } of DRAWING_TOOLS) group.addTool(toolName, configurationOf(toolName));
  const onPrimary = { bindings: [{ mouseButton: Enums.MouseBindings.Primary }] };

  const setMode = (mode: MeasureMode): void => {
    for (const { toolName } of DRAWING_TOOLS) {
      if (mode === 'show') group.setToolEnabled(toolName);
      else group.setToolPassive(toolName, { removeAllBindings: true });
    }
    if (typeof mode === 'object') group.setToolActive(mode.draw, onPrimary);
  };
  setMode('edit');

  return {
    add(viewportId, engineId) {
      group.addViewport(viewportId, engineId);
    },
    remove(viewportId, engineId) {
      group.removeViewports(engineId, viewportId);
    },
    setMode,
    cancel: (element) => cancelActiveManipulations(element) !== undefined,
    near: (element, [x, y]) => utilities.getAnnotationNearPoint(element, [x, y], REACH)?.annotationUID,
    dispose() {
      ToolGroupManager.destroyToolGroup(groupId);
    },
  };
};
