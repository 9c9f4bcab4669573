/** Undo and redo over immutable states. Pure. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
}

const DEEPEST = 200;

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [] });

export const record = <T>(history: History<T>, next: T): History<T> => ({
  past: [...history.past, history.present].slice(-DEEPEST),
  present: next,
  future: [],
});

export const undo = <T>(history: History<T>): History<T> => {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
};

export const redo = <T>(history: History<T>): History<T> => {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: rest };
};
