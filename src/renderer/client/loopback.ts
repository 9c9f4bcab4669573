import { AppError } from '#shared/errors.ts';
import { download as keep } from '../download.ts';
import { checkedClient } from './checked.ts';
import { answered, type ConnectionState, isUnanswered, keepConnection } from './connection.ts';
import type { HostPort, PickedStudy, StudyKind } from './port.ts';
import { tabId } from './tab-id.ts';
import { filesOfDrop, type StudyFile, uploadStudy } from './upload.ts';

const UNAUTHORIZED = 401;

const post = async (name: string, input: unknown): Promise<{ ok: boolean; body: unknown }> => {
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (response.status === UNAUTHORIZED) {
    throw new AppError('wrong-token', 'haicast was started anew and does not know this page.');
  }
  return { ok: response.ok, body: await response.json() };
};

const probe = (): Promise<ConnectionState> =>
  answered(() => post('app.info', {})).then(
    () => 'there',
    (error: unknown) => (error instanceof AppError && error.code === 'wrong-token' ? 'other-session' : 'lost'),
  );

type Listener = (name: string, payload: unknown) => void;

/** The host's events, over a stream that is opened anew whenever the host was away. */
const connectEvents = () => {
  const listeners = new Set<Listener>();
  const connection = keepConnection({
    probe,
    openStream({ opened, failed }) {
      const source = new EventSource('/events');
      source.onopen = opened;
      source.onerror = failed;
      source.onmessage = (message) => {
        const { name, payload } = JSON.parse(message.data) as { name: string; payload: unknown };
        for (const listener of listeners) listener(name, payload);
      };
      return source;
    },
  });
  const listen = (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { connection, listen };
};

/** The browser's own chooser, as a promise; undefined when it is dismissed. */
const chooseFiles = (kind: StudyKind | 'export'): Promise<StudyFile[] | undefined> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    if (kind === 'export') input.accept = '.zip,.enc';
    else if (kind === 'zip') input.accept = '.zip';
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

const mediaTypes = { pdf: 'application/pdf', html: 'text/html' } as const;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export const loopbackClient = (): HostPort => {
  const { connection, listen } = connectEvents();
  const client = checkedClient(async (name, input) => {
    try {
      const { ok, body } = await answered(() => post(name, input));
      return ok ? { ok, value: body } : { ok, error: body };
    } catch (error) {
      if (isUnanswered(error)) connection.missed();
      throw error;
    }
  }, listen);

  const warnBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();

  return {
    kind: 'loopback',
    client,
    windowId: tabId,
    connection,
    pickStudy: async (kind) => picked(await chooseFiles(kind)),
    pickModel: async (kind) => picked(await chooseFiles(kind)),
    pickExport: async () => picked(await chooseFiles('export')),
    letGo: async (path) => {
      const id = path.replace(/^upload:/, '');
      // A host that is gone has let go of it.
      await fetch(`/uploads/${id}/gone`, { method: 'POST' }).catch(() => undefined);
    },
    acceptDrop: async (transfer) => picked(await filesOfDrop(transfer)),
    exportsTo: 'download',
    chooseDestination: async () => {
      const id = crypto.randomUUID();
      return { destination: `download:${id}`, deliver: () => download(`/exports/${id}`) };
    },
    printReport: async () => window.print(),
    savePdf: async () => false,
    saveReport: async (format, base64) =>
      keep(new Blob([bytesOf(base64)], { type: mediaTypes[format] }), `haicast-report.${format}`),
    setDirty: (dirty) => {
      if (dirty) window.addEventListener('beforeunload', warnBeforeUnload);
      else window.removeEventListener('beforeunload', warnBeforeUnload);
    },
    setProgress: () => {},
    setFullScreen: (on) => void (on ? document.documentElement.requestFullscreen() : document.exitFullscreen()),
  };
};
