/** Binds the viewer's keys to its state. */
import { offersTool } from '../viewer-context.ts';
import type { ViewerGridState } from './use-viewer-grid.ts';
import { useViewerKeys, type ViewerKeyActions } from './use-viewer-keys.ts';

export const useGridKeys = (grid: ViewerGridState, deaf: () => boolean): void => {
  const { viewer, cine } = grid;

  /** The nearest thing under way is left first: a drawing, the film, the tool, the enlarged image. */
  const leave = (): boolean => {
    if (grid.cancelDrawing()) return true;
    if (cine.playing.value) {
      cine.stop();
      return true;
    }
    if (viewer.tool.value !== 'window') {
      viewer.tool.value = 'window';
      return true;
    }
    if (!viewer.enlarged.value) return false;
    viewer.enlarged.value = undefined;
    return true;
  };

  const actions: ViewerKeyActions = {
    scroll(slices) {
      if (viewer.active.value) viewer.scrollBy(viewer.active.value, slices);
    },
    moveByKey: viewer.moveByKey,
    toggleCine: cine.toggle,
    measure: grid.measure,
    keepImage: grid.keepImage,
    useTool(tool) {
      if (offersTool(viewer.props, tool)) viewer.tool.value = viewer.tool.value === tool ? 'window' : tool;
    },
    remove() {
      if (viewer.props.selectedId && !viewer.props.companion) viewer.remove(viewer.props.selectedId);
    },
    toggleLinked: grid.toggleLinked,
    toggleMap: grid.toggleMap,
    changeOpacity(by) {
      viewer.mapOpacity.value += by;
    },
    changeThreshold(by) {
      viewer.mapThreshold.value += by;
    },
    enlarge(paneNumber) {
      const role = viewer.props.panes[paneNumber - 1]?.role;
      if (role) viewer.toggleEnlarged(role);
    },
    escape: leave,
  };
  useViewerKeys(actions, { deaf });
};
