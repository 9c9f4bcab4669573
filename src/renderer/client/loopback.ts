import { checkedClient } from './checked.ts';
import type { HostPort, PickedStudy, StudyKind } from './port.ts';
import { tabId } from './tab-id.ts';
import { filesOfDrop, type StudyFile, uploadStudy } from './upload.ts';

const listenToEvents = (listener: (name: string, payload: unknown) => void): (() => void) => {
  const source = new EventSource('/events');
  source.onmessage = (message) => {
    const { name, payload } = JSON.parse(message.data) as { name: string; payload: unknown };
    listener(name, payload);
  };
  return () => source.close();
};

/** The browser's own chooser, as a promise; undefined when it is dismissed. */
const chooseFiles = (kind: StudyKind): Promise<StudyFile[] | undefined> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    if (kind === 'zip') input.accept = '.zip';
    else input.webkitdirectory = true;
    input.addEventListener('cancel', () => resolve(undefined), { once: true });
    input.addEventListener(
      'change',
      () => resolve([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }))),
      { once: true },
    );
    input.click();
  });

const picked = (files: StudyFile[] | undefined): PickedStudy | undefined =>
  files?.length ? { upload: (report, signal) => uploadStudy(files, report, signal) } : undefined;

/** A same-origin address whose answer says that it is a file to be saved. */
const download = (url: string): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
};

export const loopbackClient = (): HostPort => {
  const client = checkedClient(async (name, input) => {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body: unknown = await response.json();
    return response.ok ? { ok: true, value: body } : { ok: false, error: body };
  }, listenToEvents);

  const warnBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();

  return {
    kind: 'loopback',
    client,
    windowId: tabId,
    pickStudy: async (kind) => picked(await chooseFiles(kind)),
    pickModel: async (kind) => picked(await chooseFiles(kind)),
    acceptDrop: async (transfer) => picked(await filesOfDrop(transfer)),
    exportsTo: 'download',
    chooseDestination: async () => {
      const id = crypto.randomUUID();
      return { destination: `download:${id}`, deliver: () => download(`/exports/${id}`) };
    },
    printReport: async () => window.print(),
    savePdf: async () => false,
    setDirty: (dirty) => {
      if (dirty) window.addEventListener('beforeunload', warnBeforeUnload);
      else window.removeEventListener('beforeunload', warnBeforeUnload);
    },
    setProgress: () => {},
    setFullScreen: (on) => void (on ? document.documentElement.requestFullscreen() : document.exitFullscreen()),
  };
};
