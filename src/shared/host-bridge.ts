/** What Electron's preload exposes to the page as `window.haicast`. Types only. */

export interface ExportFolder {
  destination: string;
  folder: string;
}

export interface HostBridge {
  call(name: string, input: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }>;
  /** Hears every event of the contract; the returned function ends it. */
  on(listener: (name: string, payload: unknown) => void): () => void;
  /** Absolute path of a dropped file or folder; empty where it has none. */
  pathForFile(file: unknown): string;
  pickStudy(kind: 'folder' | 'zip' | 'dicomdir'): Promise<string | undefined>;
  pickModel(kind: 'folder' | 'zip'): Promise<string | undefined>;
  /** Asks for an export of a case history. */
  pickExport(): Promise<string | undefined>;
  /** Asks for a folder for a copy: what the contract takes for it, and its path to be shown. */
  pickExportFolder(): Promise<ExportFolder | undefined>;
  printReport(): Promise<void>;
  /** Asks where to save the page as PDF, and saves it. */
  savePdf(suggestedName: string): Promise<void>;
  /** Asks where to save a report that was made, and saves it. */
  saveReport(format: 'pdf' | 'html', base64: string): Promise<void>;
  setDirty(dirty: boolean): void;
  /** Task bar progress, 0–1; undefined takes it away. */
  setProgress(fraction: number | undefined): void;
  setFullScreen(on: boolean): void;
}
