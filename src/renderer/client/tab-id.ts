/**
 * What tells one tab from the others. The browser keeps it with the tab, over a reload and a crash of its page. A tab that is
 * duplicated starts with a copy of it, so whoever has an id also holds a lock of that name, and the copy takes another one.
 */
const KEY = 'haicast-window';
/** The page before a reload lets go of its lock a moment after the new one has begun. */
const LONGEST_WAIT_MS = 1_000;

const lockOf = (id: string): string => `haicast-window-${id}`;
const never = new Promise<void>(() => undefined);

/** Holds the lock as long as the page lives; false where another page has it. */
const hold = (id: string): Promise<boolean> =>
  new Promise((resolve) => {
    navigator.locks
      .request(lockOf(id), { signal: AbortSignal.timeout(LONGEST_WAIT_MS) }, () => {
        resolve(true);
        return never;
      })
      .catch(() => resolve(false));
  });

const findId = async (): Promise<string> => {
  const before = sessionStorage.getItem(KEY);
  if (before && (await hold(before))) return before;
  const id = crypto.randomUUID();
  await hold(id);
  sessionStorage.setItem(KEY, id);
  return id;
};

let found: Promise<string> | undefined;

export const tabId = (): Promise<string> => {
  found ??= findId();
  return found;
};

/** Is this tab open in this browser? */
export const isOpenTab = async (id: string): Promise<boolean> => {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lockOf(id));
};
