/**
 * The bridge between the sandboxed page and the main process: verbs, not transport. The page never sees `ipcRenderer`.
 * Its type is `HostBridge` of src/shared/host-bridge.ts.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { ExportFolder, HostBridge } from '#shared/host-bridge.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../main/hosts/electron/messages/channels.ts';

const call: HostBridge['call'] = (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input);

const callHost = async (name: string, input: object = {}): Promise<unknown> => {
  const reply = await call(`host.${name}`, input);
  if (reply.ok) return reply.value;
  // The shape of src/shared/errors.ts crosses the bridge as an Error with its sentence.
  const { message } = reply.error as { message?: unknown };
  throw new Error(typeof message === 'string' ? message : 'The application did not answer.');
};

const bridge: HostBridge = {
  call,
  on: (listener) => {
    const hear = (_event: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    void callHost('ready');
    return () => ipcRenderer.off(EVENT_CHANNEL, hear);
  },
  pathForFile: (file) => webUtils.getPathForFile(file as File),
  pickStudy: async (kind) => {
    const path = await callHost('pickStudy', { kind });
    return typeof path === 'string' ? path : undefined;
  },
  pickModel: async (kind) => {
    const path = await callHost('pickModel', { kind });
    return typeof path === 'string' ? path : undefined;
  },
  pickExport: async () => {
    const path = await callHost('pickExport');
    return typeof path === 'string' ? path : undefined;
  },
  pickExportFolder: async () => {
    const picked = (await callHost('pickExportFolder')) as Partial<ExportFolder> | undefined;
    return typeof picked?.destination === 'string' && typeof picked.folder === 'string'
      ? { destination: picked.destination, folder: picked.folder }
      : undefined;
  },
  printReport: async () => {
    await callHost('printReport');
  },
  savePdf: async (suggestedName) => {
    await callHost('savePdf', { suggestedName });
  },
  saveReport: async (format, base64) => {
    await callHost('saveReport', { format, base64 });
  },
  setDirty: (dirty) => void callHost('setDirty', { dirty }),
  setProgress: (fraction) => void callHost('setProgress', fraction === undefined ? {} : { fraction }),
  setFullScreen: (on) => void callHost('setFullScreen', { on }),
};

contextBridge.exposeInMainWorld('haicast', bridge);
