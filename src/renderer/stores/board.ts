import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ProcedureInput } from '#shared/api.ts';
import type { Listing, Meeting } from '#shared/board/meeting.ts';
import type { Board, BoardAction, BoardSummary } from '#shared/board/slide.ts';
import { AppError } from '#shared/errors.ts';
import { useClient } from '../client/index.ts';

/** The meetings, the one on screen, and what decisions ask for. Every change is kept at once. */
export const useBoardStore = defineStore('board', () => {
  const client = useClient();
  const boards = shallowRef<BoardSummary[]>([]);
  const board = shallowRef<Board>();
  const actions = shallowRef<BoardAction[]>([]);
  /** False until the records have been asked once. */
  const asked = shallowRef(false);

  let queue: Promise<unknown> = Promise.resolve();
  /** One after the other: each change names the entry that it was made from, and what is read late overtakes none. */
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const read = async (id: string): Promise<void> => {
    board.value = await client.call('board.get', { id });
  };

  /** Opens the meeting that was on screen, else the newest. */
  const readAll = async (): Promise<void> => {
    const [list, todo] = await Promise.all([client.call('board.list', {}), client.call('board.actions', {})]);
    boards.value = list.boards;
    actions.value = todo.actions;
    const before = board.value?.meeting.id;
    const next = list.boards.find(({ id }) => id === before) ?? list.boards[0];
    if (next) await read(next.id);
    else board.value = undefined;
    asked.value = true;
  };
  const load = (): Promise<void> => enqueue(readAll);

  /** What another window made of it is shown before anybody changes it again. */
  const inTurn = (work: () => Promise<Board>): Promise<void> =>
    enqueue(async () => {
      try {
        board.value = await work();
      } catch (error) {
        const id = board.value?.meeting.id;
        if (id && error instanceof AppError && error.code === 'board-changed') await read(id);
        throw error;
      }
      boards.value = (await client.call('board.list', {})).boards;
    });

  const save = (meeting: Meeting): Promise<void> =>
    inTurn(() => {
      const base = board.value?.meeting.id === meeting.id ? board.value.base : null;
      return client.call('board.save', { meeting, base });
    });

  return {
    boards,
    board,
    actions,
    asked,
    load,
    open: (id: string): Promise<void> => enqueue(() => read(id)),
    save,
    /** Changes what is there now, whatever was on screen when it was asked for. */
    change: (next: (meeting: Meeting) => Meeting): Promise<void> =>
      inTurn(async () => {
        const { value } = board;
        if (!value) throw new AppError('meeting-gone', 'This meeting is no longer there.');
        return client.call('board.save', { meeting: next(value.meeting), base: value.base });
      }),
    ask: (caseId: string, listing: Listing): Promise<void> =>
      inTurn(async () => {
        const { value } = board;
        if (!value) throw new AppError('meeting-gone', 'This meeting is no longer there.');
        const base = value.lines.find((line) => line.caseId === caseId)?.base ?? null;
        return client.call('board.ask', { meetingId: value.meeting.id, caseId, listing, base });
      }),
    remove: (): Promise<void> =>
      enqueue(async () => {
        const { value } = board;
        if (!value) return;
        await client.call('board.remove', { id: value.meeting.id, base: value.base });
        board.value = undefined;
        await readAll();
      }),
    setDone: async (input: ProcedureInput<'board.setDone'>): Promise<void> => {
      actions.value = (await client.call('board.setDone', input)).actions;
    },
  };
});
