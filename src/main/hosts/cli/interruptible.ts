/**
 * Ctrl+C as a cancel while `work` runs, so that it can take back what it wrote; a second one ends the process, as it
 * does in every other command, which leaves nothing half-done.
 */
export const interruptible = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const stopListening = () => {
    for (const signal of signals) process.off(signal, cancel);
  };
  for (const signal of signals) process.on(signal, cancel);
  controller.signal.addEventListener('abort', stopListening, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
};
