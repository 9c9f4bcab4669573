/** The clock of pictures that are compared with those of another day. */

/** When they are taken, in whichever zone: the host and the page are told to be in UTC. */
export const STILL_TIME = Date.UTC(2026, 10, 26, 9, 30);

/**
 * Has `Date` begin at `start` and go on a thousand times slower: what comes later is later, and a test shows one minute alone.
 * Timers and `performance` go on as ever. The whole of it is in here, so that a page can be given its text.
 */
export const holdTime = (start: number): void => {
  const running = Date.now;
  const began = running();
  const now = (): number => start + Math.trunc((running() - began) / 1000);
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: (target) => String(new target(now())),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
};
