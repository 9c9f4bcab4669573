import type { Client } from '#shared/api.ts';
import type { HostConnection } from './connection.ts';

export type StudyKind = 'folder' | 'zip' | 'dicomdir';

/** A study that the user pointed at: a path, or files that have yet to be handed over to the host. */
export type PickedStudy =
  | { path: string }
  | { upload: (report: (done: number, total: number) => void, signal: AbortSignal) => Promise<string> };

export interface ExportDestination {
  /** What `study.exportDeidentified` takes. */
  destination: string;
  /** Path of the folder, to be shown; absent where the browser decides. */
  folder?: string;
  /** Hands the finished copy over; absent where it lies in the folder already. */
  deliver?: () => void;
}

/** What a host offers a page beyond the contract. */
export interface HostPort {
  readonly kind: 'electron' | 'loopback';
  readonly client: Client;
  /** What tells this window (or tab) from the others; the same after a reload of its page. */
  windowId(): Promise<string>;
  readonly connection: HostConnection;
  /** Asks the user for a study; undefined when they change their mind. */
  pickStudy(kind: StudyKind): Promise<PickedStudy | undefined>;
  /** Asks for a model package; undefined when the user changes their mind. */
  pickModel(kind: 'folder' | 'zip'): Promise<PickedStudy | undefined>;
  /** Asks for an export of a case history; undefined when the user changes their mind. */
  pickExport(): Promise<PickedStudy | undefined>;
  /** Says that what was handed over under this path is needed no longer; nothing where it is the user's own file. */
  letGo(path: string): Promise<void>;
  /** What was dropped on the page; undefined where nothing usable was. Reads `transfer` before it first waits. */
  acceptDrop(transfer: DataTransfer): Promise<PickedStudy | undefined>;
  /** Where a de-identified copy goes: a folder that the user chooses before, or a zip that the browser saves after. */
  readonly exportsTo: 'folder' | 'download';
  /** Asks for the destination of a copy; undefined when the user changes their mind. */
  chooseDestination(): Promise<ExportDestination | undefined>;
  printReport(): Promise<void>;
  /** Hands a report that was made over to be kept as a file. */
  saveReport(format: 'pdf' | 'html', base64: string): Promise<void>;
  /** Saves the current page as PDF; false where the host leaves that to the print dialog. */
  savePdf(suggestedName: string): Promise<boolean>;
  setDirty(dirty: boolean): void;
  setProgress(fraction: number | undefined): void;
  setFullScreen(on: boolean): void;
}
