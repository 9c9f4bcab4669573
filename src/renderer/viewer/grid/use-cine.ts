/** Plays a stack forth and back. Only ever started by the user, so it also runs under reduced motion. */
import { onScopeDispose, type Ref, ref } from 'vue';

const FRAME_MS = 90;

export interface Cine {
  playing: Readonly<Ref<boolean>>;
  toggle(): void;
  stop(): void;
}

/** `step` moves by +1 or −1 and answers false at the end of the stack. */
export const useCine = (step: (direction: 1 | -1) => boolean): Cine => {
  const playing = ref(false);
  let direction: 1 | -1 = 1;
  let timer: ReturnType<typeof setInterval> | undefined;

  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    playing.value = false;
  };
  const tick = (): void => {
    if (step(direction)) return;
    direction = direction === 1 ? -1 : 1;
    if (!step(direction)) stop();
  };
  onScopeDispose(stop);

  return {
    playing,
    stop,
    toggle() {
      if (playing.value) stop();
      else {
        playing.value = true;
        timer = setInterval(tick, FRAME_MS);
      }
    },
  };
};
