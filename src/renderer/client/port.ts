import type { Client } from '#shared/api.ts';

export type StudyKind = 'folder' | 'zip' | 'dicomdir';

/** What a host offers a page beyond the contract. */
export interface HostPort {
  readonly kind: 'electron' | 'loopback';
  readonly client: Client;
  /** Asks the user for a study; a path for `study.open`, or undefined when they change their mind. */
  pickStudy(kind: StudyKind, onProgress: (done: number, total: number) => void): Promise<string | undefined>;
  /** A path for `study.open` from what was dropped on the page; undefined where nothing usable was dropped. */
  acceptDrop(transfer: DataTransfer, onProgress: (done: number, total: number) => void): Promise<string | undefined>;
  printReport(): Promise<void>;
  /** Saves the current report as PDF; false where the host leaves that to the print dialog. */
  savePdf(suggestedName: string): Promise<boolean>;
  setDirty(dirty: boolean): void;
  setProgress(fraction: number | undefined): void;
  setFullScreen(on: boolean): void;
}
