import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../../src/renderer/viewer/in-turns.ts';

/** Every step takes 3 ms of a clock that only it moves. */
const work = (steps: number) => {
  const clock = { ms: 0, turns: [0] };
  function* running(): Generator<number, string> {
    for (let i = 1; i <= steps; i++) {
      clock.ms += 3;
      yield i / steps;
    }
    return 'done';
  }
  const pause = async () => {
    clock.turns.push(clock.ms);
  };
  return { clock, running: running(), pause };
};

describe('work in turns', () => {
  it('gives the others a turn after some milliseconds, and ends with the result', async () => {
    const { clock, running, pause } = work(40);
    const shares: number[] = [];
    const { signal } = new AbortController();
    const result = await inTurns(running, {
      signal,
      onProgress: (share) => shares.push(share),
      now: () => clock.ms,
      pause,
    });
    expect(result).toBe('done');
    const longest = clock.turns.slice(1).map((at, i) => at - (clock.turns[i] ?? 0));
    expect(Math.max(...longest)).toBeLessThanOrEqual(12);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(5);
  });

  it('ends where it is given up', async () => {
    const { clock, running, pause } = work(40);
    const abort = new AbortController();
    const onProgress = (share: number) => {
      if (share > 0.5) abort.abort();
    };
    await expect(inTurns(running, { signal: abort.signal, onProgress, now: () => clock.ms, pause })).rejects.toThrow();
    expect(clock.ms).toBeLessThan(80);
  });
});
