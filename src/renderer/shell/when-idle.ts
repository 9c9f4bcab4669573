/** Work that is needed soon and that nobody waits for yet. What fails then fails again, and is told, when it is asked for. */
export const whenIdle = (work: () => Promise<unknown>): void => {
  requestIdleCallback(() => void work().catch(() => undefined));
};
