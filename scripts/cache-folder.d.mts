export const cacheRoot: (env?: Record<string, string | undefined>) => string;
export const exists: (path: string) => Promise<boolean>;
export const withLock: <T>(lock: string, work: () => Promise<T>) => Promise<T>;
export const makeOnce: (target: string, make: (partial: string) => Promise<void>) => Promise<void>;
