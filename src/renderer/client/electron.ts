import type { HostBridge } from '#shared/host-bridge.ts';
import { checkedClient } from './checked.ts';
import type { HostPort } from './port.ts';

export const electronClient = (bridge: HostBridge): HostPort => ({
  kind: 'electron',
  client: checkedClient(bridge.call, bridge.on),
  pickStudy: (kind) => bridge.pickStudy(kind),
  acceptDrop: async (transfer) => {
    const file = transfer.files[0];
    return file ? bridge.pathForFile(file) || undefined : undefined;
  },
  printReport: () => bridge.printReport(),
  savePdf: async (name) => {
    await bridge.savePdf(name);
    return true;
  },
  setDirty: (dirty) => bridge.setDirty(dirty),
  setProgress: (fraction) => bridge.setProgress(fraction),
  setFullScreen: (on) => bridge.setFullScreen(on),
});
