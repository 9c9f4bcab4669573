export const ensureBuilt: (options?: { say?: (line: string) => void }) => boolean;
/** Newest change at or below a path, ms. */
export const newest: (path: string) => number;
