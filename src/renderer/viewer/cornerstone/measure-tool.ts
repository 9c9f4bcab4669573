/** The bidirectional tool of RECIST on the panes whose stack is placed in the patient; others are never added to it. */
import { BidirectionalTool, cancelActiveManipulations, Enums, ToolGroupManager } from '@cornerstonejs/tools';

/** `draw` starts a lesion with the left button, `edit` moves handles of the present ones, `show` leaves them alone. */
export type MeasureMode = 'draw' | 'edit' | 'show';

export interface MeasureTool {
  add(viewportId: string, engineId: string): void;
  remove(viewportId: string, engineId: string): void;
  setMode(mode: MeasureMode): void;
  /** Stops a drawing under way in this element; true if there was one. */
  cancel(element: HTMLDivElement): boolean;
  dispose(): void;
}

let groups = 0;

export const createMeasureTool = (): MeasureTool => {
  const groupId = `haicast-measure-${++groups}`;
  const name = BidirectionalTool.toolName;
  const group = ToolGroupManager.createToolGroup(groupId);
  if (!group) throw new Error('the measuring tool could not be set up');
  group.addTool(name, { getTextLines: () => [] });
  const onPrimary = { bindings: [{ mouseButton: Enums.MouseBindings.Primary }] };
  let mode: MeasureMode = 'edit';

  const apply = (): void => {
    if (mode === 'draw') group.setToolActive(name, onPrimary);
    else if (mode === 'edit') group.setToolPassive(name, { removeAllBindings: true });
    else group.setToolEnabled(name);
  };
  apply();

  return {
    add(viewportId, engineId) {
      group.addViewport(viewportId, engineId);
    },
    remove(viewportId, engineId) {
      group.removeViewports(engineId, viewportId);
    },
    setMode(next) {
      mode = next;
      apply();
    },
    cancel: (element) => cancelActiveManipulations(element) !== undefined,
    dispose() {
      ToolGroupManager.destroyToolGroup(groupId);
    },
  };
};
