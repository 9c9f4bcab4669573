import { describe, expect, test, vi } from 'vitest';
import type { Client } from '#shared/api.ts';
import { useDeck } from '../../../../../src/renderer/views/present/use-deck.ts';

const ids = ['a', 'b', 'c', 'd'];
const line = (caseId: string, rest: object = {}) => ({ caseId, missing: [], trashed: false, ...rest });
const board = {
  meeting: { id: 'm' },
  lines: [
    ...ids.map((id) => line(id)),
    line('gone', { trashed: true }),
    line('bad', { missing: [{ code: 'unreadable' }] }),
  ],
};

const deckOf = (answer: (caseId: string) => Promise<unknown> = async (caseId) => ({ caseId, keyImages: [] })) => {
  const call = vi.fn((name: string, input: { caseId?: string }) =>
    name === 'board.get' ? Promise.resolve(board) : answer(input.caseId ?? ''),
  );
  const loadPictures = vi.fn(() => Promise.resolve());
  const deck = useDeck({ client: { call } as unknown as Client, loadPictures });
  return { deck, call, loadPictures };
};
const asked = (call: ReturnType<typeof deckOf>['call']) =>
  call.mock.calls.flatMap(([, input]) => ('caseId' in input ? [input.caseId] : []));

describe('the slides of a meeting', () => {
  test('leave out what lies in the trash or cannot be read', async () => {
    const { deck } = deckOf();
    await deck.start('m');
    expect(deck.ids.value).toEqual(ids);
  });

  test('go on at once: the next one, pictures and all, is there before it is asked for', async () => {
    const { deck, call, loadPictures } = deckOf();
    await deck.start('m');
    expect(loadPictures).toHaveBeenCalledTimes(2);
    const going = deck.next();
    // In the same turn, with nothing waited for.
    expect(deck.slide.value?.caseId).toBe('b');
    await going;
    expect(asked(call)).toEqual(['a', 'b', 'c']);
    expect(deck.drawn.value.map(({ caseId }) => caseId)).toEqual(['a', 'b', 'c']);
  });

  test('end at the first and the last', async () => {
    const { deck } = deckOf();
    await deck.start('m');
    await deck.previous();
    expect(deck.at.value).toBe(0);
    await deck.go(99);
    expect(deck.slide.value?.caseId).toBe('d');
    await deck.next();
    expect(deck.at.value).toBe(3);
  });

  test('show the one that was asked for last, however late another one comes', async () => {
    const late = Promise.withResolvers<unknown>();
    const { deck } = deckOf((caseId) => (caseId === 'c' ? late.promise : Promise.resolve({ caseId, keyImages: [] })));
    await deck.start('m');
    const slow = deck.go(2);
    await deck.go(0);
    late.resolve({ caseId: 'c', keyImages: [] });
    await slow;
    expect(deck.slide.value?.caseId).toBe('a');
  });

  test('that could not be read ahead are asked for again, and only then say why', async () => {
    let fails = true;
    const { deck } = deckOf((caseId) =>
      caseId === 'b' && fails ? Promise.reject(new Error('locked')) : Promise.resolve({ caseId, keyImages: [] }),
    );
    await deck.start('m');
    expect(deck.slide.value?.caseId).toBe('a');
    await expect(deck.next()).rejects.toThrow('locked');
    fails = false;
    await deck.go(1);
    expect(deck.slide.value?.caseId).toBe('b');
  });
});
