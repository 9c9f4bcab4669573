import { beforeEach, describe, expect, it } from 'vitest';
import { createDrawingTurns, type DrawingTurns } from '../../../../../src/renderer/viewer/cornerstone/drawing-turns.ts';

/** ms from the end of one frame's drawing to the next. */
const BETWEEN = 10;

/** A page whose every drawing takes `costMs`; one that is let through is drawn at the end of the frame, as the library does. */
const page = (firstMs: number) => {
  let costMs = firstMs;
  let time = 0;
  let frames: (() => void)[] = [];
  const flagged: string[] = [];
  const late = new Set<string>();
  const turns: DrawingTurns = createDrawingTurns({ requestFrame: (frame) => frames.push(frame), now: () => time });
  return {
    lead(name: string) {
      turns.lead();
      flagged.push(name);
    },
    follow: (name: string) => void turns.follow().then(() => late.has(name) || flagged.push(name)),
    isLate: (name: string) => late.add(name),
    comes(name: string) {
      late.delete(name);
      flagged.push(name);
    },
    /** What is drawn in the next frame. */
    async frame(): Promise<string[]> {
      const now = frames;
      frames = [];
      for (const callback of now) callback();
      await Promise.resolve();
      const drawn = flagged.splice(0);
      for (const _ of drawn) time += costMs;
      for (const _ of drawn) turns.drawn();
      time += BETWEEN;
      return drawn;
    },
    rests(ms: number) {
      time += ms;
    },
    pending: () => frames.length,
    costs(ms: number) {
      costMs = ms;
    },
  };
};

const followers = ['b', 'c', 'd', 'e', 'f'];

/** Six panes that have scrolled together, which tells what a drawing costs. */
const scrolled = async (costMs: number) => {
  const at = page(costMs);
  for (let i = 0; i < 12; i += 1) {
    at.lead('a');
    for (const name of followers) at.follow(name);
    while (at.pending() > 0) await at.frame();
  }
  return at;
};

describe('turns of drawing', () => {
  it('lets all panes go in one frame where a drawing costs little', async () => {
    const at = await scrolled(1);
    at.lead('a');
    for (const name of followers) at.follow(name);
    expect(await at.frame()).toEqual(['a', ...followers]);
  });

  it('lets one pane follow after a rest, and one more in each three frames that come: what comes first is dearer', async () => {
    const at = await scrolled(1);
    at.rests(600);
    const frames: string[][] = [];
    for (let i = 0; i < 8; i += 1) {
      at.lead('a');
      for (const name of followers) at.follow(name);
      frames.push(await at.frame());
    }
    expect(frames.map((drawn) => drawn.length)).toEqual([2, 2, 2, 3, 3, 3, 4, 4]);
  });

  describe('where six drawings take longer than a frame', () => {
    let at: ReturnType<typeof page>;
    beforeEach(async () => {
      at = await scrolled(2.5);
    });

    it('draws the pane under the hand in every frame, and of the others as many as there is time for', async () => {
      at.lead('a');
      for (const name of followers) at.follow(name);
      expect(await at.frame()).toEqual(['a', 'b', 'c']);
      at.lead('a');
      expect(await at.frame()).toEqual(['a', 'd', 'e']);
      expect(await at.frame()).toEqual(['f']);
    });

    it('asks for no frame once all had their turn', async () => {
      at.follow('b');
      expect(await at.frame()).toEqual(['b']);
      await at.frame();
      expect(at.pending()).toBe(0);
    });
  });

  describe('where the image of a pane that had its turn is late', () => {
    let at: ReturnType<typeof page>;
    beforeEach(async () => {
      at = await scrolled(5);
      at.isLate('b');
      at.lead('a');
      for (const name of followers) at.follow(name);
      expect(await at.frame()).toEqual(['a']);
    });

    it('draws it in the frame in which it comes, and no further one beside it', async () => {
      at.lead('a');
      at.comes('b');
      expect(await at.frame()).toEqual(['a', 'b']);
      expect(await at.frame()).toEqual(['c']);
    });

    it('waits for it no longer than a frame', async () => {
      at.lead('a');
      expect(await at.frame()).toEqual(['a']);
      at.lead('a');
      expect(await at.frame()).toEqual(['a', 'c']);
    });
  });

  it('gives one of them its turn in each frame, however long a drawing takes', async () => {
    const at = await scrolled(90);
    at.lead('a');
    for (const name of followers) at.follow(name);
    expect(await at.frame()).toEqual(['a', 'b']);
    expect(await at.frame()).toEqual(['c']);
  });

  it('forgets a frame that was dear by chance', async () => {
    const at = await scrolled(90);
    at.costs(1);
    for (let i = 0; i < 60; i += 1) {
      at.lead('a');
      await at.frame();
    }
    for (const name of followers) at.follow(name);
    expect(await at.frame()).toEqual(followers);
  });
});
