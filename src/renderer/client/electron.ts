import type { HostBridge } from '#shared/host-bridge.ts';
import { checkedClient } from './checked.ts';
import { alwaysThere } from './connection.ts';
import type { HostPort, PickedStudy } from './port.ts';

const picked = (path: string | undefined): PickedStudy | undefined => (path ? { path } : undefined);

export const electronClient = (bridge: HostBridge): HostPort => ({
  kind: 'electron',
  client: checkedClient(bridge.call, bridge.on),
  // The product has one window.
  windowId: async () => 'window',
  connection: alwaysThere(),
  pickStudy: async (kind) => picked(await bridge.pickStudy(kind)),
  pickModel: async (kind) => picked(await bridge.pickModel(kind)),
  pickExport: async () => picked(await bridge.pickExport()),
  letGo: async () => undefined,
  acceptDrop: async (transfer) => {
    const file = transfer.files[0];
    return file && picked(bridge.pathForFile(file));
  },
  exportsTo: 'folder',
  chooseDestination: () => bridge.pickExportFolder(),
  printReport: () => bridge.printReport(),
  savePdf: async (name) => {
    await bridge.savePdf(name);
    return true;
  },
  saveReport: (format, base64) => bridge.saveReport(format, base64),
  setDirty: (dirty) => bridge.setDirty(dirty),
  setProgress: (fraction) => bridge.setProgress(fraction),
  setFullScreen: (on) => bridge.setFullScreen(on),
});
