import { computed, shallowReactive, shallowRef } from 'vue';
import type { Client } from '#shared/api.ts';
import type { Board, Slide } from '#shared/board/slide.ts';

export interface UseDeckOptions {
  client: Client;
  /** Brings every picture of a slide to where it is shown at once. */
  loadPictures: (slide: Slide) => Promise<unknown>;
}

/**
 * The slides of a meeting. The ones before and after the one on screen are read ahead, pictures and all, so that going on shows
 * the next case whole and at once. Nothing of a covered model is ever here.
 */
export const useDeck = ({ client, loadPictures }: UseDeckOptions) => {
  const board = shallowRef<Board>();
  const slides = shallowReactive(new Map<string, Slide>());
  const at = shallowRef(0);
  const ids = computed(() =>
    (board.value?.lines ?? [])
      .filter(({ trashed, missing }) => !trashed && !missing.some(({ code }) => code === 'unreadable'))
      .map(({ caseId }) => caseId),
  );
  const slide = computed(() => slides.get(ids.value[at.value] ?? ''));

  const put = async (next: Slide): Promise<void> => {
    await loadPictures(next);
    slides.set(next.caseId, next);
  };

  const reading = new Map<string, Promise<void>>();
  const read = (caseId: string | undefined): Promise<void> => {
    const meetingId = board.value?.meeting.id;
    if (caseId === undefined || meetingId === undefined || slides.has(caseId)) return Promise.resolve();
    const under = reading.get(caseId);
    if (under) return under;
    const work = client
      .call('board.slide', { meetingId, caseId })
      .then(put)
      .finally(() => reading.delete(caseId));
    reading.set(caseId, work);
    return work;
  };

  /** The case that was asked for last: a slide that comes late does not jump over it. */
  let wanted = 0;
  const go = async (place: number): Promise<void> => {
    const next = Math.min(ids.value.length - 1, Math.max(0, place));
    if (next < 0) return;
    wanted = next;
    if (slides.has(ids.value[next] ?? '')) at.value = next;
    else {
      await read(ids.value[next]);
      if (wanted === next) at.value = next;
    }
    // What is read ahead fails without a word: it is asked for again when it is wanted.
    await Promise.all([next + 1, next - 1].map((near) => read(ids.value[near]).catch(() => undefined)));
  };

  return {
    board,
    ids,
    at,
    slide,
    /** Those that are drawn: the one on screen, and its neighbours behind it. */
    drawn: computed(() =>
      [at.value - 1, at.value, at.value + 1].flatMap((place) => {
        const one = slides.get(ids.value[place] ?? '');
        return one ? [one] : [];
      }),
    ),
    start: async (meetingId: string): Promise<void> => {
      board.value = await client.call('board.get', { id: meetingId });
      await go(0);
    },
    go,
    next: () => go(wanted + 1),
    previous: () => go(wanted - 1),
    put,
    again: async (caseId: string): Promise<void> => {
      const meetingId = board.value?.meeting.id;
      if (meetingId) await put(await client.call('board.slide', { meetingId, caseId }));
    },
  };
};
