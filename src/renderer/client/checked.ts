import {
  type Client,
  type EventName,
  type EventPayload,
  events,
  type ProcedureInput,
  type ProcedureName,
  type ProcedureOutput,
  procedures,
} from '#shared/api.ts';
import { AppError, errorShapeSchema, fromErrorShape } from '#shared/errors.ts';

type Reply = { ok: true; value: unknown } | { ok: false; error: unknown };

/** Turns a carrier of raw messages into a typed client that checks every answer and event by its schema. */
export const checkedClient = (
  send: (name: string, input: unknown) => Promise<Reply>,
  listen: (listener: (name: string, payload: unknown) => void) => () => void,
): Client => {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  listen((name, payload) => {
    if (!(name in events)) return;
    const known = name as EventName;
    const parsed = events[known].safeParse(payload);
    if (parsed.success) for (const listener of listeners.get(known) ?? []) listener(parsed.data);
  });

  return {
    async call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> {
      const reply = await send(name, input);
      if (!reply.ok) {
        const shape = errorShapeSchema.safeParse(reply.error);
        throw shape.success
          ? fromErrorShape(shape.data)
          : new AppError('internal', 'The application gave no usable answer.');
      }
      return procedures[name].output.parse(reply.value) as ProcedureOutput<N>;
    },
    on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void, signal?: AbortSignal): void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const wrapped = (payload: unknown) => listener(payload as EventPayload<N>);
      set.add(wrapped);
      signal?.addEventListener('abort', () => set.delete(wrapped), { once: true });
    },
  };
};
