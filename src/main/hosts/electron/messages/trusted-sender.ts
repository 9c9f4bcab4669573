import { isOwnUrl } from '../page/origin.ts';

/** The part of Electron's `IpcMainInvokeEvent` that decides whether a message is heard. */
export interface SenderEvent {
  sender: { id: number; mainFrame: unknown };
  senderFrame: { url: string } | null;
}

/** Only the main frame of the application's own window, and only while it shows the application's own page. */
export const isTrustedSender = (event: SenderEvent, windowContentsId: number | undefined): boolean =>
  event.sender.id === windowContentsId &&
  event.senderFrame !== null &&
  event.senderFrame === event.sender.mainFrame &&
  isOwnUrl(event.senderFrame.url);
