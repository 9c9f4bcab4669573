export interface Runtime {
  kind: 'pinned' | 'override' | 'registry';
  /** The folder that holds the executable and its resources: electron-builder's `electronDist`. */
  folder: string;
  executable: string;
  version: string;
  /** SQLite addon compiled for this runtime's N-API, where the prebuilt one does not load. */
  sqliteBinding?: string;
  /** One line: which runtime and why. */
  note: string;
}
export type RuntimeAnswer = Runtime | { kind: 'none'; reason: string };
export interface FindOptions {
  /** Try to download the pinned Electron where the network allows (default). */
  allowDownload?: boolean;
  /** Make and take the registry's older runtime where nothing else is there. */
  allowRegistry?: boolean;
  say?: (line: string) => void;
  env?: Record<string, string | undefined>;
}
export const findRuntime: (options?: FindOptions) => Promise<RuntimeAnswer>;
