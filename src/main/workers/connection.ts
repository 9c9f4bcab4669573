/**
 * The one adapter between the application and its worker processes: `utilityProcess` in Electron, `child_process`
 * elsewhere. Messages are structured clones in both.
 */
export type WorkerKind = 'dicom' | 'inference' | 'pacs' | 'report';

/** One living worker process, as its parent sees it. */
export interface WorkerConnection {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone, for whatever reason, which names no file: the log keeps it. */
  onExit(listener: (description: string) => void): void;
  kill(): void;
}

/** What of the disk a worker may touch besides the program's own files: absolute paths, of folders with all below them. */
export interface DiskAccess {
  read: readonly string[];
  /** Need not be there yet. */
  write?: readonly string[];
}

export type SpawnWorker = (kind: WorkerKind, access: DiskAccess) => WorkerConnection;

export interface WorkerRequest {
  type: 'request';
  id: number;
  method: string;
  params: unknown;
}
export type ToWorker = WorkerRequest | { type: 'cancel'; id: number };

export type FromWorker =
  /** Once, when it has started. */
  | { type: 'ready' }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; error: import('#shared/errors.ts').ErrorShape }
  | { type: 'progress'; id: number; phase: string; done: number; total: number };
