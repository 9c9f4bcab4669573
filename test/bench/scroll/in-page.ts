/** What runs in the page that is measured: it takes one step a frame, and notes frames and long tasks. */

export interface Steps {
  /** Frames, ms. */
  p50: number;
  p95: number;
  /** The longest task on the main thread, ms; 0 where none took 50 ms. */
  longestTask: number;
  longTasks: number;
  /** Drawings of the library for each step. */
  drawingsAStep: number;
}

/** Installed before the page's own program. `selector` is what the wheel and the hand are over. */
export const stepper = `(() => {
  let drawings = 0;
  addEventListener('CORNERSTONE_IMAGE_RENDERED', () => { drawings += 1; }, { capture: true });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const wheel = (target, sign) => target.dispatchEvent(new WheelEvent('wheel', { deltaY: 100 * sign, bubbles: true, cancelable: true }));
  const pointer = (target, type, x, buttons) => target.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, button: type === 'pointermove' ? -1 : 2, buttons, clientX: x, clientY: target.getBoundingClientRect().top + 80,
    movementX: 1, bubbles: true, cancelable: true,
  }));
  const acts = {
    scroll: (target, i) => wheel(target, i % 50 < 25 ? 1 : -1),
    window: (target, i) => pointer(target, 'pointermove', target.getBoundingClientRect().left + 60 + (i % 60), 2),
    map: () => dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true })) &&
      dispatchEvent(new KeyboardEvent('keyup', { key: 'c', bubbles: true })),
  };
  globalThis.takeSteps = async (kind, selector, count) => {
    const target = document.querySelector(selector);
    target.setPointerCapture = () => undefined;
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    await frame();
    observer.observe({ type: 'longtask' });
    if (kind === 'window') pointer(target, 'pointerdown', target.getBoundingClientRect().left + 60, 2);
    drawings = 0;
    const frames = [];
    let last = await frame();
    for (let i = 0; i < count; i++) {
      acts[kind](target, i);
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    if (kind === 'window') pointer(target, 'pointerup', target.getBoundingClientRect().left + 60, 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    frames.sort((a, b) => a - b);
    const at = (share) => frames[Math.floor(share * (frames.length - 1))];
    return { p50: at(0.5), p95: at(0.95), longestTask: Math.max(0, ...tasks), longTasks: tasks.length, drawingsAStep: drawings / count };
  };
})()`;
