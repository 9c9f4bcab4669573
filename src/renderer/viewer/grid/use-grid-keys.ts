/** Binds the viewer's keys to its state. */
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
    if (viewer.tool.value !== 'select') {
      viewer.tool.value = 'select';
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
    toggleCine: cine.toggle,
    measure: grid.measure,
    keepImage: grid.keepImage,
    toggleCrosshair() {
      viewer.tool.value = viewer.tool.value === 'crosshair' ? 'select' : 'crosshair';
    },
    toggleLinked: grid.toggleLinked,
    toggleMap: grid.toggleMap,
    changeOpacity(by) {
      viewer.mapOpacity.value = Math.round(Math.min(1, Math.max(0, viewer.mapOpacity.value + by)) * 100) / 100;
    },
    enlarge(paneNumber) {
      const role = viewer.props.panes[paneNumber - 1]?.role;
      if (role) viewer.toggleEnlarged(role);
    },
    escape: leave,
  };
  useViewerKeys(actions, { deaf });
};
