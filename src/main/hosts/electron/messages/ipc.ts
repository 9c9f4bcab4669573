import { ipcMain } from 'electron';
import type { Application } from '#shared/api.ts';
import { AppError, type ErrorShape, toErrorShape } from '#shared/errors.ts';
import { CALL_CHANNEL } from './channels.ts';
import { type HostHandlers, hostProcedures, isHostProcedure } from './host-procedures.ts';
import { isTrustedSender, type SenderEvent } from './trusted-sender.ts';

export type Reply = { ok: true; value: unknown } | { ok: false; error: ErrorShape };

export interface MessageRouting {
  application: Pick<Application, 'call'>;
  host: HostHandlers;
  /** The web contents whose messages are heard; undefined while there is no window. */
  windowContentsId: () => number | undefined;
  /** Told about a failure of the host's own; the application knows of its own. */
  onHostFailed?: (name: string, error: unknown) => void;
  /** Told about every call of the contract that succeeded. */
  onCalled?: (name: string, input: unknown, value: unknown) => void;
}

const refused = (detail: string): AppError =>
  new AppError('refused', 'The application refused a message it does not trust. Nothing was changed.', { detail });

const callHost = async (routing: MessageRouting, name: keyof HostHandlers, input: unknown): Promise<unknown> => {
  const parsed = hostProcedures[name].safeParse(input);
  if (!parsed.success) {
    // Paths and codes only: a refused value may hold an identifier.
    throw refused(`${name}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join('; ')}`);
  }
  const handler = routing.host[name] as (input: unknown) => unknown;
  try {
    return await handler(parsed.data);
  } catch (error) {
    routing.onHostFailed?.(name, error);
    throw error;
  }
};

/** Answers one message: sender first, then name, then payload. Never throws; what fails comes back as an error's shape. */
export const answerCall = async (
  routing: MessageRouting,
  event: SenderEvent,
  name: unknown,
  input: unknown,
): Promise<Reply> => {
  try {
    if (!isTrustedSender(event, routing.windowContentsId())) throw refused('sender');
    if (typeof name !== 'string' || name.length > 100) throw refused('name');
    if (isHostProcedure(name)) return { ok: true, value: await callHost(routing, name, input) };
    const value = await routing.application.call(name, input);
    routing.onCalled?.(name, input, value);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: toErrorShape(error) };
  }
};

export const listenToPage = (routing: MessageRouting): void => {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => answerCall(routing, event, name, input));
};
