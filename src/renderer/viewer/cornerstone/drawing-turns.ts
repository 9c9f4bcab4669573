/**
 * Shares the frames among the panes of this page. Without a graphics card the drawing of one takes some 5 ms and more, and
 * six panes that scroll together are felt as a stutter of the one under the hand: that one is drawn in every frame, those
 * that follow it in the frames that have time for them. Where a drawing costs little they all go in the same frame.
 */

/**
 * ms of drawing in a frame, by what a drawing is expected to cost. On a processor that is busy one takes three times that, and a
 * frame of 50 ms is one that a person begins to notice.
 */
const FRAME_MS = 8;
/** A drawing is taken to cost what it did in the dearest frame of late: it is forgotten by this share with each cheaper one. */
const FORGOTTEN = 0.1;
/** ms; more in one frame is no drawing, but a page that was busy or not seen. */
const LONGEST_MS = 250;
/**
 * After a rest of so many ms the first drawings are dearer than any that come after, and nobody knows by how much: one pane
 * follows in the first three frames, one more in each three that come.
 */
const REST_MS = 500;
const FRAMES_UNTIL_MORE = 3;

const laterCost = (before: number, newest: number): number =>
  newest > before ? newest : before + FORGOTTEN * (newest - before);

export interface DrawingTurns {
  /** A pane is drawn in the next frame, whatever that takes: the one under the hand. */
  lead(): void;
  /** Settles in a frame that has time for a pane that follows: one at least where none of the last frame is late. */
  follow(): Promise<void>;
  /** A pane is drawn. */
  drawn(): void;
}

export interface DrawingTurnsOptions {
  requestFrame(callback: () => void): void;
  /** ms. */
  now(): number;
}

export const createDrawingTurns = ({ requestFrame, now }: DrawingTurnsOptions): DrawingTurns => {
  const following: (() => void)[] = [];
  let isRequested = false;
  let leading = 0;
  /** Panes that had their turn in the last frame; one whose image came late is drawn in this one. */
  let due = 0;
  let startedAt = 0;
  let drawn = { count: 0, ms: 0 };
  let costMs = 0;
  let framesSinceRest = 0;

  const request = (): void => {
    if (isRequested) return;
    isRequested = true;
    requestFrame(frame);
  };

  /** Asked for before the library asks for its own, this comes before the drawing of the same frame. */
  const frame = (): void => {
    isRequested = false;
    if (drawn.count > 0) costMs = laterCost(costMs, Math.min(drawn.ms, LONGEST_MS) / drawn.count);
    const late = Math.max(0, due - drawn.count);
    drawn = { count: 0, ms: 0 };
    const before = startedAt;
    startedAt = now();
    framesSinceRest = startedAt - before > REST_MS ? 0 : framesSinceRest + 1;
    const atOnce = 1 + Math.floor(framesSinceRest / FRAMES_UNTIL_MORE);
    const time = FRAME_MS - (leading + late) * costMs;
    const most = Math.min(atOnce, Math.max(late > 0 ? 0 : 1, Math.floor(time / costMs)));
    const turns = following.splice(0, most);
    for (const turn of turns) turn();
    due = leading + turns.length;
    leading = 0;
    if (turns.length + following.length > 0) request();
  };

  return {
    lead() {
      leading += 1;
      request();
    },
    follow: () =>
      new Promise((resolve) => {
        following.push(resolve);
        request();
      }),
    drawn() {
      drawn = { count: drawn.count + 1, ms: now() - startedAt };
    },
  };
};
